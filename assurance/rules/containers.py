"""What must hold for task definitions and their containers."""

from __future__ import annotations

from collections.abc import Iterable

from assurance.model.containers import Container, Image, Logging, TaskDefinition
from assurance.model.findings import Finding, any_of, each
from assurance.model.observability import FOR_EVER, LogGroup
from assurance.model.unknown import UnknownValue
from assurance.rules.lists import listing

_GIB = 1024
_SIZES: dict[int, tuple[int, ...]] = {
    256: (512, 1024, 2048),
    512: tuple(range(1 * _GIB, 4 * _GIB + 1, _GIB)),
    1024: tuple(range(2 * _GIB, 8 * _GIB + 1, _GIB)),
    2048: tuple(range(4 * _GIB, 16 * _GIB + 1, _GIB)),
    4096: tuple(range(8 * _GIB, 30 * _GIB + 1, _GIB)),
    8192: tuple(range(16 * _GIB, 60 * _GIB + 1, 4 * _GIB)),
    16384: tuple(range(32 * _GIB, 120 * _GIB + 1, 8 * _GIB)),
}
"""Memory, in MiB, that Fargate offers for each number of CPU units.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
"""


def has_fargate_size(task: TaskDefinition) -> Finding:
    """CPU and memory of the task are a pair that Fargate offers."""
    return Finding(
        holds=task.memory in _SIZES.get(task.cpu, ()),
        expected="a pair of CPU and memory that Fargate offers",
        actual=f"CPU {task.cpu or 'unset'}, memory {task.memory or 'unset'} (MiB)",
    )


def bounds_every_container(task: TaskDefinition) -> Finding:
    """Each container states CPU and a hard limit of memory."""
    return each(
        task.containers,
        _is_bounded,
        expected="cpu and memory stated for each container",
        none="no container",
    )


def _is_bounded(container: Container) -> Finding:
    return Finding(
        holds=container.cpu > 0 and container.memory > 0,
        expected="",
        actual=f"{container.name}: cpu {container.cpu or 'unset'}, "
        f"memory {container.memory or 'unset'}",
    )


def fits_its_containers(task: TaskDefinition) -> Finding:
    """The limits of the containers together are no more than the task has."""
    cpu = sum(container.cpu for container in task.containers)
    memory = sum(container.memory for container in task.containers)
    return Finding(
        holds=0 < cpu <= task.cpu and 0 < memory <= task.memory,
        expected=f"containers within CPU {task.cpu} and memory {task.memory} of the task",
        actual=f"containers take CPU {cpu} and memory {memory}",
    )


def checks_its_health(task: TaskDefinition) -> Finding:
    """Every essential container but the log router states a health check."""
    essential = (found for found in task.containers if _decides_health(found))
    return each(
        essential,
        _has_health_check,
        expected="a health check on each essential container",
        none="no essential container",
    )


def _decides_health(container: Container) -> bool:
    try:
        return container.essential and not container.is_log_router
    except UnknownValue:
        return True


def _has_health_check(container: Container) -> Finding:
    command = container.health_command
    stated = len(command) > 0 and command[0] != "NONE"
    actual = f"{container.name}: {'checked' if stated else 'no health check'}"
    return Finding(holds=stated, expected="", actual=actual)


def is_unprivileged(container: Container) -> Finding:
    """It is not given the rights of the host."""
    return Finding(
        holds=not container.privileged,
        expected="privileged is off",
        actual="privileged is on" if container.privileged else "privileged is off",
    )


def drops_capabilities(container: Container) -> Finding:
    """It drops all capabilities of the kernel."""
    dropped = any_of(container.dropped_capabilities, lambda name: name == "ALL")
    named = listing(container.dropped_capabilities) if len(container.dropped_capabilities) else ""
    return Finding(
        holds=dropped, expected="ALL capabilities dropped", actual=f"drops {named or 'none'}"
    )


def has_read_only_root(container: Container) -> Finding:
    """Its root file system cannot be written to."""
    state = "read-only" if container.read_only_root else "writable"
    return Finding(
        holds=container.read_only_root,
        expected="a read-only root file system",
        actual=f"the root file system is {state}",
    )


def runs_as_ordinary_user(container: Container) -> Finding:
    """A user other than root is stated; unset, the image decides and Docker's default is root."""
    name = container.user.partition(":")[0]
    return Finding(
        holds=bool(name) and name not in ("root", "0"),
        expected="a user other than root",
        actual=f"user {container.user}" if container.user else "no user stated, root by default",
    )


def runs_private_image(container: Container) -> Finding:
    """Its image comes from a private registry."""
    image = container.image
    return Finding(
        holds=image.is_private,
        expected="an image from a private registry",
        actual=f"{'private' if image.is_private else 'not private'}: {image.reference}",
    )


def runs_fixed_image(container: Container) -> Finding:
    """Its image is named by digest, or by a tag that the repository refuses to move."""
    image = container.image
    if image.digest:
        return _fixed(True, f"digest {image.digest}")
    if not image.tag or image.tag == "latest":
        return _fixed(False, f"{image.reference} follows the tag latest")
    return _fixed(image.tag_is_immutable, _tag(image))


def _fixed(holds: bool, actual: str) -> Finding:  # noqa: FBT001
    return Finding(holds=holds, expected="a digest or an immutable tag", actual=actual)


def _tag(image: Image) -> str:
    kind = "immutable" if image.tag_is_immutable else "can be moved"
    return f"tag {image.tag} of {image.repository} {kind}"


def logs_to_cloudwatch(container: Container) -> Finding:
    """Its output goes to a log group."""
    return each(
        container.logging,
        _goes_to_group,
        expected="a log driver that writes to CloudWatch Logs",
        none="no log configuration",
    )


def _goes_to_group(logging: Logging) -> Finding:
    where = f"group {logging.group}" if logging.group else "no group of CloudWatch Logs"
    return Finding(
        holds=bool(logging.group), expected="", actual=f"driver {logging.driver}, {where}"
    )


def logs_to_declared_group(container: Container) -> Finding:
    """The group that it logs to is declared."""
    return each(
        container.logging,
        _has_group,
        expected="a log group that the configuration declares",
        none="no log configuration",
    )


def _has_group(logging: Logging) -> Finding:
    declared = len(logging.groups) > 0
    actual = f"group {logging.group} is declared" if declared else _undeclared(logging)
    return Finding(holds=declared, expected="", actual=actual)


def _undeclared(logging: Logging) -> str:
    if not logging.group:
        return f"driver {logging.driver} names no group"
    made = "is made by the first container that starts" if logging.is_created_on_demand else ""
    return f"group {logging.group} {made or 'is declared nowhere'}"


def _groups(container: Container) -> Iterable[LogGroup]:
    return (group for logging in container.logging for group in logging.groups)


def logs_are_encrypted(container: Container) -> Finding:
    """Its log group is encrypted with a key of our own."""
    return each(
        _groups(container),
        lambda group: Finding(
            holds=bool(group.key),
            expected="",
            actual=f"group {group.name}: {'key ' + group.key if group.key else 'no kms_key_id'}",
        ),
        expected="a log group encrypted with a KMS key",
        none="no declared log group",
    )


def logs_are_kept(container: Container, *, days: int) -> Finding:
    """Its log group keeps events for so many days, or for ever."""
    return each(
        _groups(container),
        lambda group: Finding(
            holds=group.retention == FOR_EVER or group.retention >= days,
            expected="",
            actual=f"group {group.name}: "
            f"{'never expires' if group.retention == FOR_EVER else f'{group.retention} days'}",
        ),
        expected=f"logs kept at least {days} days",
        none="no declared log group",
    )
