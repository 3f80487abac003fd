"""What the text of a test command says about the tests it runs."""

from __future__ import annotations

import re

from assurance.model.checks import TestKind
from assurance.readers.command_context import Call

__test__ = False

_KINDS = (
    (TestKind.END_TO_END, re.compile(r"e2e|end[-_]to[-_]end|playwright|cypress|browser", re.I)),
    (TestKind.LOAD, re.compile(r"\bload\b|locust|\bk6\b|performance", re.I)),
    (
        TestKind.INTEGRATION,
        re.compile(r"integration|smoke|acceptance|contract|api[-_]tests?", re.I),
    ),
)
_ADDRESS = re.compile(r"(^|_)(URL|HOST|ADDRESS|ENDPOINT)$")


def kind_of(text: str) -> TestKind:
    """Return what tests are by the words of their command; unit tests where none tells."""
    return next((kind for kind, words in _KINDS if words.search(text)), TestKind.UNIT)


def address_of(call: Call) -> str:
    """Return the address that tests are given, by an option or by their environment."""
    stated = call.arguments.value("--base-url", "--baseurl", "--url", "--host", "--target")
    if stated:
        return stated
    named = sorted(name for name in call.variables if _ADDRESS.search(name))
    return next((call.variables[name] for name in named if call.variables[name]), "")


def number(text: str) -> float | None:
    """Return a percentage; None for what is none."""
    try:
        return float(text)
    except ValueError:
        return None
