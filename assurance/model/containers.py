"""Task definitions and their containers, in AWS's words."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.observability import LogGroup
from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Image:
    """The image of a container.

    Attributes:
        reference: As it is written.
        is_private: Whether it comes from a private registry.
        repository: Id of the repository in this system, or its name where it is elsewhere.
        tag: Empty where none is written, which means `latest`.
        digest: Empty where none is written.
        tag_is_immutable: Whether the repository refuses to move this tag.
    """

    reference: str
    is_private: bool
    repository: str
    tag: str
    digest: str
    tag_is_immutable: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Variable:
    """An environment variable with a plain value.

    Attributes:
        sources: `TYPE.attribute` of everything that the value is taken from.
    """

    name: str
    value: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SecretReference:
    """An environment variable that is filled from a secret when the task starts.

    Attributes:
        name: The variable.
        value_from: As it is written.
        secret: Id of the secret or parameter in this system; empty where it is elsewhere.
    """

    name: str
    value_from: str
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Logging:
    """Where a container's output goes.

    Attributes:
        driver: `awslogs`, `awsfirelens`, `splunk` …
        group: Name of the log group; empty where it does not go to CloudWatch.
        groups: That group, where the system declares it.
        is_created_on_demand: Whether a missing group is created when the container starts.
    """

    driver: str
    group: str
    groups: tuple[LogGroup, ...]
    is_created_on_demand: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Container:
    """One container of a task definition.

    Attributes:
        cpu: CPU units; 0 where none are stated.
        memory: The hard limit in MiB; 0 where none is stated.
        user: Empty where the image decides.
        health_command: Empty where no health check is stated.
        ports: Ports that it listens on.
        stop_timeout: Seconds between SIGTERM and SIGKILL.
        command: Entry point and command, as far as the definition states them.
        version: The image's version label (`org.opencontainers.image.version`), empty for none.
    """

    subject: Subject
    name: str
    image: Image
    essential: bool
    cpu: int
    memory: int
    privileged: bool
    read_only_root: bool
    user: str
    dropped_capabilities: tuple[str, ...]
    added_capabilities: tuple[str, ...]
    variables: tuple[Variable, ...]
    secrets: tuple[SecretReference, ...]
    logging: tuple[Logging, ...]
    health_command: tuple[str, ...]
    ports: tuple[int, ...]
    stop_timeout: int
    command: tuple[str, ...]
    version: str
    is_log_router: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TaskDefinition:
    """A task definition.

    Attributes:
        cpu: CPU units of the task; 0 where none are stated.
        memory: MiB of the task; 0 where none are stated.
        compatibilities: The launch types that it is validated for.
        execution_role: Id of the role that starts the task; empty for none.
        task_role: Id of the role of the application; empty for none.
        operating_system: `LINUX` or one of the Windows families.
    """

    subject: Subject
    family: str
    cpu: int
    memory: int
    compatibilities: tuple[str, ...]
    network_mode: str
    operating_system: str
    execution_role: str
    task_role: str
    containers: tuple[Container, ...]
