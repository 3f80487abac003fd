"""What must hold for clusters and services."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assurance.model.containers import Container, Variable
from assurance.model.delegates import Delegates
from assurance.model.findings import Finding, NotApplicable, Verdict, all_of, any_of, each
from assurance.model.services import CapacityShare, Cluster, ExecLogging, Service, Services
from assurance.rules.lists import listing

FARGATE, SPOT = "FARGATE", "FARGATE_SPOT"
_ADDRESS = re.compile(
    r"(?<![\w.])(?!0\.0\.0\.0|127\.|169\.254\.)(\d{1,3}(?:\.\d{1,3}){3})(?![\w.]|/\d)"
)
_GIVEN_NAME = re.compile(
    r"[\w-]+\.(?:[\w-]+\.)?elb\.amazonaws\.com|ec2-[\d-]+\.[\w.-]*amazonaws\.com"
)


def runs_on_fargate(service: Service) -> Finding:
    """Launch type or every provider of the strategy is Fargate's."""
    expected = "tasks run on Fargate only"
    if service.launch_type:
        return Finding(
            holds=service.launch_type == FARGATE,
            expected=expected,
            actual=f"launch type {service.launch_type}",
        )
    return each(service.strategy, _is_fargate, expected=expected, none="no capacity is stated")


def _is_fargate(share: CapacityShare) -> Finding:
    return Finding(
        holds=share.provider in (FARGATE, SPOT), expected="", actual=f"provider {share.provider}"
    )


def has_current_platform(service: Service, *, versions: Iterable[str]) -> Finding:
    """The platform version is one of those that count as current; unset, it is the latest."""
    allowed = tuple(str(version) for version in versions)
    return Finding(
        holds=service.platform_version in allowed,
        expected=f"platform version {listing(allowed, 'or')}",
        actual=f"platform version {service.platform_version}",
    )


def is_found_by_name(service: Service, services: Services, delegates: Delegates) -> Verdict:
    """Where there are others that listen, the service is registered in a directory of names."""
    if delegates.runs(service) or not any_of(service.task_definition.containers, _listens):
        return NotApplicable("takes_no_calls")
    others = (other for other in services.services if other is not service)
    if not any_of(others, lambda other: not delegates.runs(other)):
        return NotApplicable("calls_no_service")
    known = tuple(f"{found.kind} {found.name}" for found in service.discoveries)
    return Finding(
        holds=bool(known),
        expected="registered in Cloud Map, Service Connect or VPC Lattice",
        actual=f"registered in {listing(known)}" if known else "registered nowhere",
    )


def _listens(container: Container) -> bool:
    return bool(container.ports)


def is_told_no_address(service: Service) -> Finding:
    """No setting of its containers is an IP address or the generated name of a load balancer."""
    expected = "settings name other services, they hold no address"
    containers = service.task_definition.containers
    return each(containers, _is_told_no_address, expected=expected, none="no container")


def _is_told_no_address(container: Container) -> Finding:
    if not container.variables:
        return Finding(holds=True, expected="", actual="no settings")
    return each(container.variables, _names_no_address, expected="", none="no settings")


def _names_no_address(variable: Variable) -> Finding:
    value = str(variable.value)
    found = _ADDRESS.search(value) or _GIVEN_NAME.search(value)
    actual = f"{variable.name} holds the address {found[0]}" if found else "names only"
    return Finding(holds=found is None, expected="", actual=actual)


def logs_interactive_sessions(service: Service) -> Finding:
    """Exec is off, or the cluster encrypts sessions and records them in an encrypted place."""
    expected = (
        "interactive exec is off, or its sessions are encrypted with a key and recorded encrypted"
    )
    if not service.allows_exec:
        return Finding(holds=True, expected=expected, actual="interactive exec is off")
    logging = service.cluster.exec_logging
    faults = tuple(fault for fault, holds in _exec_facts(logging) if not holds)
    actual = "exec is on, " + (listing(faults) if faults else "sessions are encrypted and recorded")
    return Finding(holds=not faults, expected=expected, actual=actual)


def _exec_facts(logging: ExecLogging) -> Iterable[tuple[str, bool]]:
    recorded = logging.mode == "OVERRIDE" and bool(logging.group or logging.bucket)
    yield "the session is not encrypted with a key (no kms_key_id)", bool(logging.key)
    yield f"sessions are not recorded in a place of their own (logging {logging.mode})", recorded
    if recorded:
        yield "the record is not encrypted", _is_record_encrypted(logging)


def _is_record_encrypted(logging: ExecLogging) -> bool:
    group = logging.is_group_encrypted or any_of(logging.groups, lambda found: bool(found.key))
    return all(
        holds
        for named, holds in ((logging.group, group), (logging.bucket, logging.is_bucket_encrypted))
        if named
    )


def spans_zones(service: Service, *, zones: int) -> Finding:
    """Its subnets lie in so many zones."""
    found = zones_of(service)
    return Finding(
        holds=len(found) >= zones,
        expected=f"subnets in at least {zones} zones",
        actual=f"subnets in {listing(found) or 'no zone'}",
    )


def zones_of(service: Service) -> tuple[str, ...]:
    """Return the zones of its subnets, each once."""
    return tuple(sorted({str(subnet.zone) for subnet in service.subnets}))


def offers_spot(cluster: Cluster) -> Finding:
    """The cluster offers both kinds of Fargate capacity."""
    missing = tuple(wanted for wanted in (FARGATE, SPOT) if not _offers(cluster, wanted))
    return Finding(
        holds=not missing,
        expected="the providers FARGATE and FARGATE_SPOT",
        actual=f"without {listing(missing)}" if missing else "both are offered",
    )


def _offers(cluster: Cluster, provider: str) -> bool:
    return any_of(cluster.providers, lambda found: found == provider)


def mixes_capacity(service: Service, delegates: Delegates) -> Verdict:
    """The effective strategy gives a share to Fargate and to Fargate Spot.

    A delegate that is taken back breaks off the deployment that it carries out.
    """
    if delegates.runs(service):
        return NotApplicable("delegate")
    missing = tuple(name for name in (FARGATE, SPOT) if not _has_share(service, name))
    return Finding(
        holds=not missing,
        expected="a strategy with a share for FARGATE and for FARGATE_SPOT",
        actual=_strategy(service),
    )


def has_steady_base(service: Service) -> Finding:
    """At least one task, the base, runs on Fargate that is not taken back."""
    return Finding(
        holds=service.launch_type == FARGATE
        or any_of(service.strategy, lambda share: share.provider == FARGATE and share.base >= 1),
        expected="a base of at least 1 task on FARGATE",
        actual=_strategy(service),
    )


def _has_share(service: Service, provider: str) -> bool:
    return any_of(
        service.strategy,
        lambda share: share.provider == provider and (share.weight > 0 or share.base > 0),
    )


def _strategy(service: Service) -> str:
    if service.launch_type:
        return f"launch type {service.launch_type}, no capacity provider strategy"
    return listing(
        tuple(
            f"{share.provider} base {share.base} weight {share.weight}"
            for share in service.strategy
        )
    )


def may_run_on_spot(service: Service) -> bool:
    """Whether some task can land on capacity that is taken back."""
    return not all_of(service.strategy, lambda share: share.provider != SPOT)
