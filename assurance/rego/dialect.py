"""Older Rego written as the interpreter takes it, line for line.

Where Open Policy Agent reads `name[x] { … }` as a rule that adds `x` to a set, rego-cpp reads one
that makes an object of it: `name[_]` then yields `true` instead of the element, and whatever is
done with the set goes wrong in silence (tried with 1.5.2). `name contains x if { … }` says the same
and is read alike by both. A second body of such a rule gets a head of its own. With `if` and
without `contains` it is an object for both.
https://www.openpolicyagent.org/docs/v0-upgrade
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SET = re.compile(r"(?m)^([ \t]*)([A-Za-z_]\w*)\[(.*)\](\s*)\{")
_HEAD = re.compile(r"[A-Za-z_]\w* (contains .* if \{)?")
_NEXT_BODY = re.compile(r"\}\s*\{")


def as_sets(text: str) -> str:
    """Return a policy with its sets written out; lines stay where they are."""
    return "".join(_with_heads(_SET.sub(r"\1\2 contains \3 if\4{", text)))


def _with_heads(text: str) -> Iterator[str]:
    """Yield the lines; a body that follows another of a set begins with the head of both."""
    head = ""
    for line in text.splitlines(keepends=True):
        begins = _HEAD.match(line)
        if begins:
            head = begins[0] if begins[1] else ""
        if head and _NEXT_BODY.match(line):
            yield f"}} {head}{line.partition('{')[2]}"
        else:
            yield line
