"""Try a small script with given values: with which status does it end?

Only what decides by comparing texts and numbers is tried; for anything else the answer is None.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase

from tree_sitter import Node

from assurance.readers.shell_words import Script

_SILENT = ("echo", "printf", ":", "true", "export", "set", "sleep", "cat")
_NUMBERS: Mapping[str, Callable[[int, int], bool]] = {
    "-eq": lambda one, other: one == other,
    "-ne": lambda one, other: one != other,
    "-gt": lambda one, other: one > other,
    "-ge": lambda one, other: one >= other,
    "-lt": lambda one, other: one < other,
    "-le": lambda one, other: one <= other,
}
_TEXTS: Mapping[str, Callable[[str, str], bool]] = {
    "=": lambda one, other: one == other,
    "==": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
}


class _Ends(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _CannotTell(Exception):
    pass


def status_of(script: Script, variables: Mapping[str, str], *, stops_on_error: bool) -> int | None:
    """Return the status that a script ends with; None where that cannot be told."""
    trial = _Trial(script, dict(variables), stops_on_error=stops_on_error)
    try:
        return trial.sequence(script.root.named_children)
    except _Ends as end:
        return end.status
    except _CannotTell:
        return None


class _Trial:
    def __init__(self, script: Script, variables: dict[str, str], *, stops_on_error: bool) -> None:
        self.script = script
        self.variables = variables
        self.stops_on_error = stops_on_error

    def sequence(self, nodes: Sequence[Node]) -> int:
        status = 0
        for node in nodes:
            if node.type != "comment":
                status = self.node(node)
                if status and self.stops_on_error and node.type == "command":
                    raise _Ends(status)
        return status

    def node(self, node: Node) -> int:
        if node.type not in _TRIED:
            raise _CannotTell
        return _TRIED[node.type](self, node)

    def _words(self, node: Node) -> list[str]:
        words = [self.script.word(child, self.variables) for child in node.named_children]
        if any("$" in word or "`" in word for word in words):
            raise _CannotTell
        return words

    def command(self, node: Node) -> int:
        if node.named_children[0].type != "command_name":
            raise _CannotTell
        words = self._words(node)
        if words[0] == "exit":
            raise _Ends(int(words[1]) % 256 if words[1:] and words[1].isdigit() else 0)
        if words[0] in ("test", "["):
            return self._compare(words[1:-1] if words[0] == "[" else words[1:])
        if words[0] == "false":
            return 1
        if words[0] not in _SILENT:
            raise _CannotTell
        return 0

    def test(self, node: Node) -> int:
        text = self.script.written(node)
        inner = text.lstrip("[").rstrip("]").strip()
        words = [self._plain(word) for word in inner.split()]
        return self._compare(words)

    def _plain(self, word: str) -> str:
        word = word.strip("\"'")
        found = re.fullmatch(r"\$\{?(\w+)\}?", word)
        if found is None and "$" not in word:
            return word
        if found is None or found[1] not in self.variables:
            raise _CannotTell
        return self.variables[found[1]]

    def _compare(self, words: list[str]) -> int:
        if words[:1] == ["!"]:
            return int(not self._compare(words[1:]))
        if len(words) == 2 and words[0] in ("-n", "-z"):
            return int(bool(words[1]) == (words[0] == "-z"))
        if len(words) != 3 or words[1] not in (*_NUMBERS, *_TEXTS):
            raise _CannotTell
        if words[1] in _TEXTS:
            return int(not _TEXTS[words[1]](words[0], words[2]))
        if not (words[0].isdigit() and words[2].isdigit()):
            raise _CannotTell
        return int(not _NUMBERS[words[1]](int(words[0]), int(words[2])))

    def assign(self, node: Node) -> int:
        name, _, _ = self.script.written(node).partition("=")
        values = node.named_children[1:]
        value = self.script.word(values[0], self.variables) if values else ""
        if "$" in value or "`" in value:
            raise _CannotTell
        self.variables[name] = value
        return 0

    def declare(self, node: Node) -> int:
        for child in node.named_children:
            if child.type == "variable_assignment":
                self.assign(child)
        return 0

    def both(self, node: Node) -> int:
        left = self._asked(node.named_children[0])
        if (left == 0) is any(child.type == "&&" for child in node.children):
            return self.node(node.named_children[-1])
        return left

    def _asked(self, node: Node) -> int:
        stops, self.stops_on_error = self.stops_on_error, False
        try:
            return self.node(node)
        finally:
            self.stops_on_error = stops

    def turn(self, node: Node) -> int:
        return int(not self._asked(node.named_children[-1]))

    def choose(self, node: Node) -> int:
        current = "if"
        branches: dict[str, list[Node]] = {"if": [], "then": []}
        for child in node.children:
            if child.type in ("elif_clause", "else_clause") or not child.is_named:
                current = child.type if child.type in branches else current
            else:
                branches[current].append(child)
        status = 0
        for part in branches["if"]:
            status = self._asked(part)
        if status == 0:
            return self.sequence(branches["then"])
        return self._otherwise(node)

    def _otherwise(self, node: Node) -> int:
        for child in node.named_children:
            if child.type == "elif_clause":
                raise _CannotTell
            if child.type == "else_clause":
                return self.sequence(child.named_children)
        return 0

    def select(self, node: Node) -> int:
        value = self.script.word(node.named_children[0], self.variables)
        if "$" in value:
            raise _CannotTell
        for item in node.named_children[1:]:
            patterns = item.children_by_field_name("value")
            if any(fnmatchcase(value, self.script.word(each, {})) for each in patterns):
                return self.sequence([part for part in item.named_children if part not in patterns])
        return 0

    def block(self, node: Node) -> int:
        return self.sequence(node.named_children)

    def redirected(self, node: Node) -> int:
        return self.node(node.named_children[0])


_TRIED: Mapping[str, Callable[[_Trial, Node], int]] = {
    "command": _Trial.command,
    "test_command": _Trial.test,
    "variable_assignment": _Trial.assign,
    "declaration_command": _Trial.declare,
    "list": _Trial.both,
    "negated_command": _Trial.turn,
    "if_statement": _Trial.choose,
    "case_statement": _Trial.select,
    "compound_statement": _Trial.block,
    "redirected_statement": _Trial.redirected,
}
