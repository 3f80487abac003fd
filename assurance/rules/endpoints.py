"""What must hold of VPC endpoints."""

from __future__ import annotations

from assurance.model.findings import Finding
from assurance.model.networks import Networks, Vpc, VpcEndpoint
from assurance.model.parties import Parties, Role
from assurance.model.unknown import is_unknown
from assurance.rules.passages import elements, first


def has_endpoints(
    vpc: Vpc, networks: Networks, parties: Parties, *, services: list[str]
) -> Finding:
    """Calls from the VPC to each of the services go through an endpoint that is in their way."""
    missing: list[str] = []
    for service in services:
        reasons: list[str] = []

        def serving(
            endpoint: VpcEndpoint, service: str = service, reasons: list[str] = reasons
        ) -> VpcEndpoint | None:
            if endpoint.service != service or endpoint.vpc != vpc:
                return None
            reason = _not_in_the_way(endpoint, parties)
            reasons.extend([reason] if reason else [])
            return None if reason else endpoint

        if first(networks.endpoints, serving) is None:
            missing.append("; ".join(reasons) or f"no endpoint for {service}")
    complete = not missing or bool(vpc.is_written_here)
    return Finding(
        holds=complete and not missing,
        expected=f"endpoints for {', '.join(services)}",
        actual="; ".join(missing) or f"endpoints for {', '.join(services)}",
    )


def _not_in_the_way(endpoint: VpcEndpoint, parties: Parties) -> str:
    """Return why calls of tasks pass an endpoint by; empty where they do not."""
    name = endpoint.subject.id
    if endpoint.type == "Gateway":
        tables = {
            subnet.route_table.subject.id
            for party in parties.of(Role.SERVICE, Role.DELEGATE)
            for subnet in elements(party.subnets)
            if not is_unknown(subnet) and not is_unknown(subnet.route_table)
            if subnet.vpc == endpoint.vpc
        }
        lacking = sorted(tables - set(endpoint.route_tables))
        return f"{name} is not in {', '.join(lacking)}" if lacking else ""
    if not endpoint.subnets:
        return f"{name} stands in no subnet"
    return "" if endpoint.private_dns else f"{name} does not take over the service's name"


def has_a_policy(endpoint: VpcEndpoint) -> Finding:
    """The endpoint has a policy that is narrower than the full access AWS gives by default."""
    expected = "a policy narrower than full access"
    if not endpoint.has_policy:
        actual = "no policy is set: AWS allows everything"
    else:
        actual = (
            "its policy allows everybody everything" if endpoint.is_open else "a policy of its own"
        )
    return Finding(
        holds=endpoint.has_policy and not endpoint.is_open, expected=expected, actual=actual
    )
