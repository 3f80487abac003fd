"""What must hold for tags."""

from __future__ import annotations

from collections.abc import Iterable

from assurance.model.findings import Finding, NotApplicable, Verdict, any_of
from assurance.model.tags import Tagged, TaskTags
from assurance.rules.lists import listing


def carries_tags(resource: Tagged, *, tags: Iterable[str]) -> Verdict:
    """It carries each of the tags, with a value."""
    if not resource.can_be_tagged:
        return NotApplicable("cannot_be_tagged")
    wanted = tuple(str(tag) for tag in tags)
    missing = tuple(tag for tag in wanted if not any_of(resource.tags, tag.__eq__))
    return Finding(
        holds=not missing,
        expected=f"the tags {listing(wanted)}",
        actual=f"without {listing(missing)}" if missing else "all of them",
    )


def tags_its_tasks(service: TaskTags) -> Finding:
    """Its tasks, which are what costs, get the tags of the service or of the task definition."""
    return Finding(
        holds=service.source in ("SERVICE", "TASK_DEFINITION"),
        expected="tags are passed on to tasks (propagate_tags)",
        actual=f"propagate_tags is {service.source}",
    )
