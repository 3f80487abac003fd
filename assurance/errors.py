"""Everything that can go wrong outside the audited system, as one tree.

AssuranceError
├── SettingsError       the call or `assurance.toml` is wrong
├── CatalogueError      the catalogue, a waiver or a feature file is wrong
├── EvidenceError       evidence cannot be used
│   ├── NotCollected    the outside did not give it
│   ├── NotGiven        the run was not given what it takes to collect it
│   └── Stale           it is older than its time to live
├── PolicyError         a policy did not load
└── DrillError          a drill could not be carried out or undone

A message says what is wrong, where, and what to do; a user never sees a traceback of these.
"""

from __future__ import annotations

from pathlib import Path


class AssuranceError(Exception):
    """A fault with its place and its remedy.

    Attributes:
        message: One sentence that says what is wrong.
        file: The file at fault, as the user would name it.
        line: Its line, counted from 1.
        remedy: What the reader should do.
    """

    def __init__(
        self,
        message: str,
        *,
        file: str | Path | None = None,
        line: int | None = None,
        remedy: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = str(file) if file is not None else None
        self.line = line
        self.remedy = remedy

    def __str__(self) -> str:
        """Return `file:line: message Remedy: …` with the parts that are known."""
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        text = f"{place}: {self.message}" if place else self.message
        return f"{text} Remedy: {self.remedy}" if self.remedy else text


class SettingsError(AssuranceError):
    """The call or `assurance.toml` is wrong."""


class CatalogueError(AssuranceError):
    """The catalogue, a waiver or a feature file is wrong."""


class EvidenceError(AssuranceError):
    """Evidence cannot be used."""


class NotCollected(EvidenceError):
    """The outside did not give the evidence."""


class NotGiven(EvidenceError):
    """The run was not given what it takes to collect the evidence.

    Attributes:
        reason: One of the registered reasons for `notchecked`.
    """

    def __init__(self, reason: str, *, remedy: str) -> None:
        super().__init__(f"{reason}.", remedy=remedy)
        self.reason = reason


class Stale(EvidenceError):
    """The evidence is older than its time to live."""


class PolicyError(AssuranceError):
    """A policy did not load."""


class DrillError(AssuranceError):
    """A drill could not be carried out or undone."""
