"""Recognises what installs packages."""

from __future__ import annotations

ALIASES = {"pip3": "pip"}


def arguments_of(command: list[str], tool: str, verb: str) -> set[str] | None:
    """The arguments of `tool verb …`, however the tool is called; None where it is another command.

    Recognised are a path before the tool, variables before it, and `python -m` for it.
    """
    names = [word.rpartition("/")[2].strip("\"'") for word in command]
    for place, name in enumerate(names):
        if ALIASES.get(name, name) == tool:
            rest = command[place + 1 :]
            verbs = [word for word in rest if not word.startswith("-")]
            return set(rest) if verbs[:1] == [verb] else None
    return None
