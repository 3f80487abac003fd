"""Shell text as a syntax tree, and the words in it as text.

Harness replaces its expressions before a shell sees the script. They are shielded here from the
grammar, in which `<+x>` would be two redirections, and stand in the words as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

import tree_sitter_bash
from tree_sitter import Language, Node, Parser

from assurance.readers.expressions import expression_spans

_OPEN, _CLOSE = "\ue000", "\ue001"
_SHIELD = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_ESCAPE = re.compile(r"\\(\n|.)", re.DOTALL)
_DEFAULT = re.compile(r"\$\{(\w+)(?::?-([^}]*))?\}")


class Unreadable(Exception):
    """The text is not shell that the grammar knows."""


@cache
def _parser() -> Parser:
    return Parser(Language(tree_sitter_bash.language()))


class Script:
    """A script with its tree."""

    def __init__(self, text: str) -> None:
        self.expressions: list[str] = []
        # The marks of the shield are no text: they belong to nobody's script.
        text = text.replace(_OPEN, "?").replace(_CLOSE, "?")
        self.text = text
        self._shielded = self._shield(text.replace("\r\n", "\n")).encode(errors="replace")
        self._tree = _parser().parse(self._shielded)
        self.root = self._tree.root_node
        if self.root.has_error:
            line = next(_errors(self.root)).start_point.row + 1
            raise Unreadable(f"line {line} of the command cannot be read as shell")

    def _shield(self, text: str) -> str:
        pieces: list[str] = []
        end = 0
        for start, stop in expression_spans(text):
            pieces += [text[end:start], f"{_OPEN}{len(self.expressions)}{_CLOSE}"]
            self.expressions.append(text[start:stop])
            end = stop
        return "".join((*pieces, text[end:]))

    def written(self, node: Node) -> str:
        """Return a node as it is written."""
        return self._restored(self._shielded[node.start_byte : node.end_byte].decode())

    def _restored(self, text: str) -> str:
        return _SHIELD.sub(lambda found: self.expressions[int(found[1])], text)

    def word(self, node: Node, variables: Mapping[str, str]) -> str:
        """Return a word as the shell would see it; what cannot be expanded stays as written."""
        return self._restored(self._expanded(node, variables))

    def words(self, node: Node, variables: Mapping[str, str]) -> tuple[str, ...]:
        """Return the words that one argument becomes: a variable may hold several."""
        text = self.word(node, variables)
        if node.type in ("simple_expansion", "expansion"):
            return tuple(text.split())
        return (text,)

    def _expanded(self, node: Node, variables: Mapping[str, str]) -> str:
        raw = self._shielded[node.start_byte : node.end_byte].decode()
        if node.type in _FILLED:
            filled = self._filled(node, variables)
            return filled[1:-1] if node.type == "string" else filled
        if raw in ("$(pwd)", "`pwd`"):
            return variables.get("PWD", raw)
        expand = _EXPANSIONS.get(node.type)
        return raw if expand is None else expand(raw, variables)

    def _filled(self, node: Node, variables: Mapping[str, str]) -> str:
        """Return the text of a node with its children expanded in their places."""
        pieces: list[str] = []
        end = node.start_byte
        for child in node.named_children:
            gap = self._shielded[end : child.start_byte].decode()
            pieces += [gap, self._expanded(child, variables)]
            end = child.end_byte
        return "".join((*pieces, self._shielded[end : node.end_byte].decode()))


def _default(raw: str, variables: Mapping[str, str]) -> str:
    found = _DEFAULT.fullmatch(raw)
    return raw if found is None else variables.get(found[1], raw)


_FILLED = ("string", "concatenation", "command_name")
_EXPANSIONS: Mapping[str, Callable[[str, Mapping[str, str]], str]] = {
    "raw_string": lambda raw, _: raw[1:-1],
    "ansi_c_string": lambda raw, _: raw[2:-1],
    "simple_expansion": lambda raw, variables: variables.get(raw[1:], raw),
    "expansion": _default,
    "word": lambda raw, _: _ESCAPE.sub(lambda found: found[1].replace("\n", ""), raw),
}


def _errors(node: Node) -> Iterator[Node]:
    """Yield the places that do not parse, the nearest ones; the node itself where none is named."""
    bad = [child for child in node.children if child.is_error or child.is_missing]
    deeper = [child for child in node.children if child.has_error and child not in bad]
    if bad:
        yield bad[0]
    elif deeper:
        yield from _errors(deeper[0])
    else:
        yield node
