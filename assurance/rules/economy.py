"""What environments other than production do without, and when they rest."""

from __future__ import annotations

from collections.abc import Iterable

from assurance.model.databases import Database, Family, Node
from assurance.model.delegates import Delegates
from assurance.model.findings import Finding, NotApplicable, Verdict, any_of, each
from assurance.model.scaling import ScalableTarget, Scaling, ScheduledAction
from assurance.model.services import Service
from assurance.rules.lists import listing

_SERVERLESS = "serverless"


def rests_outside_hours(service: Service, scaling: Scaling, delegates: Delegates) -> Verdict:
    """A schedule takes capacity away from the service, and another one brings it back."""
    if delegates.runs(service):
        return NotApplicable("delegate")
    targets = scaling.of(service)
    expected = "a schedule that lowers its capacity, and one that restores it"
    if not targets:
        actual = f"no schedule: {service.desired_count} tasks run at any hour"
        return Finding(holds=False, expected=expected, actual=actual)
    holds = any_of(targets, _rests)
    schedules = listing(action.schedule for target in targets for action in target.schedules)
    none = f"schedules {schedules} do not lower and restore it" if schedules else "no schedule"
    return Finding(
        holds=holds, expected=expected, actual=f"schedules {schedules}" if holds else none
    )


def _rests(target: ScalableTarget) -> bool:
    return any_of(target.schedules, lambda action: _lowers(action, target)) and any_of(
        target.schedules, lambda action: _restores(action, target)
    )


def _lowers(action: ScheduledAction, target: ScalableTarget) -> bool:
    lower_floor = any_of(action.minimum, lambda bound: bound < target.minimum)
    return lower_floor or any_of(action.maximum, lambda bound: bound < target.minimum)


def _restores(action: ScheduledAction, target: ScalableTarget) -> bool:
    return any_of(action.minimum, lambda bound: bound >= target.minimum)


def has_no_standby(database: Database) -> Verdict:
    """It pays for no standby in another zone."""
    if database.family != Family.INSTANCE:
        return NotApplicable("always_in_zones")
    return Finding(
        holds=not database.spans_zones,
        expected="no standby (multi_az is not true)",
        actual="a standby in another zone" if database.spans_zones else "no standby",
    )


def is_small(database: Database, *, sizes: Iterable[str]) -> Verdict:
    """Every instance that serves it is of one of the sizes that were agreed."""
    if database.family == Family.TABLE:
        return NotApplicable("pays_by_use")
    allowed = tuple(str(size) for size in sizes)
    return each(
        database.nodes,
        lambda node: _is_small(node, allowed),
        expected=f"instances of size {listing(allowed, 'or')}",
        none="no instance serves it",
    )


def _is_small(node: Node, allowed: tuple[str, ...]) -> Finding:
    size = node.size.rpartition(".")[2]
    actual = f"{node.name} is {node.size}"
    return Finding(holds=size in (*allowed, _SERVERLESS), expected="", actual=actual)
