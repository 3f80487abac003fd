"""Read a script: every command that it runs, and what becomes of the script where it fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from assurance.model.unknown import is_unknown, unknown
from assurance.readers.shell_state import Place, ShellState
from assurance.readers.shell_walk import Seen, Walk
from assurance.readers.shell_words import Script


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Invocation:
    """A command with its words.

    Attributes:
        words: Program and arguments; what cannot be expanded stands as it is written.
        variables: What its environment is known to hold.
        directory: Where it runs, absolute; unknown where that cannot be told.
        defeated_by: Empty where its failure fails the script; else what keeps it from that.
        kept_in: Variables that take up its status.
        output: The file that its output is written to; empty for none.
        text: As it is written.
    """

    words: tuple[str, ...]
    variables: Mapping[str, str]
    directory: str
    defeated_by: str
    kept_in: tuple[str, ...] = field(default=())
    output: str = ""
    text: str = ""


def read_script(
    text: str, *, stops_on_error: bool, variables: Mapping[str, str], directory: str
) -> tuple[Invocation, ...]:
    """Return the commands in their order.

    Args:
        text: The script, with Harness's expressions in it.
        stops_on_error: Whether the shell starts under `set -e`.
        variables: The environment that the step sets.
        directory: Where it starts.

    Raises:
        Unreadable: It is not shell that the grammar knows.
    """
    settings = tuple(variables.items())
    if is_unknown(directory) or any(is_unknown(value) for _, value in settings):
        return _invocations.__wrapped__(text, stops_on_error, settings, directory)
    return _invocations(text, stops_on_error, settings, directory)


@lru_cache(maxsize=4096)
def _invocations(
    text: str,
    stops_on_error: bool,  # noqa: FBT001  as `set -e` is given
    settings: tuple[tuple[str, str], ...],
    directory: str,
) -> tuple[Invocation, ...]:
    """Read a script; they are copied from pipeline to pipeline, so each is read once."""
    walk, _ = _walked(text, stops_on_error, dict(settings), directory)
    return tuple(_invocation(seen) for seen in walk.seen)


def last_values(text: str, variables: Mapping[str, str], directory: str) -> Mapping[str, str]:
    """Return the variables whose values are known when a script has succeeded.

    Raises:
        Unreadable: It is not shell that the grammar knows.
    """
    return _walked(text, True, variables, directory)[1].variables


def _walked(
    text: str,
    stops_on_error: bool,  # noqa: FBT001  as `set -e` is given
    variables: Mapping[str, str],
    directory: str,
) -> tuple[Walk, ShellState]:
    state = ShellState(
        stops_on_error=stops_on_error,
        variables={**variables, "PWD": directory},
        directory=directory,
    )
    walk = Walk(Script(text))
    walk.sequence(walk.script.root.named_children, Place(), state)
    return walk, state


def _invocation(seen: Seen) -> Invocation:
    kept = tuple(sorted(seen.kept_in))
    defeat = seen.defeat or (f"its status is only kept, in {', '.join(kept)}" if kept else "")
    return Invocation(
        words=seen.words,
        variables=seen.variables,
        directory=seen.directory,
        defeated_by=cast("str", unknown(defeat[1:])) if defeat.startswith("?") else defeat,
        kept_in=kept,
        output=seen.output,
        text=seen.text,
    )
