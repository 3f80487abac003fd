"""What keeps the actions of pipelines accountable: policy sets of the delivery product."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PolicySet:
    """Policies that are put to something when something happens to it.

    Attributes:
        type: What they are put to: `pipeline`, `connector` …
        action: When: `onsave`, `onrun`, `onstep` …
        is_enabled: Whether they are.
        severities: Of each policy, `error` where it stops what it refuses.
    """

    subject: Subject
    type: str
    action: str
    is_enabled: bool
    severities: tuple[str, ...]
