"""Whether sizes fit together when every service is at its maximum and is being deployed."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Network, ip_network
from math import ceil

from assurance.model.containers import TaskDefinition
from assurance.model.findings import Finding, NotApplicable, Verdict, any_of, each
from assurance.model.load_balancers import LoadBalancers
from assurance.model.networks import Networks, Subnet
from assurance.model.scaling import Scaling
from assurance.model.services import CapacityShare, Controller, Service, Services
from assurance.model.unknown import UnknownValue
from assurance.rules.scaling import highest
from assurance.rules.services import FARGATE, SPOT

_RESERVED = 5
"""Addresses that AWS keeps of every subnet.

https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
"""
_BALANCER = 8
"""Addresses that a load balancer may take of a subnet when it scales.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
"""
_NEW_ACCOUNT = 6
"""vCPUs that a new account may run of either kind, the least that any account has.

https://docs.aws.amazon.com/general/latest/gr/ecs-service.html
"""
_UNITS = 1024
"""CPU units of one vCPU."""


def states_its_size(task: TaskDefinition) -> Finding:
    """CPU and memory of the task are stated; on EC2, of each of its containers."""
    if "FARGATE" not in task.compatibilities and not task.cpu and not task.memory:
        return _containers_state_theirs(task)
    return Finding(
        holds=task.cpu > 0 and task.memory > 0,
        expected="cpu and memory of the task",
        actual=f"cpu {task.cpu or 'unset'}, memory {task.memory or 'unset'}",
    )


def _containers_state_theirs(task: TaskDefinition) -> Finding:
    """Tasks on EC2 may leave their own size out, which is then the sum of their containers'.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
    """
    return each(
        task.containers,
        lambda one: Finding(
            holds=one.cpu > 0 and one.memory > 0,
            expected="",
            actual=f"{one.name}: cpu {one.cpu or 'unset'}, memory {one.memory or 'unset'}",
        ),
        expected="cpu and memory of the task or of each container",
        none="no container is stated",
    )


def tasks_at_most(service: Service, scaling: Scaling) -> int:
    """Return the tasks that run at once at maximum scale during a deployment.

    ECS rounds the maximum percent down; blue/green runs everything twice.
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
    """
    targets = scaling.of(service)
    count = max(highest(target) for target in targets) if targets else service.desired_count
    rolling = service.deployment.controller == Controller.ECS
    if rolling and service.deployment.strategy == "ROLLING":
        return max(count, count * service.deployment.maximum // 100)
    return 2 * count


def has_addresses(
    service: Service,
    services: Services,
    scaling: Scaling,
    networks: Networks,
    load_balancers: LoadBalancers,
) -> Finding:
    """Each of its subnets has an address for everything that may stand in it."""
    expected = "an address for every task at maximum scale during a deployment"
    if _shares_addresses(service):
        actual = "its tasks share the addresses of their instances"
        return Finding(holds=True, expected=expected, actual=actual)

    def judged(subnet: Subnet) -> Finding:
        given = _addresses(subnet)
        tasks = _tasks_in(subnet, services, scaling)
        others = _others_in(subnet, networks, load_balancers)
        return Finding(
            holds=tasks + others <= given,
            expected="",
            actual=f"{subnet.subject}: {tasks} tasks and {others} others of {given} addresses",
        )

    return each(
        service.subnets,
        judged,
        expected=expected,
        none="no subnet is stated",
    )


def _addresses(subnet: Subnet) -> int:
    ranges = (ip_network(block) for block in subnet.cidr_blocks)
    found = [block.num_addresses for block in ranges if isinstance(block, IPv4Network)]
    return sum(found) - _RESERVED


def _tasks_in(subnet: Subnet, services: Services, scaling: Scaling) -> int:
    """Return the tasks that ECS may place here: it spreads those of a service evenly."""
    return sum(
        ceil(tasks_at_most(service, scaling) / len(service.subnets))
        for service in services.services
        if not _shares_addresses(service) and _stands_in(service.subnets, subnet)
    )


def _shares_addresses(service: Service) -> bool:
    """Whether its tasks take none of their own: on EC2, in any network mode but awsvpc."""
    return service.launch_type == "EC2" and service.task_definition.network_mode != "awsvpc"


def _stands_in(subnets: Iterable[Subnet], subnet: Subnet) -> bool:
    return any(_is_same(found, subnet) for found in subnets)


def _is_same(left: Subnet, right: Subnet) -> bool:
    """Whether they are one; a subnet that is not known is not one that is."""
    try:
        return left.subject.id == right.subject.id
    except UnknownValue:
        return False


def _others_in(subnet: Subnet, networks: Networks, load_balancers: LoadBalancers) -> int:
    balancers = sum(
        _BALANCER for found in load_balancers.load_balancers if _stands_in(found.subnets, subnet)
    )
    endpoints = sum(
        1
        for found in networks.endpoints
        if found.type != "Gateway" and _stands_in(found.subnets, subnet)
    )
    gateways = sum(1 for found in networks.nat_gateways if _stands_in(found.subnets, subnet))
    return balancers + endpoints + gateways


def fits_quotas(services: Services, scaling: Scaling, *, vcpus: float, spot: float) -> Verdict:
    """The CPUs of all tasks stay within what the account may run on Fargate.

    Beyond what every account has, it is unknown until the owner states the quota of his own.
    """
    if not any_of(services.services, _is_on_fargate):
        return NotApplicable("no_fargate")

    def judged(kind: tuple[str, str, float]) -> Finding:
        provider, name, quota = kind
        needed = sum(_cpus(service, scaling, provider) for service in services.services)
        actual = f"{needed:g} vCPU on {name} at maximum scale during a deployment"
        if needed > quota == _NEW_ACCOUNT:
            raise UnknownValue(f"{actual}; the quota of the account is not stated (SCL-05)")
        return Finding(holds=needed <= quota, expected="", actual=actual)

    return each(
        ((FARGATE, "Fargate", vcpus), (SPOT, "Fargate Spot", spot)),
        judged,
        expected=f"at most {vcpus:g} vCPU on Fargate and {spot:g} on Fargate Spot",
        none="",
    )


def _is_on_fargate(service: Service) -> bool:
    if service.launch_type:
        return service.launch_type == FARGATE
    return any_of(service.strategy, lambda share: share.provider in (FARGATE, SPOT))


def _cpus(service: Service, scaling: Scaling, provider: str) -> float:
    tasks = _share(service, tasks_at_most(service, scaling), provider)
    return tasks * service.task_definition.cpu / _UNITS


def _share(service: Service, tasks: int, provider: str) -> int:
    """Return how many of the tasks run on a provider, by base and weight.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-capacity-providers.html
    """
    if service.launch_type:
        return tasks if service.launch_type == provider else 0
    own = [share for share in service.strategy if share.provider == provider]
    base = sum(share.base for share in own)
    rest = max(0, tasks - sum(share.base for share in service.strategy))
    weights = _weight(service.strategy)
    return min(tasks, base + ceil(rest * _weight(own) / weights) if weights else base)


def _weight(shares: Iterable[CapacityShare]) -> int:
    return sum(share.weight for share in shares)
