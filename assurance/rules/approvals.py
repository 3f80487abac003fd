"""What must hold for an approval: that it is a decision of somebody else who knows what for."""

from __future__ import annotations

import re

from assurance.model.checks import Approval
from assurance.model.findings import Finding, each
from assurance.model.pipeline_parts import PlacedPart
from assurance.model.unknown import UnknownValue
from assurance.rules.lists import listing

_EVERYBODY = re.compile(r"^(account\.|org\.)?_\w*all_users$")
"""The groups of Harness that everybody is in."""

_WHAT = re.compile(r"<\+[^>]*(tag|image|artifact|version|commit|release|build)[^>]*>", re.I)
"""An expression that tells what is being released."""


def asks_named_group(approval: PlacedPart[Approval]) -> Finding:
    """Members of named groups approve, not just anybody."""
    return each(
        approval.part.groups,
        _is_named,
        expected="a named group of approvers",
        none="no group is asked",
    )


def _is_named(group: str) -> Finding:
    if "<+" in group:
        raise UnknownValue(f"which group {group} is, is decided by the run")
    return Finding(
        holds=_EVERYBODY.match(group) is None, expected="", actual=f"group {group} is asked"
    )


def asks_enough(approval: PlacedPart[Approval], *, people: int) -> Finding:
    """As many must approve as was agreed."""
    return Finding(
        holds=approval.part.minimum >= people,
        expected=f"at least {people} must approve",
        actual=f"{approval.part.minimum} must approve",
    )


def excludes_executor(approval: PlacedPart[Approval]) -> Finding:
    """Whoever runs the pipeline cannot approve."""
    excluded = approval.part.excludes_executor
    return Finding(
        holds=excluded,
        expected="who runs the pipeline cannot approve (disallowPipelineExecutor)",
        actual=f"who runs the pipeline {'cannot' if excluded else 'can'} approve",
    )


def waits_for_people(approval: PlacedPart[Approval]) -> Finding:
    """It never says yes by itself."""
    alone = approval.part.approves_itself
    return Finding(
        holds=not alone,
        expected="only people approve",
        actual="it approves by itself (autoApproval)" if alone else "only people approve",
    )


def expires(approval: PlacedPart[Approval]) -> Finding:
    """It states for how long it waits."""
    stated = approval.part.timeout
    return Finding(
        holds=bool(stated),
        expected="a timeout of its own",
        actual=f"it expires after {stated}" if stated else "it states no timeout",
    )


def shows_what_is_released(approval: PlacedPart[Approval]) -> Finding:
    """The approver reads which artifact it is, and what the pipeline did with it so far."""
    names = _WHAT.search(approval.part.message) is not None
    history = approval.part.shows_history
    missing = (
        *(() if names else ("its message names no artifact",)),
        *(() if history else ("it hides what the pipeline did so far",)),
    )
    return Finding(
        holds=names and history,
        expected="a message that names the artifact, and the history of the pipeline",
        actual=listing(missing) or "the approver sees both",
    )
