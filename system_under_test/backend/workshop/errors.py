"""The errors of the service that are not answers to a client.

WorkshopError
├── SettingsError      the environment does not describe a service that may start
├── KeysUnavailable    no key set to verify tokens against could be had
└── FlagFileError      a flag file that cannot be used
"""


class WorkshopError(Exception):
    """Root of the tree."""


class SettingsError(WorkshopError):
    """Names every setting that is missing or wrong, so that one start is enough to mend them all.

    Attributes:
        problems: one sentence for each setting, in the order in which they are read.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("The environment is not usable:\n" + "\n".join(f"- {p}" for p in problems))


class KeysUnavailable(WorkshopError):
    """The key set cannot be read now, and none was read before."""


class FlagFileError(WorkshopError):
    """The flag file is missing, is not JSON, or says something that cannot be carried out."""
