"""What must hold of the definitions of a delivery together."""

from __future__ import annotations

from assurance.model.delivery_definitions import DeliveryDefinition, Reference
from assurance.model.findings import Finding, each


def refers_to_files_only(definition: DeliveryDefinition) -> Finding:
    """All that it names is in the repository."""
    expected = "everything that it refers to is defined in the repository"
    if not definition.references:
        return Finding(holds=True, expected=expected, actual="it refers to nothing")
    found = each(definition.references, _is_there, expected=expected, none="")
    if not found.holds:
        return found
    number = len(definition.references)
    return Finding(
        holds=True, expected=expected, actual=f"all it refers to is there ({number} references)"
    )


_THERE = Finding(holds=True, expected="", actual="")
"""What is there is counted, not named."""


def _is_there(reference: Reference) -> Finding:
    if reference.is_in_repository:
        return _THERE
    named = f"{reference.kind} {reference.name} ({reference.location})"
    hint = f": {reference.elsewhere}" if reference.elsewhere else ""
    return Finding(
        holds=False, expected="", actual=f"{named} is missing{hint}", location=reference.location
    )
