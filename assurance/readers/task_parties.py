"""Services of tasks, as parties.

A task has a public address only if `assign_public_ip` says so, and the default group of its VPC
where it names none (docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration).
Tasks without a network configuration share the network of the instances they run on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assurance.model.parties import Behind, Party, Role
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.counterparts import Counterparts
from assurance.readers.database_use import DatabaseUse
from assurance.readers.host_parties import of_instances
from assurance.readers.load_balancers import LoadBalancerReading
from assurance.readers.networks import NetworkReading
from assurance.readers.references import whole
from assurance.readers.state import Block, Resource, State

LINUX_CALLERS = (32768, 60999)
"""net.ipv4.ip_local_port_range of Linux, from which Fargate's tasks call."""

_DELEGATE = frozenset({"DELEGATE_NAME", "DELEGATE_TOKEN", "DELEGATE_TYPE", "MANAGER_HOST_AND_PORT"})


class TaskParties:
    """Reads the services of a state."""

    def __init__(
        self, state: State, networks: NetworkReading, balancers: LoadBalancerReading, hosts: Any
    ) -> None:
        self._state = state
        self._networks = networks
        self._balancers = balancers
        self._hosts: tuple[Party, ...] = hosts
        self._use = DatabaseUse(state)
        claimed = {
            group.subject.id
            for service in state.of("aws_ecs_service")
            for _, group in self._registrations(service)
            if not is_unknown(group)
        }
        self._counterparts = Counterparts(state, balancers, claimed)

    def read(self) -> Iterator[Party]:
        """Yield every service."""
        for each in self._state.of("aws_ecs_service"):
            yield self._service(each)

    def _service(self, resource: Resource) -> Party:
        containers = self._containers(resource)
        behind = tuple(self._behind(block, group) for block, group in self._registrations(resource))
        subnets = self._subnets(resource)
        vpc = _vpc(subnets)
        return Party(
            subject=resource.subject(),
            role=_role(containers),
            vpc=vpc,
            subnets=subnets,
            security_groups=self._groups(resource, vpc),
            is_filtered=True,
            has_public_address=self._public(resource),
            ports=_ports(containers, behind),
            behind=behind,
            uses_database=self._use.of(containers, resource),
            callers=LINUX_CALLERS,
        )

    def _registrations(self, service: Resource) -> Iterator[tuple[Block, Any]]:
        sets = (
            each
            for each in self._state.of("aws_ecs_task_set")
            if (found := each.target("service", "aws_ecs_service")) and found.id == service.id
        )
        for holder in (service, *sets):
            blocks = holder.blocks("load_balancer")
            for block in () if is_unknown(blocks) else blocks:
                if not is_unknown(block) and block.is_set("target_group_arn"):
                    value = block.get("target_group_arn")
                    yield block, self._balancers.target_groups.one(block, value)

    def _behind(self, block: Block, group: Any) -> Behind:
        port = whole(block.get("container_port", 0))
        if is_unknown(group):
            return Behind(target_group=group, port=port, load_balancers=group, counterparts=group)
        return Behind(
            target_group=group,
            port=port,
            load_balancers=self._counterparts.load_balancers(group),
            counterparts=self._counterparts.of(group, block),
        )

    def _subnets(self, resource: Resource) -> Any:
        if resource.is_set("network_configuration"):
            return self._networks.subnets.at(resource, "network_configuration.subnets")
        return self._shared("subnets", resource)

    def _groups(self, resource: Resource, vpc: Any) -> Any:
        if not resource.is_set("network_configuration"):
            return self._shared("security_groups", resource)
        path = "network_configuration.security_groups"
        found = self._networks.security_groups.at(resource, path)
        if is_unknown(found) or found:
            return found
        return (self._networks.security_groups.default_of(vpc),)

    def _public(self, resource: Resource) -> Any:
        if resource.is_set("network_configuration"):
            return resource.get("network_configuration.assign_public_ip", False)
        return self._shared("has_public_address", resource)

    def _shared(self, attribute: str, resource: Resource) -> Any:
        return of_instances(self._hosts, attribute, resource)

    def _containers(self, service: Resource) -> Any:
        definition = service.target("task_definition", "aws_ecs_task_definition")
        if definition is None or not definition.is_managed:
            return unknown(f"the task definition of {service.id} is not written here")
        return definition.get("container_definitions", ())


def _vpc(subnets: Any) -> Any:
    if is_unknown(subnets):
        return subnets
    for subnet in subnets:
        if not is_unknown(subnet) and not is_unknown(subnet.vpc):
            return subnet.vpc
    return unknown("no subnet of it is part of this configuration")


def _role(containers: Any) -> Role:
    """Return the role; a delegate is known by the settings without which none can start."""
    for container in () if is_unknown(containers) else containers:
        if isinstance(container, dict) and len(_DELEGATE & set(_names(container))) > 1:
            return Role.DELEGATE
    return Role.SERVICE


def _names(container: Mapping[str, Any]) -> Iterator[str]:
    for path in ("environment", "secrets"):
        items = container.get(path, ())
        for item in () if is_unknown(items) else items or ():
            name = item.get("name") if isinstance(item, dict) else None
            if isinstance(name, str):
                yield name


def _ports(containers: Any, behind: tuple[Behind, ...]) -> Any:
    found: list[Any] = [place.port for place in behind]
    if is_unknown(containers):
        return tuple(found) or containers
    for container in containers:
        mappings = container.get("portMappings") if isinstance(container, dict) else container
        if is_unknown(mappings):
            found.append(mappings)
            continue
        for mapping in mappings or ():
            port: Any = mapping if is_unknown(mapping) else mapping.get("containerPort", 0)
            found.append(whole(port))
    known = dict.fromkeys(port for port in found if not is_unknown(port))
    return (*known, *(port for port in found if is_unknown(port)))
