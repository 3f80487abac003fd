"""What a trail records."""

from __future__ import annotations

from block_policy import NotSubject, ResourcePolicy
from checkov.common.models.enums import CheckCategories
from terraform_block import Block


def records(trail: Block) -> str | None:
    """One selector that excludes management events replaces the default that includes them."""
    if list(trail.blocks("advanced_event_selector")):
        raise NotSubject("advanced selectors are judged by what they select together")
    selectors = list(trail.blocks("event_selector"))
    if not selectors:
        return None
    for selector in selectors:
        everything = (selector.text("read_write_type") or "All") == "All"
        if everything and selector.holds("include_management_events", unset=True):
            return None
    return "no event selector includes all management events"


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_39",
    requirement="AUD-01",
    name="Trail records management events, reading and writing",
    remedy=(
        "Leave event selectors out, or set include_management_events = true and "
        "read_write_type = 'All'."
    ),
    resources=("aws_cloudtrail",),
    reads=("event_selector",),
    category=CheckCategories.LOGGING,
    judge=records,
    omitted="A trail without event selectors records all management events.",
)
