"""Images that ship what built them."""

from __future__ import annotations

from collections.abc import Iterator

from dockerfile_policy import DockerfilePolicy, Violation
from dockerfile_reading import Dockerfile


def built_in_stages(file: Dockerfile) -> Iterator[Violation]:
    """The last stage takes what was built from another one, and nothing else of it."""
    last = file.stages[-1]
    taken = any(f.keyword == "COPY" and "--from=" in f.value for f in file.final())
    if len(file.stages) == 1:
        yield last.start, "there is one stage only"
    elif not taken:
        yield last.start, "the last stage copies nothing from another one"


POLICY = DockerfilePolicy(
    policy="CKV_ASSURE_84",
    requirement="IMG-01",
    name="Image is built in stages",
    remedy="Build in one stage, and COPY --from it into the last one.",
    judge=built_in_stages,
)
