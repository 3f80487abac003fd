"""The words of Terraform's native syntax, templates and heredocs included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from assurance.errors import EvidenceError

Token: TypeAlias = tuple[str, int, int]

_CODE = re.compile(
    r"""(?P<space>[ \t\r\ufeff]+)
      |(?P<newline>\n)
      |(?P<comment>\#[^\n]*|//[^\n]*|/\*.*?\*/)
      |(?P<heredoc><<-?[ \t]*(?P<mark>[\w.-]+)[ \t\r]*\n)
      |(?P<name>[^\W\d][\w-]*)
      |(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
      |(?P<quote>")
      |(?P<open>[\[({])
      |(?P<close>[\])}])
      |(?P<operator>\.\.\.|=>|==|!=|<=|>=|&&|\|\||::|[=.,:?*/%+\-<>!~&|])
    """,
    re.VERBOSE | re.DOTALL,
)
_QUOTED = re.compile(
    r"""(?P<literal>(?:[^"\\$%\n]|\\.|\$\$\{|%%\{|\$(?!\{)|%(?!\{))+)
      |(?P<enter>[$%]\{~?)
      |(?P<quote>")
    """,
    re.VERBOSE,
)
_TEMPLATE = re.compile(r"\$\$\{|%%\{|(?P<enter>[$%]\{~?)")


class HclSyntaxError(EvidenceError):
    """A file does not follow Terraform's grammar."""


class Lexer:
    """Reads a text as flat tokens; those inside interpolations stand between enter and leave."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.position = 0
        # What encloses the position: a bracket, "quote", "enter", or "<<MARK".
        self.stack: list[str] = []

    def fail(self, at: int, what: str) -> HclSyntaxError:
        """The error for a place in the text."""
        line = self.text.count("\n", 0, at) + 1
        return HclSyntaxError(
            what,
            file=self.path,
            line=line,
            remedy="correct the syntax; `terraform fmt` shows the same place",
        )

    def tokens(self) -> Iterator[Token]:
        """All tokens in the order of the text."""
        size = len(self.text)
        while self.position < size:
            top = self.stack[-1] if self.stack else ""
            if top == "quote":
                yield self.quoted()
            elif top.startswith("<<"):
                yield from self.heredoc(top[2:])
            else:
                token = self.code()
                if token is not None:
                    yield token
        if self.stack:
            raise self.fail(size - 1, f"the file ends inside an open {self.stack[-1]!r}")

    def code(self) -> Token | None:
        """One token outside of texts; None for what means nothing."""
        start = self.position
        match = _CODE.match(self.text, start)
        if match is None:
            raise self.fail(start, f"unexpected character {self.text[start]!r}")
        kind = match.lastgroup or ""
        self.position = end = match.end()
        if kind in ("space", "comment"):
            return ("newline", end, end) if self._ends_line(start, end) else None
        if kind in ("heredoc", "mark"):
            self.stack.append("<<" + match.group("mark"))
            return ("heredoc", start, end)
        if kind == "quote":
            self.stack.append("quote")
        elif kind == "open":
            self.stack.append(self.text[start])
        elif kind == "close":
            return self.close(start, end)
        return (kind, start, end)

    def _ends_line(self, start: int, end: int) -> bool:
        # A block comment over several lines separates statements as a line break does.
        return self.text.startswith("/*", start) and "\n" in self.text[start:end]

    def close(self, start: int, end: int) -> Token:
        """The end of a bracket or of an interpolation."""
        opened = self.stack.pop() if self.stack else ""
        pairs = {"(": ")", "[": "]", "{": "}", "enter": "}"}
        if pairs.get(opened) != self.text[start]:
            raise self.fail(start, f"unexpected {self.text[start]!r}")
        return ("leave" if opened == "enter" else "close", start, end)

    def quoted(self) -> Token:
        """One token inside a quoted text."""
        start = self.position
        match = _QUOTED.match(self.text, start)
        if match is None:
            raise self.fail(start, "a string is not closed on its line")
        self.position = match.end()
        kind = match.lastgroup or ""
        if kind == "quote":
            self.stack.pop()
            return ("unquote", start, match.end())
        if kind == "enter":
            self.stack.append("enter")
        return (kind, start, match.end())

    def heredoc(self, mark: str) -> Iterator[Token]:
        """The tokens inside a heredoc up to the next interpolation or its end."""
        start = self.position
        closing = re.compile(rf"^[ \t]*{re.escape(mark)}[ \t\r]*$", re.MULTILINE)
        end = closing.search(self.text, start)
        for match in _TEMPLATE.finditer(self.text, start, end.start() if end else len(self.text)):
            if match.group("enter"):
                yield ("literal", start, match.start())
                yield ("enter", match.start(), match.end())
                self.position = match.end()
                self.stack.append("enter")
                return
        if end is None:
            raise self.fail(start, f"the text that ends at {mark!r} is not closed")
        yield ("literal", start, end.start())
        yield ("unheredoc", end.start(), end.end())
        self.position = end.end()
        self.stack.pop()
