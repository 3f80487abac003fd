"""Where in a text a chain of names stands: for files whose parser keeps no lines."""

from __future__ import annotations

import re
from collections.abc import Iterable


def line_of(text: str, names: Iterable[str]) -> int | None:
    """Return the first line, from 1, by which all names were seen one after another; or None."""
    wanted = list(names)
    if not wanted:
        return None
    for number, line in enumerate(text.splitlines(), start=1):
        while wanted and re.search(rf"(?<![\w-]){re.escape(wanted[0])}(?![\w-])", line):
            wanted.pop(0)
        if not wanted:
            return number
    return None
