"""Sentences about task definitions and their containers."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import containers as rules
from assurance.rules import plain_secrets


@then("every task definition has a size that Fargate offers")
def tasks_have_fargate_size(judge: Judge) -> None:
    """CPU and memory are a documented pair."""
    judge.every("task definition", rules.has_fargate_size)


@then("every task definition limits each of its containers")
def tasks_limit_containers(judge: Judge) -> None:
    """Each container states CPU and memory."""
    judge.every("task definition", rules.bounds_every_container)


@then("every task definition is large enough for its containers")
def tasks_fit_containers(judge: Judge) -> None:
    """The limits together fit into the task."""
    judge.every("task definition", rules.fits_its_containers)


@then("every task definition checks the health of its essential containers")
def tasks_check_health(judge: Judge) -> None:
    """Essential containers state a health check."""
    judge.every("task definition", rules.checks_its_health)


@then("every container is unprivileged")
def containers_are_unprivileged(judge: Judge) -> None:
    """Privileged mode is off."""
    judge.every("container", rules.is_unprivileged)


@then("every container drops all capabilities")
def containers_drop_capabilities(judge: Judge) -> None:
    """All capabilities are dropped."""
    judge.every("container", rules.drops_capabilities)


@then("every container has a read-only root file system")
def containers_have_read_only_root(judge: Judge) -> None:
    """The root file system is mounted read-only."""
    judge.every("container", rules.has_read_only_root)


@then("every container runs as an ordinary user")
def containers_run_as_ordinary_user(judge: Judge) -> None:
    """The user is stated and is not root."""
    judge.every("container", rules.runs_as_ordinary_user)


@then("every container runs an image of the private registry")
def containers_run_private_images(judge: Judge) -> None:
    """Images are private."""
    judge.every("container", rules.runs_private_image)


@then("every container names its image by digest or immutable tag")
def containers_run_fixed_images(judge: Judge) -> None:
    """What the image names cannot change."""
    judge.every("container", rules.runs_fixed_image)


@then("every container logs to CloudWatch")
def containers_log(judge: Judge) -> None:
    """The log driver writes to CloudWatch Logs."""
    judge.every("container", rules.logs_to_cloudwatch)


@then("every container logs to a group that is declared")
def containers_log_to_declared_group(judge: Judge) -> None:
    """The log group is part of the system."""
    judge.every("container", rules.logs_to_declared_group)


@then("every container's log group is encrypted with a key of our own")
def container_logs_are_encrypted(judge: Judge) -> None:
    """The log group has a KMS key."""
    judge.every("container", rules.logs_are_encrypted)


@then("every container's logs are kept as long as agreed")
def container_logs_are_kept(judge: Judge) -> None:
    """Retention is long enough."""
    judge.every("container", rules.logs_are_kept, days=judge.limit("days"))


@then("every container gets its secrets by reference")
def containers_get_secrets_by_reference(judge: Judge) -> None:
    """No plain setting is a secret."""
    judge.every("container", plain_secrets.gets_secrets_by_reference)
