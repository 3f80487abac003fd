"""What must hold for files, history and defaults: no credential is written in them."""

from __future__ import annotations

from assurance.model.findings import Finding, each
from assurance.model.scans import Input, Scans, Searched
from assurance.rules.lists import listing


def holds_no_credential(place: Searched) -> Finding:
    """Something was read, and nothing in it has the form of a credential."""
    literal = [found for found in place.credentials if not found.is_excepted]
    excepted = len(place.credentials) - len(literal)
    noted = f"; {excepted} lines are excepted by their own comment" if excepted else ""
    found = listing(f"{one.what} in {one.location}" for one in literal)
    return Finding(
        holds=not literal and not place.is_empty,
        expected="no credential is written in it",
        actual=found or f"{place.amount} were searched, and none was found{noted}",
        location=literal[0].location if literal else None,
    )


def no_default_is_a_credential(scans: Scans) -> Finding:
    """Whoever calls a module must give the credentials that it takes."""
    return each(
        scans.inputs,
        _has_no_literal_default,
        expected="no default for an input that is named after a credential",
        none="no module of the system has an input",
    )


def _has_no_literal_default(found: Input) -> Finding:
    literal = found.is_for_credential and found.has_default
    return Finding(
        holds=not literal,
        expected="no default",
        actual=f"{found.name} ({found.location}) has a default"
        if literal
        else "no input that is named after a credential has a default",
        location=found.location,
    )
