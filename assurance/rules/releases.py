"""What must hold for the deployments of a service, and for the way its tasks stop."""

from __future__ import annotations

import re

from assurance.model.containers import Container
from assurance.model.findings import Finding, NotApplicable, Verdict, any_of, each
from assurance.model.services import Controller, DeploymentGroup, Registration, Service
from assurance.rules.services import may_run_on_spot

_FULL = 100
_FAILURE = "DEPLOYMENT_FAILURE"
_SPOT_NOTICE = 120
"""Seconds between the notice and the end of a task on Spot.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html
"""
_DRAIN = re.compile(r"DRAIN|GRACEFUL|GRACE_PERIOD|SHUTDOWN_(TIMEOUT|DELAY|SECONDS|GRACE)")
_SECONDS = re.compile(r"(\d+)s?")


def keeps_full_capacity(service: Service, *, least: int) -> Verdict:
    """No task goes before its successor is healthy."""
    exempt = _not_rolling(service)
    if exempt:
        return exempt
    percent = service.deployment.minimum_healthy
    return Finding(
        holds=percent >= least,
        expected=f"minimum healthy percent of at least {least}",
        actual=f"minimum healthy percent {percent}",
    )


def bounds_surplus(service: Service, *, most: int) -> Verdict:
    """There is room for successors, and no more than as many as there are tasks."""
    exempt = _not_rolling(service)
    if exempt:
        return exempt
    percent = service.deployment.maximum
    return Finding(
        holds=_FULL < percent <= most,
        expected=f"maximum percent above {_FULL} and at most {most}",
        actual=f"maximum percent {percent}",
    )


def _not_rolling(service: Service) -> NotApplicable | None:
    if service.deployment.controller != Controller.ECS:
        return NotApplicable("other_controller")
    if service.deployment.strategy != "ROLLING":
        return NotApplicable("blue_green")
    return NotApplicable("daemon") if service.scheduling == "DAEMON" else None


def rolls_back(service: Service) -> Verdict:
    """Whoever deploys it takes a failed deployment back: the circuit breaker, or CodeDeploy."""
    controller = service.deployment.controller
    if controller == Controller.EXTERNAL:
        return NotApplicable("external")
    if controller == Controller.CODE_DEPLOY:
        return each(
            service.deployment.groups,
            _group_rolls_back,
            expected=f"a CodeDeploy deployment group that rolls back on {_FAILURE}",
            none="no CodeDeploy deployment group deploys it",
        )
    breaker = service.deployment.circuit_breaker
    return Finding(
        holds=breaker.is_enabled and breaker.rolls_back,
        expected="deployment circuit breaker with rollback",
        actual=f"circuit breaker {_on(breaker.is_enabled)}, rollback {_on(breaker.rolls_back)}",
    )


def _on(state: bool) -> str:  # noqa: FBT001
    return "on" if state else "off"


def _group_rolls_back(group: DeploymentGroup) -> Finding:
    on_failure = any_of(group.rollback_events, lambda event: event == _FAILURE)
    events = ", ".join(str(event) for event in group.rollback_events) or "no event"
    return Finding(
        holds=group.rollback_enabled and on_failure,
        expected="",
        actual=f"{group.subject}: rollback {_on(group.rollback_enabled)} on {events}",
    )


def has_time_to_drain(service: Service, *, seconds: int) -> Finding:
    """SIGKILL comes no sooner than the application has drained."""
    return each(
        service.task_definition.containers,
        lambda container: _outlasts_drain(container, seconds),
        expected="stop timeout at least the drain time",
        none="no container",
    )


def _outlasts_drain(container: Container, seconds: int) -> Finding:
    drain = drain_time(container, seconds)
    return Finding(
        holds=drain <= container.stop_timeout,
        expected="",
        actual=f"{container.name}: drains {drain} s, killed after {container.stop_timeout} s",
    )


def drain_time(container: Container, seconds: int) -> int:
    """Return the drain time that its settings or its command state, else the agreed one."""
    stated = [
        int(found[1])
        for variable in container.variables
        if _DRAIN.search(variable.name.upper())
        and (found := _SECONDS.fullmatch(variable.value.strip()))
    ]
    command = " ".join(str(word) for word in container.command)
    stated += [int(found) for found in re.findall(r"--graceful-timeout[= ](\d+)", command)]
    return max(stated, default=seconds)


def is_released_after_draining(service: Service, *, seconds: int) -> Verdict:
    """The target group cuts no request that the application would still answer."""
    if not service.registrations:
        return NotApplicable("without_load_balancer")
    return each(
        service.registrations,
        lambda registration: _waits(registration, _drain_of(service, seconds)),
        expected="deregistration delay at least the drain time",
        none="no target group",
    )


def _drain_of(service: Service, seconds: int) -> int:
    containers = service.task_definition.containers
    return max((drain_time(container, seconds) for container in containers), default=seconds)


def _waits(registration: Registration, drain: int) -> Finding:
    group = registration.target_group
    return Finding(
        holds=group.deregistration_delay >= drain,
        expected="",
        actual=f"{group.subject}: lets go after {group.deregistration_delay} s, "
        f"the application drains {drain} s",
    )


def leaves_within_notice(service: Service) -> Verdict:
    """Deregistration and stop timeout together fit into the notice that Spot gives."""
    if not service.registrations:
        return NotApplicable("without_load_balancer")
    if not may_run_on_spot(service):
        return NotApplicable("without_spot")
    containers = service.task_definition.containers
    stop = max((container.stop_timeout for container in containers), default=0)
    return each(
        service.registrations,
        lambda registration: _leaves(registration, stop),
        expected=f"deregistration and stop timeout within the {_SPOT_NOTICE} s notice of Spot",
        none="no target group",
    )


def _leaves(registration: Registration, stop: int) -> Finding:
    delay = registration.target_group.deregistration_delay
    return Finding(
        holds=delay + stop <= _SPOT_NOTICE,
        expected="",
        actual=f"{registration.target_group.subject}: {delay} s to let go, {stop} s to stop",
    )
