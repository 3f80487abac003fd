"""What is true at a place in a script: options, variables, directory, and what a failure does.

A reason that starts with `?` says that nobody can tell: it becomes an unknown value at the end.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field, replace

from tree_sitter import Node

from assurance.model.records import record
from assurance.model.unknown import is_unknown, unknown

CLONE = "/harness"
"""Where Harness CI clones to, and where its steps start."""

EXPANDED_LATER = ("$", "`", "<+", "~", "*")
"""Signs of a text that only the run completes."""


@record(kw_only=True)
class Fate:
    """What becomes of a status that is not zero.

    Attributes:
        defeat: Empty where it fails the step; else what keeps it from that.
        kept_in: The variable that takes it up; empty for none.
    """

    defeat: str = ""
    kept_in: str = ""


STOPS = Fate()


@record(kw_only=True)
class Place:
    """A place in the control flow.

    Attributes:
        on_status: The fate of a status that does not end the shell.
        on_exit: The fate of a shell that ends with a status that is not zero.
        is_asked: Whether `set -e` is without effect, as before `&&` or in a condition.
        condition: Why what stands here may not run; empty where it does.
    """

    on_status: Fate = STOPS
    on_exit: Fate = STOPS
    is_asked: bool = False
    condition: str = ""

    def asked(self, fate: Fate) -> Place:
        """Return a place whose status something else looks at."""
        return replace(self, on_status=fate, is_asked=True)

    def only_where(self, condition: str) -> Place:
        """Return a place that is reached under a condition."""
        return replace(self, condition=self.condition or condition)

    def lost(self, why: str) -> Place:
        """Return a place where nobody takes notice of a failure."""
        fate = Fate(defeat=why)
        return replace(self, on_status=fate, on_exit=fate, is_asked=True)


@dataclass(slots=True, kw_only=True, eq=False)
class ShellState:
    """What the commands so far have set.

    Attributes:
        stops_on_error: `set -e`.
        fails_in_pipes: `set -o pipefail`.
        variables: Those whose values are known.
        directory: The working directory; unknown where it cannot be told.
        functions: Bodies by name.
        ended: Whether the shell has ended for certain.
        escape: Why everything that follows may not run; empty where it does.
        trap: What an exit trap does to the status; empty for nothing.
        depth: How many functions and scripts it is in.
    """

    stops_on_error: bool
    fails_in_pipes: bool = False
    variables: dict[str, str] = field(default_factory=dict)
    directory: str = CLONE
    functions: dict[str, Node] = field(default_factory=dict)
    ended: bool = False
    escape: str = ""
    trap: str = ""
    depth: int = 0

    def inner(self) -> ShellState:
        """Return the state of a subshell: what it sets does not last."""
        variables, functions = dict(self.variables), dict(self.functions)
        return replace(self, variables=variables, functions=functions, ended=False)

    def fate(self, place: Place) -> Fate:
        """Return what a failing command at a place leads to."""
        stops = self.stops_on_error and not place.is_asked
        fate = place.on_exit if stops else place.on_status
        if fate.defeat:
            return fate
        return replace(fate, defeat=self.trap or self.escape or place.condition)

    def subshell_place(self, place: Place) -> Place:
        """Return the place of what a subshell runs: its end is that of one command here."""
        fate = self.fate(place)
        return replace(place, on_status=fate, on_exit=fate)

    def enter(self, target: str, place: Place) -> None:
        """Change the directory."""
        # An expression stays in the path: a matrix may settle what it stands for.
        later = any(sign in target for sign in EXPANDED_LATER if sign != "<+") or not target
        if later or place.condition:
            self.directory = unknown(f"where `cd {target}` leads is decided when it runs")
            self.variables.pop("PWD", None)
        elif not is_unknown(self.directory) or target.startswith("/"):
            start = "/" if is_unknown(self.directory) else self.directory
            self.directory = posixpath.normpath(posixpath.join(start, target))
            self.variables["PWD"] = self.directory

    def assign(self, name: str, value: str, place: Place) -> None:
        """Keep the value of a variable, where it is known."""
        if place.condition or any(sign in value for sign in ("$", "`")):
            self.variables.pop(name, None)
        else:
            self.variables[name] = value

    def set_options(self, words: tuple[str, ...]) -> None:
        """Follow the arguments of `set`."""
        for number, word in enumerate(words):
            if word[:1] not in ("-", "+") or word.startswith("--"):
                continue
            names = words[number + 1 : number + 2] if word.endswith("o") else ()
            if "e" in word[1:] or "errexit" in names:
                self.stops_on_error = word.startswith("-")
            if "pipefail" in names:
                self.fails_in_pipes = word.startswith("-")


def from_clone(directory: str) -> str:
    """Return a directory from the root of the clone, where it lies in it; else as it is."""
    if is_unknown(directory) or directory == CLONE:
        return directory if is_unknown(directory) else ""
    return directory.removeprefix(f"{CLONE}/")
