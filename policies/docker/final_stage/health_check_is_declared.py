"""Images that cannot be asked whether they work."""

from __future__ import annotations

from collections.abc import Iterator

from dockerfile_policy import DockerfilePolicy, Violation
from dockerfile_reading import Dockerfile


def health_check_is_declared(file: Dockerfile) -> Iterator[Violation]:
    """One in another stage does not count, and NONE takes away the one of the base."""
    check = file.last("HEALTHCHECK")
    if check is None:
        yield None, "the last stage declares no HEALTHCHECK"
    elif check.value.upper() == "NONE":
        yield check, "HEALTHCHECK is NONE"


POLICY = DockerfilePolicy(
    policy="CKV_ASSURE_77",
    requirement="IMG-06",
    name="Image declares a health check",
    remedy="Declare HEALTHCHECK with a command in the last stage.",
    judge=health_check_is_declared,
)
