"""Which commands of a script bring a credential to light."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tree_sitter import Node

from assurance.model.credential_uses import Showing
from assurance.readers.shell_taint import PASSES, PRINTS, Taint, arguments, program, walk
from assurance.readers.shell_words import Script

_LISTS = frozenset({"env", "printenv"})
_BUILDERS = frozenset({"docker", "podman", "buildah", "nerdctl", "buildctl"})
_TRACES = re.compile(r"^-\w*x\w*$|^xtrace$")
_VISIBLE = re.compile(r"^(/dev/(stdout|stderr|tty|fd/[12])|[12])$")
_SHARED = re.compile(r"OUTPUT|_ENV\b|_EXPORT|SUMMARY")
_MARKS = re.compile(r"^(-t|--tag|--label|-l|--annotation)(=|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShellLeak:
    """A command that brings a credential to light; `line` counts from 0."""

    showing: Showing
    credential: str
    text: str
    line: int


@lru_cache(maxsize=4096)
def leaks_in(
    text: str, names: frozenset[str], variables: frozenset[str]
) -> tuple[tuple[ShellLeak, ...], frozenset[str]]:
    """Return the leaks of a script, and the variables of it that hold a credential in the end.

    Scripts are copied from pipeline to pipeline: each is read once.

    Args:
        text: The script.
        names: Variables of its environment that hold a credential.
        variables: Names of variables of the pipeline that hold one.

    Raises:
        Unreadable: It is not shell that the grammar knows.
    """
    script = Script(text)
    taint = Taint(script, names, variables)
    found = tuple(_Leaks(script, taint).found())
    return found, frozenset(taint.names)


class _Leaks:
    def __init__(self, script: Script, taint: Taint) -> None:
        self._script = script
        self._taint = taint

    def found(self) -> Iterator[ShellLeak]:
        for node in walk(self._script.root):
            if node.type == "command":
                yield from self._command(node)
            elif node.type == "declaration_command":
                yield from self._listing(node, self._script.written(node).split())

    def _command(self, node: Node) -> Iterator[ShellLeak]:
        name = program(self._script, node)
        words = [name, *(self._script.written(part) for part in arguments(node))]
        shown = self._taint.given(node) or (self._poured(node) if name in PRINTS | PASSES else "")
        if shown:
            yield from self._if_visible(node, shown)
        if name in ("set", "bash", "sh") and any(map(_TRACES.match, words[1:3])):
            yield from self._traced(node)
        yield from self._listing(node, words)
        if name in (*_BUILDERS, "git", "crane"):
            yield from self._marked(node, words)

    def _poured(self, node: Node) -> str:
        """Return the credential in the text that a command is given, as by `cat <<EOF`."""
        parent = node.parent
        if parent is None or parent.type != "redirected_statement":
            return ""
        given = (part for part in parent.named_children if part.type.startswith("here"))
        return next((found for part in given if (found := self._in_here(part))), "")

    def _in_here(self, node: Node) -> str:
        return self._taint.of(node) or self._taint.in_text(self._script.written(node))

    def _traced(self, node: Node) -> Iterator[ShellLeak]:
        if self._taint.is_used():
            yield self._leak(node, Showing.PRINTS, "every credential that a command is given")

    def _listing(self, node: Node, words: list[str]) -> Iterator[ShellLeak]:
        if not self._taint.names:
            return
        alone = all("=" in word or word.startswith("-") for word in words[1:])
        named = [word for word in words[1:] if word in self._taint.names]
        lists = (
            (words[0] in _LISTS and alone)
            or (words[0] == "printenv" and named)
            or (words[0] in ("export", "declare", "typeset") and words[1:] == ["-p"])
            or words == ["set"]
        )
        if lists:
            yield from self._if_visible(node, (named or sorted(self._taint.names))[0])

    def _marked(self, node: Node, words: list[str]) -> Iterator[ShellLeak]:
        """Yield the credentials that a command puts into a tag, a label or an image."""
        for before, (part, word) in zip(
            words, zip(arguments(node), words[1:], strict=True), strict=False
        ):
            held = self._taint.of(part) or (word if word in self._taint.names else "")
            if held and (before == "--build-arg" or word.startswith("--build-arg=")):
                yield self._leak(node, Showing.BUILDS, held)
            elif held and (words[1] == "tag" or _MARKS.match(before) or _MARKS.match(word)):
                yield self._leak(node, Showing.TAGS, held)

    def _if_visible(self, node: Node, credential: str) -> Iterator[ShellLeak]:
        showing = self._where(node)
        if showing is not None:
            yield self._leak(node, showing, credential)

    def _where(self, node: Node) -> Showing | None:
        """Return what becomes of the output of a command; None where nobody sees it."""
        child, parent = node, node.parent
        while parent is not None:
            if parent.type in ("command_substitution", "process_substitution"):
                return None
            if parent.type == "pipeline" and not self._is_handed_on(parent, child):
                return None
            target = self._target(parent) if parent.type == "redirected_statement" else ""
            if target and not _VISIBLE.match(target):
                return Showing.EXPORTS if _SHARED.search(target) else None
            child, parent = parent, parent.parent
        return Showing.PRINTS

    def _is_handed_on(self, pipeline: Node, child: Node) -> bool:
        """Whether all that follows in a pipeline passes on what it gets."""
        parts = pipeline.named_children
        later = parts[next(i for i, part in enumerate(parts) if part.id == child.id) + 1 :]
        return all(
            any(self._hands_on(found) for found in walk(part) if found.type == "command")
            for part in later
        )

    def _hands_on(self, command: Node) -> bool:
        name = program(self._script, command)
        quiet = re.search(r"\s-\w*[qc]", self._script.written(command)) is not None
        return name in PASSES or (name in ("grep", "egrep") and not quiet)

    def _target(self, statement: Node) -> str:
        """Return the file that takes the standard output of a statement; empty for none."""
        for part in statement.named_children:
            written = self._script.written(part)
            if part.type == "file_redirect" and re.match(r"^(1|&)?>", written):
                return re.sub(r"^(1|&)?>[>|&]?\s*", "", written).strip("\"'")
        return ""

    def _leak(self, node: Node, showing: Showing, credential: str) -> ShellLeak:
        text = " ".join(self._script.written(node).split())[:80]
        return ShellLeak(
            showing=showing, credential=credential, text=text, line=node.start_point.row
        )
