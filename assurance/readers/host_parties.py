"""Instances, groups of instances and functions, as parties.

An instance gets a public address where it says so, or where it says nothing and its subnet gives
one. A function in a VPC never has one, and accepts no connection
(docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assurance.model.parties import Party, Role
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.networks import NetworkReading
from assurance.readers.state import Block, Resource, State

ANY_CALLERS = (1024, 65535)


def of_instances(groups: tuple[Party, ...], attribute: str, service: Resource) -> Any:
    """Return what the only group of instances says, whose network the tasks of a service share."""
    if len(groups) == 1:
        return getattr(groups[0], attribute)
    return unknown(
        f"{service.id} has no network configuration: its tasks share the network of their "
        f"instances, of which {len(groups)} groups are written here"
    )


class HostParties:
    """Reads what runs beside the services."""

    def __init__(self, state: State, networks: NetworkReading) -> None:
        self._state = state
        self._networks = networks

    def instances(self) -> Iterator[Party]:
        """Yield every instance that is in no group."""
        for each in self._state.of("aws_instance"):
            yield self._instance(each)

    def groups(self) -> Iterator[Party]:
        """Yield every group of instances."""
        for each in self._state.of("aws_autoscaling_group"):
            yield self._group(each)

    def functions(self) -> Iterator[Party]:
        """Yield every function that lies in a VPC."""
        rotating = {
            found.id
            for each in self._state.of("aws_secretsmanager_secret_rotation")
            if (found := each.target("rotation_lambda_arn", "aws_lambda_function"))
        }
        for each in self._state.of("aws_lambda_function"):
            if each.is_set("vpc_config"):
                role = Role.ROTATION if each.id in rotating else Role.FUNCTION
                subnets = self._networks.subnets.at(each, "vpc_config.subnet_ids")
                groups = self._networks.security_groups.at(each, "vpc_config.security_group_ids")
                yield self._party(each, role, subnets, groups, public=False)

    def _instance(self, resource: Resource) -> Party:
        if resource.is_set("subnet_id"):
            subnets = self._networks.subnets.at(resource, "subnet_id")
        else:
            subnets = self._networks.subnets.default_of(resource)
        groups = self._networks.security_groups.at(resource, "vpc_security_group_ids")
        public = self._public(resource, "associate_public_ip_address", subnets)
        return self._party(resource, Role.HOST, subnets, groups, public)

    def _group(self, resource: Resource) -> Party:
        subnets = self._networks.subnets.at(resource, "vpc_zone_identifier")
        template = next(
            (
                found
                for path, type_ in (
                    ("launch_template.id", "aws_launch_template"),
                    ("launch_template.name", "aws_launch_template"),
                    ("launch_configuration", "aws_launch_configuration"),
                )
                if (found := resource.target(path, type_)) is not None
            ),
            None,
        )
        if template is None:
            why = unknown(f"what {resource.id} launches is not part of this configuration")
            return self._party(resource, Role.HOST, subnets, why, why)
        return self._launched(resource, template, subnets)

    def _launched(self, resource: Resource, template: Resource, subnets: Any) -> Party:
        found = self._networks.security_groups
        for path in (
            "vpc_security_group_ids",
            "network_interfaces.security_groups",
            "security_groups",
        ):
            if template.is_set(path):
                groups = found.at(template, path)
                break
        else:
            groups = ()
        interfaces = template.type == "aws_launch_template"
        stated = f"{'network_interfaces.' if interfaces else ''}associate_public_ip_address"
        public = self._public(template, stated, subnets)
        return self._party(resource, Role.HOST, subnets, groups, public)

    def _public(self, block: Block, path: str, subnets: Any) -> Any:
        stated = block.get(path, None)
        if stated is not None:
            return stated if is_unknown(stated) else str(stated).lower() == "true"
        if is_unknown(subnets):
            return subnets
        given = [one if is_unknown(one) else one.gives_public_addresses for one in subnets]
        if any(not is_unknown(one) and one for one in given):
            return True
        return next((one for one in given if is_unknown(one)), False)

    def _party(
        self, resource: Resource, role: Role, subnets: Any, groups: Any, public: Any
    ) -> Party:
        first = subnets if is_unknown(subnets) else next(iter(subnets), unknown("it has no subnet"))
        vpc = first if is_unknown(first) else first.vpc
        if not is_unknown(groups) and not groups:
            groups = (self._networks.security_groups.default_of(vpc),)
        return Party(
            subject=resource.subject(),
            role=role,
            vpc=vpc,
            subnets=subnets,
            security_groups=groups,
            is_filtered=True,
            has_public_address=public,
            ports=(),
            behind=(),
            uses_database=unknown(f"what {resource.id} does is not written here"),
            callers=ANY_CALLERS,
        )
