"""What must hold for what images are built on: bases, locked dependencies, order of layers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assurance.model.findings import Finding, each
from assurance.model.image_definitions import ImageDefinition, ImageStage, Instruction, Invoked
from assurance.model.unknown import unknown
from assurance.rules.lists import listing

_DIGEST = re.compile(r"@sha256:[0-9a-f]{64}$")
_EXACT = re.compile(r":v?\d+\.\d+\.\d+([._-][\w.-]*)?$")
_SLIM = re.compile(
    r"(^|[/:._-])(scratch|slim|alpine[\d.]*|distroless|static|minimal|micro|chiseled|busybox|wolfi)([/:._@-]|$)"
)
_FULL = {
    "python",
    "node",
    "ruby",
    "golang",
    "openjdk",
    "php",
    "debian",
    "ubuntu",
    "fedora",
    "centos",
}
"""Public images whose plain tags hold what is needed to build."""

_LOCKED_NODE = {
    "npm": {"ci"},
    "yarn": {"--immutable", "--frozen-lockfile"},
    "pnpm": {"--frozen-lockfile"},
    "bun": {"--frozen-lockfile"},
}
_LOCKED_PYTHON = {
    "uv": {"--frozen", "--locked", "--require-hashes"},
    "poetry": {"install", "sync"},
    "pdm": {"--frozen-lockfile", "sync"},
    "pipenv": {"--deploy", "sync"},
}
_INSTALLS = {"install", "add", "i", "ci", "sync"}


def has_pinned_bases(image: ImageDefinition) -> Finding:
    """Every image that a stage starts from, or is copied from, has a digest or an exact version."""
    return each(
        (stage for stage in image.stages if not stage.is_on_stage),
        _pinned,
        expected="bases with a digest or an exact version (three numbers)",
        none=image.fault or "it starts from nothing",
    )


def _pinned(stage: ImageStage) -> Finding:
    base = stage.base
    pinned = base == "scratch" or bool(_DIGEST.search(base) or _EXACT.search(base))
    return Finding(
        holds=pinned,
        expected="a digest or an exact version",
        actual=f"FROM {base}" + ("" if pinned else " can change without notice"),
        location=stage.location,
    )


def installs_from_lock(image: ImageDefinition) -> Finding:
    """Whatever installs dependencies of the application, in any stage, does so from a lock."""
    return each(
        _installations(image),
        _locked,
        expected="dependencies installed from a lock file with hashes",
        none=image.fault or "nothing installs dependencies from a lock file",
    )


def _installations(image: ImageDefinition) -> Iterator[tuple[Instruction, Invoked]]:
    for stage in image.stages:
        for run in stage.instructions:
            if run.keyword == "RUN":
                for command in run.commands:
                    if _installer(command):
                        yield run, command


def _installer(command: Invoked) -> str:
    """Return the tool that a command installs an application's dependencies with, or nothing."""
    words = set(command.words)
    if not words & _INSTALLS:
        return ""
    names = [word.rpartition("/")[2] for word in command.words[:3]]
    if any(re.fullmatch(r"pip[\d.]*", name) for name in names):
        return "uv" if "uv" in names else "pip"
    known = (*_LOCKED_NODE, *_LOCKED_PYTHON)
    return names[0] if names and names[0] in known else ""


def _locked(found: tuple[Instruction, Invoked]) -> Finding:
    run, command = found
    tool, words = _installer(command), set(command.words)
    if tool == "pip":
        holds = "--require-hashes" in words or ("--no-index" in words) or _own_only(command)
    else:
        holds = bool(words & (_LOCKED_NODE.get(tool) or _LOCKED_PYTHON[tool]))
    return Finding(
        holds=holds,
        expected="an installation from a lock file with hashes",
        actual=f"`{command.text}` in line {run.location.line} "
        + ("installs what is locked" if holds else "takes whatever is newest"),
        location=run.location,
    )


def _own_only(command: Invoked) -> bool:
    """Whether pip installs the application itself and nothing that it depends on."""
    return "--no-deps" in command.words


def installs_before_source(image: ImageDefinition) -> Finding:
    """In each stage that installs dependencies, nothing but what names them was copied before."""
    return each(
        (stage for stage in image.stages if _first_installation(stage)),
        _source_comes_after,
        expected="dependencies copied and installed before the source",
        none=image.fault or "no stage installs dependencies of its own",
    )


def _first_installation(stage: ImageStage) -> tuple[Instruction, ...]:
    return tuple(
        run
        for run in stage.instructions
        if run.keyword == "RUN" and any(_installer(found) for found in run.commands)
    )[:1]


def _source_comes_after(stage: ImageStage) -> Finding:
    first = _first_installation(stage)[0]
    before = stage.instructions[: stage.instructions.index(first)]
    early = [
        copy
        for copy in before
        if copy.keyword in ("COPY", "ADD") and not copy.flag("from") and _brings_source(copy)
    ]
    return Finding(
        holds=not early,
        expected="only lists of dependencies before their installation",
        actual=f"`{early[0]}` comes before the installation in line {first.location.line}"
        if early
        else f"dependencies are installed in line {first.location.line}, before the source",
        location=early[0].location if early else None,
    )


_NAMES_DEPENDENCIES = re.compile(
    r"(^|/)(requirements[\w.-]*|constraints[\w.-]*|.*\.lock|package(-lock)?\.json|.*lock\.ya?ml|"
    r"npm-shrinkwrap\.json|pyproject\.toml|setup\.(py|cfg)|Pipfile|\.npmrc|\.yarnrc.*|\.yarn|"
    r"poetry\.toml|pip\.conf|bun\.lockb|wheels?|vendor)/?\*?$"
)


def _brings_source(copy: Instruction) -> bool:
    return not all(_NAMES_DEPENDENCIES.search(source) for source in copy.words[:-1])


def starts_from_slim_base(image: ImageDefinition) -> Finding:
    """The image starts from a base without what only builds need: the budget begins there."""
    if image.fault:
        return Finding(holds=False, expected="a slim base", actual=image.fault)
    slim = bool(_SLIM.search(image.base))
    return Finding(
        holds=slim or not _comes_in_sizes(image.base),
        expected="a slim, Alpine, distroless or empty base",
        actual=f"it starts from {image.base}",
        location=image.stages[-1].location,
    )


def _comes_in_sizes(base: str) -> bool:
    """Whether a base that is not called slim is known to be the large one of its kind."""
    name = re.split(r"[:@]", base.rpartition("/")[2])[0]
    if name not in _FULL:
        why: bool = unknown(f"the base {base} does not tell its size by its name")
        return why
    return True


def fetches_nothing_unchecked(image: ImageDefinition) -> Finding:
    """Whatever ADD brings from elsewhere has a checksum."""
    loose = [
        add
        for stage in image.stages
        for add in stage.instructions
        if add.keyword == "ADD"
        and any("://" in source for source in add.words[:-1])
        and not add.flag("checksum")
    ]
    return Finding(
        holds=not image.fault and not loose,
        expected="a checksum for everything that is fetched",
        actual=image.fault or listing(str(add) for add in loose) or "nothing is fetched unchecked",
        location=loose[0].location if loose else None,
    )
