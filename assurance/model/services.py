"""Clusters and the services that run on them, in AWS's words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assurance.model.containers import TaskDefinition
from assurance.model.load_balancers import TargetGroup
from assurance.model.networks import SecurityGroup, Subnet
from assurance.model.observability import LogGroup
from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CapacityShare:
    """One line of a capacity provider strategy.

    Attributes:
        provider: `FARGATE`, `FARGATE_SPOT`, or the name of a provider of instances.
        base: Tasks that run on it before any other.
        weight: Its share of the tasks beyond the base.
    """

    provider: str
    base: int
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ExecLogging:
    """What becomes of interactive sessions.

    Attributes:
        mode: `NONE`, `DEFAULT` (the task's own log driver) or `OVERRIDE`.
        key: The KMS key of the session; empty for none.
        group: Name of the log group that records them; empty for none.
        groups: That group, where the system declares it.
        is_group_encrypted: Whether the group is required to be encrypted.
        bucket: Name of the bucket that records them; empty for none.
        is_bucket_encrypted: Whether the bucket is required to be encrypted.
    """

    mode: str
    key: str
    group: str
    groups: tuple[LogGroup, ...]
    is_group_encrypted: bool
    bucket: str
    is_bucket_encrypted: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cluster:
    """A cluster.

    Attributes:
        insights: `enabled`, `enhanced` or `disabled`.
        providers: The capacity providers that it offers.
        strategy: Its default capacity provider strategy.
    """

    subject: Subject
    name: str
    insights: str
    providers: tuple[str, ...]
    strategy: tuple[CapacityShare, ...]
    exec_logging: ExecLogging


class Controller(StrEnum):
    """Who carries out the deployments of a service."""

    ECS = "ECS"
    CODE_DEPLOY = "CODE_DEPLOY"
    EXTERNAL = "EXTERNAL"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CircuitBreaker:
    """What ECS does with a deployment that does not become steady."""

    is_enabled: bool
    rolls_back: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DeploymentGroup:
    """The group of CodeDeploy that deploys a service.

    Attributes:
        rollback_enabled: Whether it rolls back by itself.
        rollback_events: On which events.
        configuration: Name of the deployment configuration.
    """

    subject: Subject
    rollback_enabled: bool
    rollback_events: tuple[str, ...]
    configuration: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Deployment:
    """How a service is deployed.

    Attributes:
        controller: One of `Controller`.
        strategy: `ROLLING`, `BLUE_GREEN`, `LINEAR` or `CANARY`, for the controller of ECS.
        minimum_healthy: Percent of the desired tasks that keep running.
        maximum: Percent of the desired tasks that may run at once.
        groups: The deployment groups of CodeDeploy.
    """

    controller: str
    strategy: str
    minimum_healthy: int
    maximum: int
    circuit_breaker: CircuitBreaker
    groups: tuple[DeploymentGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Registration:
    """A target group in which a service registers its tasks."""

    target_group: TargetGroup
    container: str
    port: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Discovery:
    """How other services find a service.

    Attributes:
        kind: `Cloud Map`, `Service Connect` or `VPC Lattice`.
        name: The registry or the port name.
    """

    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Service:
    """A service.

    Attributes:
        cluster: Where it runs.
        task_definition: What it runs.
        launch_type: `FARGATE`, `EC2`, `EXTERNAL`; empty where a strategy decides.
        strategy: The effective capacity provider strategy; empty where the launch type decides.
        platform_version: Of Fargate.
        scheduling: `REPLICA` or `DAEMON`.
        desired_count: Tasks that the declaration starts with.
        assigns_public_address: Whether each task gets a public address.
        registrations: Its target groups.
        discoveries: How others find it.
        allows_exec: Whether interactive sessions are possible.
    """

    subject: Subject
    name: str
    cluster: Cluster
    task_definition: TaskDefinition
    launch_type: str
    strategy: tuple[CapacityShare, ...]
    platform_version: str
    scheduling: str
    desired_count: int
    subnets: tuple[Subnet, ...]
    security_groups: tuple[SecurityGroup, ...]
    assigns_public_address: bool
    registrations: tuple[Registration, ...]
    discoveries: tuple[Discovery, ...]
    allows_exec: bool
    deployment: Deployment


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Services:
    """Everything that runs tasks."""

    clusters: tuple[Cluster, ...]
    services: tuple[Service, ...]
    task_definitions: tuple[TaskDefinition, ...]
