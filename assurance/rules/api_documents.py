"""What must hold for the OpenAPI documents in the source."""

from __future__ import annotations

from assurance.model.applications import Application
from assurance.model.findings import Finding, NotApplicable, Verdict
from assurance.rules.lists import listing


def describes_its_api(application: Application) -> Verdict:
    """A backend keeps a valid OpenAPI document beside its source, with operations in it."""
    if application.role != "backend":
        return NotApplicable("no_api")
    found = application.api_documents
    wrong = [f"{each.location}: {each.fault}" for each in found if each.fault]
    wrong += [f"{each.location}: no operation" for each in found if each.operations == 0]
    return Finding(
        holds=bool(found) and not wrong,
        expected="a valid OpenAPI document",
        actual=listing(wrong) or listing(f"{each.location}" for each in found) or "no document",
        location=next((each.location for each in found), None),
    )
