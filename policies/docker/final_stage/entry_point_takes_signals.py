"""Processes that a shell keeps signals from."""

from __future__ import annotations

from collections.abc import Iterator

from dockerfile_policy import DockerfilePolicy, Violation
from dockerfile_reading import Dockerfile

SHELLS = ("sh", "bash", "ash", "dash")


def entry_point_takes_signals(file: Dockerfile) -> Iterator[Violation]:
    """In shell form the first process is a shell, which does not pass SIGTERM on."""
    start = file.last("ENTRYPOINT") or file.last("CMD")
    if start is None:
        yield None, "the last stage names neither ENTRYPOINT nor CMD"
        return
    words = start.exec_form()
    if not words:
        yield start, f"{start.keyword} is in shell form"
    elif _stays(words):
        yield start, f"{start.keyword} starts a shell that stays in front of the process"


def _stays(words: list[str]) -> bool:
    shell = words[0].rpartition("/")[2] in SHELLS and words[1:2] == ["-c"]
    return shell and not words[-1].lstrip().startswith("exec ")


POLICY = DockerfilePolicy(
    policy="CKV_ASSURE_76",
    requirement="IMG-06",
    name="Entry point of the image receives signals",
    remedy='Write ENTRYPOINT in exec form, as in ["python", "-m", "application"].',
    judge=entry_point_takes_signals,
)
