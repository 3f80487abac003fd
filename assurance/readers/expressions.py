"""Harness's expressions, `<+…>`, as text."""

from __future__ import annotations

from collections.abc import Iterator


def expression_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each outermost expression starts and ends; they may be nested.

    An expression that is never closed is none: Harness leaves it as text.
    """
    start = text.find("<+")
    while start >= 0:
        stop = _closing(text, start)
        if stop > 0:
            yield start, stop
        start = text.find("<+", stop if stop > 0 else start + 2)


def _closing(text: str, start: int) -> int:
    """Return the end of the expression that starts there; -1 where nothing closes it."""
    depth = 0
    quote = ""
    for place in range(start, len(text)):
        letter = text[place]
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'" and depth:
            quote = letter
        elif text.startswith("<+", place):
            depth += 1
        elif letter == ">" and text[place - 1] not in "<=!" and not text.startswith(">=", place):
            depth -= 1
            if depth == 0:
                return place + 1
    return -1


def is_expression(value: object) -> bool:
    """Whether a value holds an expression anywhere."""
    return isinstance(value, str) and next(expression_spans(value), None) is not None


def expressions_in(text: str) -> tuple[str, ...]:
    """Return the outermost expressions of a text, without their brackets."""
    return tuple(text[start + 2 : stop - 1].strip() for start, stop in expression_spans(text))
