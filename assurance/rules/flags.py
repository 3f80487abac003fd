"""What must hold for feature flags: asked for through a standard API, safe when nobody answers.

The standard API is OpenFeature's (https://openfeature.dev/specification), by whose methods the
evaluations are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assurance.model.applications import Application, FlagEvaluation
from assurance.model.findings import Finding, any_of
from assurance.model.pipeline_parts import PlacedPart
from assurance.model.releases import FlagChange
from assurance.rules.lists import listing

_LITERAL = re.compile(r"""None|null|False|false|-?\d+(\.\d+)?|(["'`])[^"'`]*\2|\{\}|\[\]""")
"""Defaults that are written down; true would be new behaviour that nobody decided."""


def asks_for_flags(applications: Iterable[Application]) -> Finding:
    """Code of the system asks for flags."""
    known = tuple(applications)
    flags = sorted({found.flag for application in known for found in application.flags})
    return Finding(
        holds=bool(flags),
        expected="code that asks for flags through OpenFeature",
        actual=f"it asks for {listing(flags)}" if flags else "no code asks for a flag",
    )


def has_safe_default(evaluation: FlagEvaluation) -> Finding:
    """Where the flag service does not answer, a written default leaves things as they are."""
    written = evaluation.default
    return Finding(
        holds=_LITERAL.fullmatch(written.strip()) is not None,
        expected="a default that is written down, and is not true",
        actual=f"{evaluation.flag} is {written} without the flag service"
        if written
        else f"{evaluation.flag} has no default",
    )


def is_asked_for(change: PlacedPart[FlagChange], applications: Iterable[Application]) -> Finding:
    """Code asks for the flag that a pipeline changes."""
    flags = tuple(found.flag for application in applications for found in application.flags)
    asked = any_of(flags, lambda flag: flag == change.part.feature)
    return Finding(
        holds=asked,
        expected="a flag that code asks for",
        actual=f"{'code' if asked else 'no code'} asks for {change.part.feature}",
    )
