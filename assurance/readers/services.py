"""Reads clusters and services from evaluated Terraform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assurance.model.containers import TaskDefinition
from assurance.model.networks import SecurityGroup, Subnet
from assurance.model.observability import Observability
from assurance.model.parties import Party
from assurance.model.services import (
    CapacityShare,
    Cluster,
    Registration,
    Service,
    Services,
)
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.clusters import default_cluster, read_clusters, read_strategy
from assurance.readers.containers import read_task_definitions
from assurance.readers.deployments import read_deployment
from assurance.readers.discoveries import read_discoveries
from assurance.readers.host_parties import HostParties, of_instances
from assurance.readers.kinds import Kind
from assurance.readers.load_balancers import LoadBalancerReading
from assurance.readers.networks import NetworkReading
from assurance.readers.references import by_id, flag, record_of, whole
from assurance.readers.state import TOKEN, Block, Resource, State


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What a service refers to."""

    clusters: Mapping[str, Cluster]
    task_definitions: Mapping[str, TaskDefinition]
    networks: NetworkReading
    load_balancers: LoadBalancerReading
    instances: tuple[Party, ...]


def read_services(
    state: State,
    networks: NetworkReading,
    load_balancers: LoadBalancerReading,
    observability: Observability,
) -> Services:
    """Return the clusters, the services and the task definitions of the configuration."""
    clusters = read_clusters(state, observability)
    task_definitions = read_task_definitions(state, observability)
    known = _Known(
        clusters=by_id(clusters),
        task_definitions=by_id(task_definitions),
        networks=networks,
        load_balancers=load_balancers,
        instances=tuple(HostParties(state, networks).groups()),
    )
    return Services(
        clusters=clusters,
        services=tuple(_service(found, known) for found in state.of("aws_ecs_service")),
        task_definitions=task_definitions,
    )


def _service(resource: Resource, known: _Known) -> Service:
    cluster = _cluster(resource, known.clusters)
    told = _told(resource)
    launch_type, strategy = _launch(told, cluster)
    return Service(
        subject=resource.subject(*(() if told is resource else (told.resource,))),
        name=resource.get("name"),
        cluster=cluster,
        task_definition=_task_definition(told, known.task_definitions),
        launch_type=launch_type,
        strategy=strategy,
        platform_version=told.get("platform_version", "LATEST"),
        scheduling=resource.get("scheduling_strategy", "REPLICA"),
        desired_count=whole(resource.get("desired_count")),
        subnets=_subnets(told, known),
        security_groups=_security_groups(told, known),
        assigns_public_address=flag(told.get("network_configuration.assign_public_ip", False)),
        registrations=_registrations(told, known.load_balancers),
        discoveries=read_discoveries(told, resource),
        allows_exec=flag(resource.get("enable_execute_command", False)),
        deployment=read_deployment(resource),
    )


def _told(resource: Resource) -> Block:
    """Return the block that says how tasks run.

    With an external controller that is the task set, and there is none before the first
    deployment: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-external.html
    """
    kind = resource.get("deployment_controller.type", "ECS")
    if is_unknown(kind) or kind != "EXTERNAL":
        return resource
    sets = [
        found
        for found in resource.state.of("aws_ecs_task_set")
        if found.target("service", "aws_ecs_service") is resource
    ]
    return sets[0] if len(sets) == 1 else resource


def _cluster(resource: Resource, clusters: Mapping[str, Cluster]) -> Cluster:
    if not resource.is_set("cluster"):
        return default_cluster(resource)
    value = resource.get("cluster")
    if is_unknown(value):
        return value
    name = value if value.startswith("${") else value.rpartition("/")[2]
    return record_of(resource, name, clusters, "cluster", "aws_ecs_cluster")


def _task_definition(
    block: Block, task_definitions: Mapping[str, TaskDefinition]
) -> TaskDefinition:
    value = block.get("task_definition")
    if is_unknown(value):
        return unknown("the task definition is not known before it is deployed")
    if not value:
        return unknown("the task definition is chosen by whoever deploys the service")
    reference = TOKEN.search(value)
    name = reference[0] if reference else _family(value)
    return record_of(block, name, task_definitions, "task definition", "aws_ecs_task_definition")


def _family(value: str) -> str:
    """Return the family; one with a fixed revision is not the one that is declared here."""
    name = value.rpartition("/")[2]
    return value if ":" in name else name


def _launch(block: Block, cluster: Cluster) -> tuple[str, tuple[CapacityShare, ...]]:
    """Return launch type and strategy, of which one is empty.

    With neither, the cluster's default strategy decides, and without one the tasks go to EC2:
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
    """
    strategy = read_strategy(block, "capacity_provider_strategy")
    if is_unknown(strategy):
        doubt: Any = strategy
        return doubt, doubt
    if strategy:
        return "", strategy
    if block.is_set("launch_type"):
        return block.get("launch_type"), ()
    inherited: Any = cluster if is_unknown(cluster) else cluster.strategy
    if is_unknown(inherited):
        why = unknown(
            "the cluster's default capacity provider strategy decides, which is not known"
        )
        return why, why
    return ("", inherited) if inherited else ("EC2", ())


def _subnets(block: Block, known: _Known) -> tuple[Subnet, ...]:
    if not block.is_set("network_configuration"):
        found: tuple[Subnet, ...] = of_instances(known.instances, "subnets", block.resource)
        return found
    return known.networks.subnets.at(block, "network_configuration.subnets")


def _security_groups(block: Block, known: _Known) -> tuple[SecurityGroup, ...]:
    """Return the groups; unset, the tasks are in the default group of their VPC.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html
    """
    path = "network_configuration.security_groups"
    if block.is_set(path):
        return known.networks.security_groups.at(block, path)
    if not block.is_set("network_configuration"):
        found: Any = of_instances(known.instances, "security_groups", block.resource)
        return found
    subnets: Any = _subnets(block, known)
    if is_unknown(subnets) or not subnets:
        return subnets if is_unknown(subnets) else ()
    vpc = subnets[0] if is_unknown(subnets[0]) else subnets[0].vpc
    return (known.networks.security_groups.default_of(vpc),)


def _registrations(block: Block, load_balancers: LoadBalancerReading) -> tuple[Registration, ...]:
    found = block.blocks("load_balancer")
    if is_unknown(found):
        return found
    return tuple(
        item
        if is_unknown(item)
        else Registration(
            target_group=_target_group(item, load_balancers),
            container=item.get("container_name"),
            port=whole(item.get("container_port")),
        )
        for item in found
    )


def _target_group(item: Block, load_balancers: LoadBalancerReading) -> Any:
    if item.is_set("elb_name") and not item.is_set("target_group_arn"):
        return unknown("a classic load balancer has no target group")
    return load_balancers.target_groups.one(item, item.get("target_group_arn"))


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="cluster",
        plural="clusters",
        population=lambda view: view.services.clusters,
        inventory=("aws_ecs_cluster",),
    ),
    Kind(
        noun="service",
        plural="services",
        population=lambda view: view.services.services,
        inventory=("aws_ecs_service",),
    ),
    Kind(
        noun="task definition",
        plural="task definitions",
        population=lambda view: view.services.task_definitions,
        inventory=("aws_ecs_task_definition",),
    ),
    Kind(
        noun="container",
        plural="containers",
        made_of=("aws_ecs_task_definition",),
        population=lambda view: tuple(
            container
            for definition in view.services.task_definitions
            for container in definition.containers
        ),
    ),
)
