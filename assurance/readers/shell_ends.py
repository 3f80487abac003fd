"""What a branch of a script ends with, for who reaches it because a command failed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tree_sitter import Node

from assurance.readers.shell_state import Fate, Place
from assurance.readers.shell_words import Script

_BLOCKS = ("compound_statement", "subshell", "list", "do_group", "else_clause", "program")
_SKIPPED = ("comment", "heredoc_body")
_ASKS_FOR_FAILURE = re.compile(r"(-ne|-gt|!=)\s*\"?0\b")
_OWN_STATUS = ("$?", "${?}")


def statements(node: Node) -> list[Node]:
    """Return the statements in a block; of anything else, itself."""
    if node.type not in _BLOCKS:
        return [node]
    return [child for child in node.named_children if child.type not in _SKIPPED]


def exit_status(node: Node, script: Script, variables: Mapping[str, str]) -> str | None:
    """Return what `exit` is given: `$?` for nothing; None for any other command."""
    if node.type != "command":
        return None
    words = [script.word(child, variables) for child in node.named_children]
    if words[:1] not in (["exit"], ["return"]):
        return None
    return words[1] if len(words) > 1 else "$?"


def taken_up(node: Node, script: Script) -> str:
    """Return the variable that an assignment puts `$?` into; empty for none."""
    if node.type == "declaration_command":
        node = node.named_children[-1] if node.named_children else node
    if node.type != "variable_assignment":
        return ""
    name, _, value = script.written(node).partition("=")
    return name if value.strip('"') in _OWN_STATUS else ""


def ends_in_failure(nodes: list[Node], script: Script) -> bool:
    """Whether a branch ends the script with a status that is not zero, for certain."""
    last = statements(nodes[-1]) if nodes else []
    if last and last != nodes[-1:]:
        return ends_in_failure(last, script)
    status = exit_status(nodes[-1], script, {}) if nodes else None
    return status is not None and status.isdigit() and int(status) > 0


def after_failure(node: Node, script: Script, place: Place, said: str) -> Fate:
    """Return the fate of a failure that leads to this node.

    Args:
        node: What runs because of it.
        script: What it is part of.
        place: Where.
        said: How a message names the construct.
    """
    parts = statements(node)
    if not parts:
        return Fate(defeat=said)
    if parts != [node]:
        return _after_block(parts, script, place, said)
    status = exit_status(node, script, {})
    if status is not None:
        return _after_exit(status, place, said)
    if node.type == "variable_assignment":
        return Fate(kept_in=script.written(node).partition("=")[0])
    name = taken_up(node, script)
    if name:
        return Fate(kept_in=name)
    return place.on_exit if script.written(node) == "false" else Fate(defeat=said)


def _after_block(parts: list[Node], script: Script, place: Place, said: str) -> Fate:
    name = taken_up(parts[0], script)
    status = exit_status(parts[-1], script, {})
    if status in _OWN_STATUS:
        # What stands between the failure and `exit $?` has put its own status there.
        return Fate(defeat=said)
    if status is None and name:
        return Fate(kept_in=name)
    if status and name and status.strip("${}") == name:
        return place.on_exit
    return after_failure(parts[-1], script, place, said)


def _after_exit(status: str, place: Place, said: str) -> Fate:
    if status in _OWN_STATUS or (status.isdigit() and int(status) % 256):
        return place.on_exit
    if status.isdigit():
        return Fate(defeat=said)
    return Fate(defeat=f"?what `exit {status}` says is decided when it runs")


def asks_for_failure(text: str) -> bool:
    """Whether a condition is true of a status that is not zero."""
    return _ASKS_FOR_FAILURE.search(text) is not None


def mentions(text: str, name: str) -> bool:
    """Whether a text uses a variable."""
    return (
        re.search(rf"\$\{{?{re.escape(name)}\b|\b{re.escape(name)}\s*(!=|==|-ne|-eq)", text)
        is not None
    )
