"""The repository of a system, and where in it each part has its place."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RepositoryPart:
    """A part of the system.

    Attributes:
        kind: `application`, `infrastructure`, `pipelines` or `tests`.
        name: What it is called.
        directories: Where the system description places it, from the root of the repository.
        files: How many files of the repository, of the sort that makes such a part, are there.
        shared: Directories of other parts that are the same, or lie in its own.
    """

    subject: Subject
    kind: str
    name: str
    directories: tuple[str, ...]
    files: int
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Repository:
    """The files of a repository.

    Attributes:
        files: Everything that git keeps.
        is_git: Whether git could tell; else the files are those that lie there.
    """

    files: frozenset[str]
    is_git: bool
