"""What must hold of load balancers and target groups."""

from __future__ import annotations

from assurance.model.findings import Finding, NotApplicable, Verdict, each
from assurance.model.load_balancers import LoadBalancer, TargetGroup
from assurance.model.parties import Behind, Party
from assurance.rules.passages import elements


def serves_in_zones(balancer: LoadBalancer, *, zones: int) -> Finding:
    """The load balancer has subnets in enough zones."""
    found = sorted({subnet.zone for subnet in balancer.subnets})
    return Finding(
        holds=len(found) >= zones,
        expected=f"subnets in at least {zones} zones",
        actual=f"subnets in {len(found)} zones ({', '.join(found)})",
    )


def drops_malformed_headers(balancer: LoadBalancer) -> Verdict:
    """The load balancer drops headers that are malformed; only one for HTTP sees headers."""
    if balancer.type != "application":
        return NotApplicable("no_headers")
    word = "drops" if balancer.drops_invalid_headers else "passes on"
    return Finding(
        holds=balancer.drops_invalid_headers,
        expected="malformed headers are dropped",
        actual=f"it {word} malformed headers",
    )


def is_protected_against_deletion(balancer: LoadBalancer) -> Finding:
    """Deletion protection is on."""
    return Finding(
        holds=balancer.is_protected,
        expected="deletion protection is on",
        actual=f"deletion protection is {'on' if balancer.is_protected else 'off'}",
    )


def writes_access_logs(balancer: LoadBalancer) -> Finding:
    """Access logs are enabled."""
    word = "writes" if balancer.writes_access_logs else "writes no"
    return Finding(
        holds=balancer.writes_access_logs,
        expected="access logs are written",
        actual=f"it {word} access logs",
    )


def registers_addresses(group: TargetGroup) -> Verdict:
    """Targets are registered by address, as tasks with their own network need it."""
    if group.target_type == "lambda":
        return NotApplicable("function")
    return Finding(
        holds=group.target_type == "ip", expected="type ip", actual=f"type {group.target_type}"
    )


def checks_the_health_endpoint(group: TargetGroup) -> Verdict:
    """The health check requests a path that is made for it, not the root page."""
    if group.target_type == "lambda":
        return NotApplicable("function")
    check = group.health_check
    asks = check.enabled and check.path not in ("", "/")
    if not check.enabled:
        actual = "the health check is off"
    elif not check.path:
        actual = f"it only tries a connection ({check.protocol})"
    else:
        actual = f"it requests {check.path}"
    return Finding(holds=asks, expected="a request to a health endpoint", actual=actual)


def detects_a_dead_task(group: TargetGroup, *, seconds: int) -> Verdict:
    """So many failed checks in a row take no longer than agreed."""
    if group.target_type == "lambda":
        return NotApplicable("function")
    check = group.health_check
    taken = check.interval * check.unhealthy_threshold
    return Finding(
        holds=check.enabled and taken <= seconds,
        expected=f"a dead task is found within {seconds} s",
        actual=(
            f"{check.unhealthy_threshold} failed checks, one every {check.interval} s: {taken} s"
        ),
    )


def has_a_second_target_group(service: Party) -> Verdict:
    """Each target group of the service has a counterpart for the next version."""
    if not service.behind:
        return NotApplicable("without_load_balancer")

    def judged(place: Behind) -> Finding:
        names = [group.subject.id for group in elements(place.counterparts)]
        text = f"{place.target_group.subject.id} beside {', '.join(names) or 'no other group'}"
        return Finding(holds=bool(names), expected="", actual=text)

    return each(
        service.behind,
        judged,
        expected="two target groups: one serves, one takes the next version",
        none="",
    )
