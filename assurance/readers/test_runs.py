"""What the text of a test command says about the tests it runs."""

from __future__ import annotations

import re

from assurance.model.checks import TestKind
from assurance.readers.arguments import Arguments
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


_OPTIONS = ("--base-url", "--baseurl", "--url", "--host", "--target")


def kind_of(text: str, given: Arguments | None = None) -> TestKind:
    """Return what tests are by the words of their command.

    Where none tells, tests that are given an address are integration tests, others unit tests.
    """
    usual = TestKind.INTEGRATION if given is not None and given.has(*_OPTIONS) else TestKind.UNIT
    return next((kind for kind, words in _KINDS if words.search(text)), usual)


def address_of(call: Call) -> str:
    """Return the address that tests are given, by an option or by their environment."""
    stated = call.arguments.value(*_OPTIONS)
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
