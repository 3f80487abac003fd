"""What the reading of a command needs to know besides its words."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from assurance.model.actions import Part
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.arguments import Arguments
from assurance.readers.projects import NO_PROJECTS, Projects
from assurance.readers.shell import Invocation
from assurance.readers.shell_state import CLONE, from_clone


@dataclass(slots=True, kw_only=True, eq=False)
class Call:
    """One command that is being read.

    Attributes:
        invocation: The command as the shell sees it.
        projects: The applications in the repository, by directory.
        outputs: Output variables of the step by the shell variable that they take.
        names: Other names that earlier commands gave to images.
        read: Reads further commands, as the scripts of a package hold them.
        depth: How many scripts it is in.
    """

    invocation: Invocation
    projects: Projects = NO_PROJECTS
    outputs: Mapping[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    read: Callable[[Call], tuple[Part, ...]]
    depth: int = 0

    @property
    def program(self) -> str:
        """Name of the program without its directory."""
        return self.invocation.words[0].rpartition("/")[2]

    @property
    def arguments(self) -> Arguments:
        """What follows it."""
        return Arguments(self.invocation.words[1:])

    @property
    def variables(self) -> Mapping[str, str]:
        """Its environment."""
        return self.invocation.variables

    @property
    def directory(self) -> str:
        """Where it runs, from the root of the clone."""
        return from_clone(self.invocation.directory)

    @property
    def defeated_by(self) -> str:
        """What keeps its failure from failing the step."""
        return self.invocation.defeated_by

    def path(self, written: str) -> str:
        """Return a path of its arguments from the root of the clone; unknown with an expansion."""
        return path_from(self.invocation.directory, written)


def path_from(directory: str, written: str) -> str:
    """Return a path from the root of the clone; absolute where it lies outside.

    Args:
        directory: The absolute directory that it is relative to.
        written: The path.
    """
    if not written or "$" in written or "`" in written or written.startswith("~"):
        return written and _undecided(written)
    if is_unknown(directory) and not written.startswith("/"):
        return directory
    start = CLONE if is_unknown(directory) else directory
    return from_clone(posixpath.normpath(posixpath.join(start, written)))


def _undecided(written: str) -> str:
    found: str = unknown(f"where {written} is, is decided when the command runs")
    return found


def rooted(path: str) -> str:
    """Return `.` for the root of the clone, which an empty path would hide."""
    return path if is_unknown(path) or path else "."
