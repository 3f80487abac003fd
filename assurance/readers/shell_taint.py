"""Which variables of a script hold a credential, and what a part of it gives away.

A credential is a reference to a secret, a variable that was made from one, or what a program
prints that fetches secrets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from assurance.readers.shell_words import Script

PRINTS = frozenset({"echo", "printf", "print", "logger", "wall"})
PASSES = frozenset(
    {
        *("tee", "cat", "base64", "tr", "cut", "sed", "head", "tail", "awk", "jq", "rev", "fold"),
        *("xxd", "sort", "uniq", "nl", "tac", "column"),
    }
)
"""Programs that hand on what they are given, changed or not."""

_FETCHES = re.compile(
    r"aws\s+(\S+\s+)*?(secretsmanager\s+get-secret-value|ecr\s+get-login-password"
    r"|ssm\s+get-parameters?\b.*--with-decryption)"
    r"|vault\s+(kv\s+get|read)\b|gcloud\s+secrets\s+versions\s+access|az\s+keyvault\s+secret\s+show"
)
_SECRET = re.compile(r"secrets\.getValue\(\s*[\"']([\w.-]+)")
_VARIABLE = re.compile(r"\bvariables?\.(\w+)")
_SAFE = re.compile(r"^\$\{#|^\$\{\w+:?\+")
"""Expansions that tell of a variable only its length, or that it is set."""


class Taint:
    """What in one script holds a credential."""

    def __init__(self, script: Script, names: frozenset[str], variables: frozenset[str]) -> None:
        """Take what the surroundings of the script hold.

        Args:
            script: The script.
            names: Variables of its environment that hold one.
            variables: Names of variables of the pipeline that hold one.
        """
        self._script = script
        self._variables = variables
        self.names = set(names)
        assignments = [node for node in walk(script.root) if node.type == "variable_assignment"]
        for _ in assignments:
            grown = {self._name(node) for node in assignments if self._gains(node)}
            if grown <= self.names:
                break
            self.names |= grown

    def _name(self, assignment: Node) -> str:
        name = assignment.child_by_field_name("name")
        return self._script.written(name).split("[")[0] if name else ""

    def _gains(self, assignment: Node) -> bool:
        value = assignment.child_by_field_name("value")
        return value is not None and self.of(value) != ""

    def of(self, node: Node) -> str:
        """Return the credential that a word or a text gives away; empty for none."""
        if node.type == "command_substitution":
            return next((found for part in _commands(node) if (found := self.given(part))), "")
        if node.type in ("simple_expansion", "expansion"):
            return self._expanded(node)
        own = self.in_text(self._script.written(node)) if not node.named_children else ""
        return own or next((found for part in node.named_children if (found := self.of(part))), "")

    def _expanded(self, node: Node) -> str:
        written = self._script.written(node)
        if _SAFE.match(written):
            return ""
        names = (self._script.written(part) for part in walk(node) if part.type == "variable_name")
        return next((name for name in names if name in self.names), "")

    def in_text(self, text: str) -> str:
        """Return the secret that a text refers to; empty for none."""
        found = _SECRET.search(text)
        if found:
            return found[1]
        named = _VARIABLE.findall(text) if "<+" in text else ()
        return next((name for name in named if name in self._variables), "")

    def given(self, command: Node) -> str:
        """Return the credential that the output of a command holds."""
        written = self._script.written(command)
        if _FETCHES.search(written):
            return "a fetched secret"
        if program(self._script, command) in PRINTS | PASSES:
            return next((found for part in arguments(command) if (found := self.of(part))), "")
        return ""

    def is_used(self) -> bool:
        """Whether the script speaks of a credential at all."""
        return self.of(self._script.root) != ""


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and everything in it."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(reversed(found.named_children))


def _commands(node: Node) -> Iterator[Node]:
    return (found for found in walk(node) if found.type == "command")


def program(script: Script, command: Node) -> str:
    """Return the program of a command, without its directory."""
    name = command.child_by_field_name("name")
    return script.written(name).rpartition("/")[2] if name else ""


def arguments(command: Node) -> tuple[Node, ...]:
    """Return the words of a command after its program."""
    return tuple(command.children_by_field_name("argument"))
