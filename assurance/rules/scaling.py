"""What must hold for the number of tasks of a service."""

from __future__ import annotations

from collections.abc import Iterable

from assurance.model.delegates import Delegates
from assurance.model.findings import Finding, NotApplicable, Verdict, any_of, each
from assurance.model.scaling import ScalableTarget, Scaling, ScalingPolicy
from assurance.model.services import Service
from assurance.rules.lists import listing
from assurance.rules.services import zones_of

CPU = ("ECSServiceAverageCPUUtilization", "CPUUtilization", "CpuUtilized")
MEMORY = ("ECSServiceAverageMemoryUtilization", "MemoryUtilization", "MemoryUtilized")
REQUESTS = ("ALBRequestCountPerTarget", "RequestCountPerTarget")
_TRACKING = "TargetTrackingScaling"


def tracks_cpu(service: Service, scaling: Scaling, delegates: Delegates) -> Verdict:
    """It scales by target tracking on CPU."""
    return _exempt(service, delegates) or _tracks(service, scaling, CPU, "CPU")


def tracks_memory(service: Service, scaling: Scaling, delegates: Delegates) -> Verdict:
    """It scales by target tracking on memory."""
    return _exempt(service, delegates) or _tracks(service, scaling, MEMORY, "memory")


def tracks_requests(service: Service, scaling: Scaling, delegates: Delegates) -> Verdict:
    """It scales by target tracking on requests per target, where a load balancer sends requests."""
    if not service.registrations:
        return NotApplicable("without_load_balancer")
    return _exempt(service, delegates) or _tracks(service, scaling, REQUESTS, "requests per target")


def _exempt(service: Service, delegates: Delegates) -> NotApplicable | None:
    if delegates.runs(service):
        return NotApplicable("delegate")
    return NotApplicable("daemon") if service.scheduling == "DAEMON" else None


def _tracks(service: Service, scaling: Scaling, metrics: tuple[str, ...], what: str) -> Finding:
    policies = tuple(policy for target in scaling.of(service) for policy in target.policies)
    holds = any_of(
        policies,
        lambda policy: policy.kind == _TRACKING and any_of(policy.metrics, metrics.__contains__),
    )
    return Finding(
        holds=holds,
        expected=f"target tracking on {what}",
        actual=f"target tracking on {what}" if holds else _what_scales(policies),
    )


def _what_scales(policies: Iterable[ScalingPolicy]) -> str:
    return listing(_policy(policy) for policy in policies) or "no scaling policy"


def _policy(policy: ScalingPolicy) -> str:
    return f"{policy.kind} on {listing(policy.metrics) or 'an alarm'}"


def has_bounds(
    service: Service, scaling: Scaling, delegates: Delegates, *, tasks: int, production: bool
) -> Verdict:
    """It scales between so many tasks for each zone and a maximum above that.

    Outside production a schedule may take the minimum below (CST-04).
    """
    exempt = _exempt(service, delegates)
    if exempt:
        return exempt
    least = tasks * len(zones_of(service))
    return each(
        scaling.of(service),
        lambda target: _is_bounded(target, least, production),
        expected=f"a minimum of at least {least} ({tasks} for each zone) and a maximum above it",
        none="no scalable target",
    )


def _is_bounded(target: ScalableTarget, least: int, production: bool) -> Finding:  # noqa: FBT001
    found = lowest(target) if production else target.minimum
    return Finding(
        holds=found >= least and target.maximum > target.minimum,
        expected="",
        actual=f"between {found} and {target.maximum} tasks",
    )


def lowest(target: ScalableTarget) -> int:
    """Return the least number of tasks that the target or one of its schedules allows."""
    return min((target.minimum, *(low for action in target.schedules for low in action.minimum)))


def highest(target: ScalableTarget) -> int:
    """Return the greatest number of tasks that the target or one of its schedules allows."""
    return max((target.maximum, *(high for action in target.schedules for high in action.maximum)))


def runs_several_tasks(
    service: Service, scaling: Scaling, *, tasks: int, production: bool
) -> Verdict:
    """It never runs fewer tasks than that; a scalable target overrules the desired count."""
    if service.scheduling == "DAEMON":
        return NotApplicable("daemon")
    targets = scaling.of(service)
    if targets:
        least = min(lowest(target) if production else target.minimum for target in targets)
        actual = f"scaled down to {least} tasks at the least"
    else:
        least = service.desired_count
        actual = f"desired count {least}"
    return Finding(holds=least >= tasks, expected=f"at least {tasks} tasks", actual=actual)
