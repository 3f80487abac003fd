"""Installations that take what there is today."""

from __future__ import annotations

from collections.abc import Iterator

from dockerfile_policy import DockerfilePolicy, Violation
from dockerfile_reading import Dockerfile
from package_installs import arguments_of

LOCKED = {
    "yarn": {"--frozen-lockfile", "--immutable"},
    "pnpm": {"--frozen-lockfile"},
}


def dependencies_are_locked(file: Dockerfile) -> Iterator[Violation]:
    """A lock file without hashes, or one that is only a wish, does not say what is installed."""
    for run in file.every("RUN"):
        for command in run.commands():
            said = _unlocked(command)
            if said:
                yield run, said


def _unlocked(command: list[str]) -> str:
    pip = arguments_of(command, "pip", "install")
    if pip is not None and not {"--require-hashes", "--no-deps"} & pip:
        return "pip installs without --require-hashes"
    for verb in ("install", "i", "add"):
        if arguments_of(command, "npm", verb) is not None:
            return f"npm {verb} may change the lock file; npm ci does not"
    for tool, flags in LOCKED.items():
        found = arguments_of(command, tool, "install")
        if found is not None and not flags & found:
            return f"{tool} may change the lock file"
    return ""


POLICY = DockerfilePolicy(
    policy="CKV_ASSURE_80",
    requirement="IMG-04",
    name="Dependencies of the image come from a lock file",
    remedy="Use pip install --require-hashes -r, npm ci, or the frozen form of the tool.",
    judge=dependencies_are_locked,
    omitted="What installs nothing needs no lock file.",
)
