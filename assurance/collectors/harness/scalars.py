"""What a scalar of YAML 1.2 means, by its core schema.

Other than in YAML 1.1, `on`, `yes` and `010` are what they look like. Numbers that JSON cannot
write, and those too long to be meant as numbers, stay text.

Source: YAML 1.2.2, chapter 10.3.2.
"""

from __future__ import annotations

import re
from typing import Final

Scalar = str | int | float | bool | None

_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
OLDER_WORDS: Final = frozenset(
    written
    for word in ("yes", "no", "on", "off")
    for written in (word, word.capitalize(), word.upper())
)
"""Text here, and true or false in YAML 1.1: https://yaml.org/type/bool.html."""

_WHOLE = re.compile(r"[-+]?[0-9]+")
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FRACTION = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_FIRST_OF_NUMBERS = frozenset("0123456789+-.")
_LONGEST = 40
_FAMILY = "tag:yaml.org,2002:"

TAGS: Final = frozenset(_FAMILY + name for name in ("str", "int", "float", "bool", "null"))
"""The tags of scalars that are read; others say something that nobody here understands."""


def scalar(text: str) -> Scalar:
    """Return the value of a plain scalar."""
    if text in _WORDS:
        return _WORDS[text]
    return _number(text) if text[0] in _FIRST_OF_NUMBERS else text


def tagged(text: str, tag: str) -> Scalar:
    """Return the value of a scalar with a tag; text where the tag says so or does not fit."""
    return text if tag == f"{_FAMILY}str" else scalar(text)


def _number(text: str) -> Scalar:
    if len(text) > _LONGEST:
        return text
    if _WHOLE.fullmatch(text):
        return int(text)
    if _OTHER_BASE.fullmatch(text):
        return int(text[2:], 8 if text[1] == "o" else 16)
    if _FRACTION.fullmatch(text):
        number = float(text)
        return number if abs(number) != float("inf") else text
    return text
