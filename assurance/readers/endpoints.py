"""VPC endpoints with their policies, networks and routes."""

from __future__ import annotations

import re
from typing import Any

from assurance.model.networks import SecurityGroup, Subnet, VpcEndpoint
from assurance.model.unknown import UnknownValue, is_unknown, unknown
from assurance.readers.security_groups import SecurityGroups
from assurance.readers.state import Resource, State
from assurance.readers.subnets import Subnets
from assurance.readers.vpcs import Vpcs

_SERVICE = re.compile(r"^(?:com|cn\.com|aws)\.(?:amazonaws\.|api\.)?(?:[a-z]{2}(?:-[a-z]+)+-\d\.)?")


class Endpoints:
    """Reads the endpoints of a state."""

    def __init__(self, state: State, vpcs: Vpcs, subnets: Subnets, groups: SecurityGroups) -> None:
        self._state = state
        self._vpcs = vpcs
        self._subnets = subnets
        self._groups = groups

    def read(self) -> tuple[VpcEndpoint, ...]:
        """Return every endpoint."""
        return tuple(self._endpoint(each) for each in self._state.of("aws_vpc_endpoint"))

    def _endpoint(self, resource: Resource) -> VpcEndpoint:
        kind = resource.get("vpc_endpoint_type", "Gateway")
        policy = self._policy(resource)
        return VpcEndpoint(
            subject=resource.subject(),
            vpc=self._vpcs.at(resource),
            service=_service(resource),
            type=kind,
            has_policy=policy is not None,
            is_open=_opens(policy),
            private_dns=resource.get("private_dns_enabled", False),
            subnets=self._placed(resource),
            security_groups=self._guards(resource),
            route_tables=self._tables(resource),
        )

    def _policy(self, resource: Resource) -> Any:
        stated = resource.get("policy", None)
        if stated is not None:
            return stated
        for each in self._separate("aws_vpc_endpoint_policy", resource):
            return each.get("policy", None)
        return None

    def _placed(self, resource: Resource) -> tuple[Subnet, ...]:
        inline = self._subnets.at(resource, "subnet_ids")
        if is_unknown(inline):
            return inline
        more = self._separate("aws_vpc_endpoint_subnet_association", resource)
        return (*inline, *(one for each in more for one in self._subnets.at(each, "subnet_id")))

    def _guards(self, resource: Resource) -> tuple[SecurityGroup, ...]:
        inline = self._groups.at(resource, "security_group_ids")
        if is_unknown(inline):
            return inline
        more = self._separate("aws_vpc_endpoint_security_group_association", resource)
        found = (
            *inline,
            *(one for each in more for one in self._groups.at(each, "security_group_id")),
        )
        return found or (self._groups.default_of(self._vpcs.at(resource)),)

    def _tables(self, resource: Resource) -> tuple[str, ...]:
        values = resource.listed("route_table_ids")
        if is_unknown(values):
            return values
        found = [self._subnets.routing.id_at(resource, value) for value in values]
        found.extend(
            self._subnets.routing.id_at(each, each.get("route_table_id", None))
            for each in self._separate("aws_vpc_endpoint_route_table_association", resource)
        )
        return tuple(found)

    def _separate(self, type_: str, endpoint: Resource) -> tuple[Resource, ...]:
        return tuple(
            each
            for each in self._state.of(type_)
            if (target := each.target("vpc_endpoint_id")) is not None and target.id == endpoint.id
        )


def _service(resource: Resource) -> str:
    name = resource.get("service_name", None)
    if isinstance(name, str):
        target = resource.resolve(name)
        if target is not None:
            name = target.get("service", target.get("service_name", name))
    if is_unknown(name):
        return name
    if name is None:
        return ""
    # The region may be a reference: its value is not needed to know the service.
    plain = re.sub(r"\$\{[^}]*\}", "xx-region-1", str(name))
    return _SERVICE.sub("", plain)


def _opens(policy: Any) -> Any:
    try:
        return _is_open(policy)
    except UnknownValue as reason:
        return unknown(reason.reason)


def _is_open(policy: Any) -> Any:
    """Whether one statement allows everybody everything on everything, without a condition."""
    if policy is None or is_unknown(policy) or not isinstance(policy, dict):
        return _undecided(policy)
    statements = policy.get("Statement", [])
    if is_unknown(statements):
        return statements
    for statement in statements if isinstance(statements, list) else [statements]:
        if is_unknown(statement):
            return statement
        wide = all(_is_any(statement.get(key)) for key in ("Principal", "Action", "Resource"))
        if statement.get("Effect") == "Allow" and wide and not statement.get("Condition"):
            return True
    return False


def _undecided(policy: Any) -> Any:
    if policy is None or is_unknown(policy):
        return policy is None or policy
    return unknown(f"the policy {policy!r} is not part of this configuration")


def _is_any(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_is_any(item) for item in value.values())
    return "*" in value if isinstance(value, list) else value == "*"
