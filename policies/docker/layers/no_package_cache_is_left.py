"""Caches of package managers in what is shipped."""

from __future__ import annotations

from collections.abc import Iterator

from dockerfile_policy import DockerfilePolicy, Violation
from dockerfile_reading import Dockerfile, Instruction
from package_installs import arguments_of

# Tool and verbs; what avoids the cache; what removes it in the same layer.
MANAGERS = (
    ("apt-get", ("install", "update"), "", "/var/lib/apt/lists"),
    ("apt", ("install", "update"), "", "/var/lib/apt/lists"),
    ("apk", ("add",), "--no-cache", "/var/cache/apk"),
    ("pip", ("install",), "--no-cache-dir", "/.cache"),
    ("npm", ("ci", "install", "i"), "", "cache clean"),
)


def no_package_cache_is_left(file: Dockerfile) -> Iterator[Violation]:
    """What a later layer removes is still in the layer before it."""
    off = any(f.keyword == "ENV" and "PIP_NO_CACHE_DIR" in f.value for f in file.final())
    for run in file.final():
        if run.keyword == "RUN" and "--mount=type=cache" not in run.value:
            left = [tool for tool in _left(run) if not (tool == "pip" and off)]
            if left:
                yield run, f"leaves the cache of {', '.join(left)} in the image"


def _left(run: Instruction) -> Iterator[str]:
    for tool, verbs, avoiding, removing in MANAGERS:
        calls = [arguments_of(command, tool, verb) for command in run.commands() for verb in verbs]
        kept = [call for call in calls if call is not None and avoiding not in call]
        if kept and removing not in run.value:
            yield tool


POLICY = DockerfilePolicy(
    policy="CKV_ASSURE_83",
    requirement="IMG-01",
    name="Image holds no cache of a package manager",
    remedy="Install with --no-cache-dir or --no-cache, or remove the cache in the same RUN.",
    judge=no_package_cache_is_left,
    omitted="What installs nothing leaves no cache.",
)
