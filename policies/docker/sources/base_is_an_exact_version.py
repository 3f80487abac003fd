"""Images that start from whatever a tag means today."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockerfile_policy import DockerfilePolicy, Violation
from dockerfile_reading import Dockerfile, Unresolved

DIGEST = re.compile(r"@sha256:[0-9a-f]{64}$")
# Two numbers at least: a major version moves every week.
VERSION = re.compile(r":[^/:]*\d+\.\d+[^/:]*$")


def base_is_an_exact_version(file: Dockerfile) -> Iterator[Violation]:
    """Defaults of build arguments count: they are what is built when nobody says otherwise."""
    names = {"scratch"}
    unknown = None
    for stage in file.stages:
        base = stage.base
        if base is None:
            unknown = stage.start.value
        elif base not in names and not (DIGEST.search(base) or VERSION.search(base)):
            yield stage.start, f"the base {base} is no exact version"
        names.add(stage.name)
    if unknown:
        raise Unresolved(f"FROM is {unknown}")


POLICY = DockerfilePolicy(
    policy="CKV_ASSURE_79",
    requirement="IMG-04",
    name="Base of the image is an exact version",
    remedy="Name the base with an exact version or a digest.",
    judge=base_is_an_exact_version,
)
