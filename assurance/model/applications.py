"""The applications that the system delivers, as their source shows them."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FlagEvaluation:
    """A place in the code that asks for a feature flag.

    Attributes:
        flag: Its key, or the expression that it comes from.
        default: What holds when the flag service does not answer, as it is written.
    """

    subject: Subject
    flag: str
    default: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Application:
    """One application.

    Attributes:
        name: In the description of the system.
        role: `backend` or `frontend`.
        directory: Of its source, from the root of the repository.
        dockerfile: What its image is built from, likewise.
        image: Its repository in the registry; empty where nobody said.
        lock_files: The lock files that exist in its directory, from the root of the repository.
        flags: Where its code asks for flags.
    """

    subject: Subject
    name: str
    role: str
    directory: str
    dockerfile: str
    image: str
    lock_files: tuple[str, ...]
    flags: tuple[FlagEvaluation, ...]
