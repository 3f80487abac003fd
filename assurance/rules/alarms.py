"""What must be watched by alarms."""

from __future__ import annotations

from collections.abc import Iterable

from assurance.model.alarms import Alarm, Alarms, Metric
from assurance.model.findings import Finding, NotApplicable, Verdict, any_of, each
from assurance.model.load_balancers import Listener, LoadBalancers, TargetGroup
from assurance.model.services import Registration, Service
from assurance.rules.lists import listing

_ERRORS = tuple(
    f"AWS/{balancer} {name}"
    for balancer, names in (
        (
            "ApplicationELB",
            (
                "HTTPCode_Target_5XX_Count",
                "HTTPCode_ELB_5XX_Count",
                "HTTPCode_ELB_502_Count",
                "HTTPCode_ELB_503_Count",
                "HTTPCode_ELB_504_Count",
            ),
        ),
        ("ELB", ("HTTPCode_Backend_5XX", "HTTPCode_ELB_5XX")),
        ("NetworkELB", ("TCP_Target_Reset_Count", "TCP_ELB_Reset_Count")),
    )
    for name in names
)
_LATENCY = ("AWS/ApplicationELB TargetResponseTime", "AWS/ELB Latency")
_TARGETS = tuple(
    f"AWS/{balancer} {name}"
    for balancer in ("ApplicationELB", "NetworkELB", "ELB")
    for name in ("UnHealthyHostCount", "HealthyHostCount")
)
_CPU = (
    "AWS/ECS CPUUtilization",
    "ECS/ContainerInsights CpuUtilized",
    "ECS/ContainerInsights ServiceCpuUtilization",
    "ECS/ContainerInsights TaskCpuUtilization",
    "ECS/ContainerInsights ContainerCpuUtilization",
)
_MEMORY = tuple(name.replace("CPU", "Memory").replace("Cpu", "Memory") for name in _CPU)
"""Each metric as `NAMESPACE NAME`."""

_FALLING = ("HealthyHostCount", "FreeStorageSpace")
"""Metrics that are bad when they are low; all others are when they are high."""


def error_rate_is_watched(
    service: Service, alarms: Alarms, load_balancers: LoadBalancers
) -> Verdict:
    """An alarm counts the errors that its target groups, or their load balancer, answer."""
    return _traffic(service, alarms, load_balancers, _ERRORS, "error rate")


def latency_is_watched(service: Service, alarms: Alarms, load_balancers: LoadBalancers) -> Verdict:
    """An alarm measures how long its target groups, or their load balancer, take."""
    return _traffic(service, alarms, load_balancers, _LATENCY, "latency")


def targets_are_watched(service: Service, alarms: Alarms) -> Verdict:
    """An alarm counts the unhealthy targets of each of its target groups."""
    return _traffic(service, alarms, None, _TARGETS, "unhealthy targets")


def cpu_is_watched(service: Service, alarms: Alarms) -> Finding:
    """An alarm measures its CPU."""
    return is_watched((service.subject.id,), alarms, _CPU, "CPU")


def memory_is_watched(service: Service, alarms: Alarms) -> Finding:
    """An alarm measures its memory."""
    return is_watched((service.subject.id,), alarms, _MEMORY, "memory")


def _traffic(
    service: Service,
    alarms: Alarms,
    load_balancers: LoadBalancers | None,
    metrics: tuple[str, ...],
    what: str,
) -> Verdict:
    if not service.registrations:
        return NotApplicable("without_load_balancer")

    def judged(registration: Registration) -> Finding:
        group = registration.target_group
        return is_watched(_ids(group, load_balancers), alarms, metrics, what)

    return each(service.registrations, judged, expected=_expected(what), none="no target group")


def _ids(group: TargetGroup, load_balancers: LoadBalancers | None) -> tuple[str, ...]:
    """Return the ids by which an alarm may name the traffic of a target group."""
    if load_balancers is None:
        return (group.subject.id,)
    return (
        group.subject.id,
        *(
            found.subject.id
            for found in load_balancers.load_balancers
            if _sends_to(found.listeners, group)
        ),
    )


def _sends_to(listeners: Iterable[Listener], group: TargetGroup) -> bool:
    return any_of(
        listeners,
        lambda listener: any_of(
            listener.actions,
            lambda action: any_of(
                action.target_groups, lambda found: found.subject.id == group.subject.id
            ),
        ),
    )


def _expected(what: str) -> str:
    return f"an alarm on its {what} that states treat_missing_data and notifies a topic"


def is_watched(
    ids: tuple[str, ...], alarms: Alarms, metrics: tuple[str, ...], what: str
) -> Finding:
    """Judge whether an alarm on one of these metrics of one of these subjects does its work."""
    if any_of(alarms.alarms, lambda alarm: _watches(alarm, ids, metrics) and not _fault(alarm)):
        return Finding(holds=True, expected=_expected(what), actual=f"{what} is watched")
    faulty = [alarm for alarm in alarms.alarms if _watches(alarm, ids, metrics)]
    named = listing(f"{alarm.name} {_fault(alarm)}" for alarm in faulty)
    return Finding(
        holds=False,
        expected=_expected(what),
        actual=named or f"no alarm watches the {what}",
    )


def _watches(alarm: Alarm, ids: tuple[str, ...], metrics: tuple[str, ...]) -> bool:
    return any_of(
        alarm.metrics,
        lambda metric: (
            str(metric) in metrics
            and _looks_the_right_way(alarm, metric)
            and any_of(metric.subjects, ids.__contains__)
        ),
    )


def _looks_the_right_way(alarm: Alarm, metric: Metric) -> bool:
    """Whether it goes off when things are bad; which way an expression points is not known."""
    bad = "Less" if metric.name in _FALLING else "Greater"
    return not alarm.comparison or bad in alarm.comparison


def _fault(alarm: Alarm) -> str:
    """Say why an alarm does not do its work; empty where it does."""
    if not alarm.missing_data:
        return "leaves treat_missing_data unset"
    if not any_of(alarm.receivers, bool):
        return "notifies nobody"
    return ""
