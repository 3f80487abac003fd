"""Files from anywhere that nobody compares with anything."""

from __future__ import annotations

from collections.abc import Iterator

from dockerfile_policy import DockerfilePolicy, Violation
from dockerfile_reading import Dockerfile


def remote_files_are_verified(file: Dockerfile) -> Iterator[Violation]:
    """ADD fetches without a look at what comes, unless it is told the checksum."""
    for add in file.every("ADD"):
        words = add.words()
        remote = [word for word in words if word.startswith(("http://", "https://", "git@"))]
        if remote and not any(word.startswith("--checksum=sha256:") for word in words):
            yield add, f"{remote[0]} is added without a checksum"


POLICY = DockerfilePolicy(
    policy="CKV_ASSURE_81",
    requirement="IMG-04",
    name="Remote files are added with their checksum",
    remedy="Give ADD the file's --checksum=sha256:…",
    judge=remote_files_are_verified,
    omitted="What is not fetched needs no checksum.",
)
