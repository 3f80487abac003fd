"""Images that run as root, or as a name that nobody outside can tell from root."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockerfile_policy import DockerfilePolicy, Violation
from dockerfile_reading import Dockerfile, Unresolved

NUMBER = re.compile(r"^(\d+)(?::\d+)?$")


def user_is_a_number(file: Dockerfile) -> Iterator[Violation]:
    """An orchestrator that refuses root can look at a number only."""
    user = file.last("USER")
    if user is None:
        yield None, "the last stage names no USER, so it runs as its base does, mostly as root"
        return
    if "$" in user.value:
        raise Unresolved(f"USER is {user.value}")
    number = NUMBER.match(user.value)
    if number is None:
        yield user, f"USER is {user.value}, which is no number"
    elif int(number[1]) == 0:
        yield user, "USER is root"


POLICY = DockerfilePolicy(
    policy="CKV_ASSURE_75",
    requirement="IMG-03",
    name="Image runs as a numeric user that is not root",
    remedy="End the last stage with USER and a number above 0.",
    judge=user_is_a_number,
)
