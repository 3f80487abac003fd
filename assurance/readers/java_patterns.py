"""Whether a text matches a pattern of Java, where Python is sure to read the pattern the same way.

Most of what people write means the same in both. What is spelt alike and means something else, or
is known to one of them only, leaves the answer unknown.
https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/regex/Pattern.html
"""

from __future__ import annotations

import re
import warnings
from typing import Any, Final

import regex

from assurance.model.unknown import unknown

_DIFFERENT: Final = re.compile(
    r"&&"  # an intersection, in a class of Java
    r"|\[\^?\]"  # Python takes this bracket as a member of the class
    r"|\[[^\]]*\["  # a class in a class, for Java
    r"|\\[bBvZ0]"  # what ends a word or a line, which characters are vertical, octal numbers
    r"|\(\?[P#(]|\(\?[a-z]*[aLudx-]"  # forms and flags that only one of them has
    r"|\{,"  # Java wants the lower limit
)
_LINE_ENDS: Final = re.compile("[\n\r\u0085\u2028\u2029]")
_SECONDS: Final = 0.5
"""Long enough for any pattern that does not try every way through its repetitions."""


def java_matches(pattern: str, text: str) -> Any:
    """Return whether all of a text matches; unknown where Java may see it otherwise."""
    if _DIFFERENT.search(pattern) or _LINE_ENDS.search(text):
        return unknown(f"Java and Python may read the pattern {pattern} differently")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            re.compile(pattern)
        except (re.error, Warning, OverflowError, RecursionError) as reason:
            return unknown(f"the pattern {pattern} is none that Python reads: {reason}")
    try:
        return regex.fullmatch(pattern, text, regex.ASCII, timeout=_SECONDS) is not None
    except (regex.error, TimeoutError) as reason:
        return unknown(f"the pattern {pattern} could not be tried: {reason}")
