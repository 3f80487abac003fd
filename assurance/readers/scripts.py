"""The scripts that a step runs, wherever its type keeps them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from assurance.readers.credential_forms import has_form_of_credential, is_literal_credential

_ASSIGNED = re.compile(r"(?:^|[\s;&(])(\w+)=(\"[^\"$<]+\"|'[^'<]+'|[^\s\"'$<;|&)]+)")
_PASSED = re.compile(
    r"Authorization:\s*(Bearer|Basic|token)\s+(?!<\+|\$)[\w.+/=-]{8,}"
    r"|\s--(password|token|secret-key|api-key)[= ](?![\"']?(\$|<\+|-))[\"']?[\w.+/=-]{6,}"
    r"|\b(curl|wget|http)\b.*\s(-u|--user)[= ][\"']?[\w.@-]+:(?!\$|<\+)[^\s\"'$<]{3,}",
    re.IGNORECASE,
)


_COMMANDS = ("command", "preCommand", "postCommand", "entrypoint")
_WHERE = frozenset({*_COMMANDS, "source"})


def scripts_of(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the command of a Run or Test step, and the script of a ShellScript step.

    Args:
        values: What is written for the step.
    """
    spec = values.get("spec")
    if type(spec) is not dict or _WHERE.isdisjoint(spec):
        return
    for key in _COMMANDS:
        found = spec.get(key)
        if isinstance(found, str):
            yield found
        elif isinstance(found, list | tuple):
            yield " ".join(str(part) for part in found)
    source: Any = spec
    for key in ("source", "spec", "script"):
        source = source.get(key) if isinstance(source, dict) else None
    if isinstance(source, str):
        yield source


def literals_in(script: str) -> Iterator[str]:
    """Yield what a script sets, or passes on, as a credential that stands in it."""
    for line in script.splitlines():
        yield from _literals_of(line)


@lru_cache(maxsize=1 << 14)
def _literals_of(line: str) -> tuple[str, ...]:
    """Return the same for one line; most are written in many scripts."""
    if line.lstrip().startswith("#"):
        return ()
    found = [
        name
        for name, value in _ASSIGNED.findall(line)
        if is_literal_credential(name, value.strip("\"'"))
    ]
    if _PASSED.search(line) or has_form_of_credential(line):
        found.append("a credential in the command")
    return tuple(found)
