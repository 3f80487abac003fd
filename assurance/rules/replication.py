"""What must hold of stores so that their content survives the loss of a region."""

from __future__ import annotations

from assurance.model.findings import Finding, NotApplicable, Verdict, any_of
from assurance.model.replication import ObjectStore


def survives_its_region(store: ObjectStore) -> Verdict:
    """All its objects are copied to another region."""
    if store.is_copy:
        return NotApplicable("copy")
    if store.receives_logs:
        return NotApplicable("rebuildable")
    expected = "an enabled replication of all objects to a bucket in another region"
    if any_of(store.copies, lambda region: region != store.region):
        actual = f"its objects are in {store.region} and copied to another region"
        return Finding(holds=True, expected=expected, actual=actual)
    where = ", ".join(store.copies)
    actual = f"copied within {where} only" if where else f"its objects are in {store.region} only"
    return Finding(holds=False, expected=expected, actual=actual)
