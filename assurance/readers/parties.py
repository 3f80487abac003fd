"""All ends of flows: load balancers, services, databases, endpoints, functions and hosts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from assurance.model.load_balancers import LoadBalancer
from assurance.model.networks import VpcEndpoint
from assurance.model.parties import Parties, Party, Role
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.database_parties import DATABASE_TYPES, DatabaseParties
from assurance.readers.host_parties import ANY_CALLERS, HostParties
from assurance.readers.kinds import Judged, Kind
from assurance.readers.load_balancers import LoadBalancerReading
from assurance.readers.networks import NetworkReading
from assurance.readers.state import State
from assurance.readers.task_parties import TaskParties

if TYPE_CHECKING:
    from assurance.readers.view import View


def read_parties(state: State, networks: NetworkReading, balancers: LoadBalancerReading) -> Parties:
    """Read every party of a state."""
    hosts = HostParties(state, networks)
    # The same records for both: tasks on instances share what their group of instances has.
    groups = tuple(hosts.groups())
    services = TaskParties(state, networks, balancers, groups)
    found = (
        *(_balancer(each) for each in balancers.records.load_balancers),
        *services.read(),
        *DatabaseParties(state, networks).read(),
        *(_endpoint(each) for each in networks.records.endpoints if _is_interface(each)),
        *hosts.functions(),
        *hosts.instances(),
        *groups,
    )
    return Parties(all=found)


def _balancer(balancer: LoadBalancer) -> Party:
    subnets: Any = balancer.subnets
    groups: Any = balancer.security_groups
    internal: Any = balancer.is_internal
    return Party(
        subject=balancer.subject,
        role=Role.LOAD_BALANCER,
        vpc=_vpc(subnets),
        subnets=subnets,
        security_groups=groups,
        is_filtered=groups if is_unknown(groups) else bool(groups),
        has_public_address=internal if is_unknown(internal) else not internal,
        ports=tuple(listener.port for listener in balancer.listeners),
        behind=(),
        uses_database=False,
        callers=ANY_CALLERS,
    )


def _endpoint(endpoint: VpcEndpoint) -> Party:
    return Party(
        subject=endpoint.subject,
        role=Role.ENDPOINT,
        vpc=endpoint.vpc,
        subnets=endpoint.subnets,
        security_groups=endpoint.security_groups,
        is_filtered=True,
        has_public_address=False,
        ports=(443,),
        behind=(),
        uses_database=False,
        callers=ANY_CALLERS,
    )


def _is_interface(endpoint: VpcEndpoint) -> bool:
    return not is_unknown(endpoint.type) and endpoint.type == "Interface"


def _vpc(subnets: Any) -> Any:
    if is_unknown(subnets):
        return subnets
    found = (one.vpc for one in subnets if not is_unknown(one) and not is_unknown(one.vpc))
    return next(found, unknown("no subnet of it is part of this configuration"))


def _kind(noun: str, plural: str, inventory: tuple[str, ...], *roles: Role) -> Kind:
    population: Callable[..., Any] = lambda view: view.parties.of(*roles)  # noqa: E731
    return Kind(noun=noun, plural=plural, population=population, inventory=inventory)


def _residents(view: View) -> tuple[Judged, ...]:
    """Return what lies in a VPC: all parties, and the groups that wait for some."""
    return (*view.parties.all, *view.networks.records.security_groups)


_TASKS = (Role.SERVICE, Role.DELEGATE)
KINDS: tuple[Kind, ...] = (
    _kind(
        "task or database",
        "tasks and databases",
        ("aws_ecs_service", *DATABASE_TYPES),
        *_TASKS,
        Role.DATABASE,
    ),
    Kind(
        noun="network resident",
        plural="network residents",
        population=_residents,
        made_of=("aws_ecs_service", "aws_lb", "aws_security_group", *DATABASE_TYPES),
    ),
    _kind("service in the network", "services in the network", ("aws_ecs_service",), *_TASKS),
    _kind("database in the network", "databases in the network", DATABASE_TYPES, Role.DATABASE),
    _kind(
        "party behind the load balancer",
        "parties behind the load balancer",
        ("aws_ecs_service", *DATABASE_TYPES, "aws_instance", "aws_autoscaling_group"),
        *_TASKS,
        Role.DATABASE,
        Role.HOST,
    ),
)
