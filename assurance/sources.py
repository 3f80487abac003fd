"""What there is to collect of a system: one source a document; the only caller of collectors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assurance.collectors.docker import DockerRequest, ImageRequest, collect_dockerfiles
from assurance.collectors.docker import cache_key as docker_key
from assurance.collectors.harness import HarnessRequest, collect_harness
from assurance.collectors.harness import cache_key as harness_key
from assurance.collectors.repository import Part, RepositoryRequest, collect_repository
from assurance.collectors.repository import cache_key as repository_key
from assurance.collectors.scan import ScanRequest, collect_scan
from assurance.collectors.scan import cache_key as scan_key
from assurance.collectors.source import ApplicationRequest, SourceRequest, collect_source
from assurance.collectors.source import cache_key as source_key
from assurance.collectors.terraform import TerraformRequest, cache_key, collect_terraform
from assurance.errors import NotGiven
from assurance.model.environments import Environment
from assurance.model.judgements import Layer
from assurance.settings import Place, Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a document comes from.

    Attributes:
        kind: Of the document.
        path: What is read.
        name: The same relative to the system's directory.
        environment: Whose it is, or empty where it belongs to the whole system.
        layer: On which it shows the system.
        key: Changes with everything that the body depends on; sources with one key have one body.
            Empty where nobody can know that: such a body is never kept for another run.
        collect: Returns the body.
    """

    kind: str
    path: Path
    name: str
    environment: str
    layer: Layer
    key: str
    collect: Callable[[], Any]

    @property
    def identity(self) -> str:
        """What tells apart the bodies of one run."""
        return self.key or f"{self.kind} {self.environment} {self.name}"


def sources_of(
    settings: Settings, environments: tuple[Environment, ...], layers: frozenset[Layer]
) -> tuple[Source, ...]:
    """Return what is to be collected to judge the named environments on the named layers."""
    found: list[Source] = []
    if Layer.DECLARED in layers:
        for place in settings.places:
            if place.environment in environments:
                found.extend(_terraform(settings, place))
        found.extend(_definitions(settings))
        found.extend(_dockerfiles(settings))
        found.extend(_source(settings))
        found.append(_scan(settings))
        found.append(_repository(settings))
    return tuple(found)


def kinds_of(
    settings: Settings, environment: Environment, layer: Layer
) -> Mapping[str, NotGiven | None]:
    """Return the kinds of evidence without which an environment cannot be judged on a layer.

    Each with what the user must give first, or None where the kind can be collected as it is.
    """
    place = next(place for place in settings.places if place.environment == environment)
    if layer is Layer.DECLARED:
        named = {
            "terraform": place.terraform,
            "harness": settings.pipelines,
            "docker": settings.applications,
            "scan": True,
            "repository": True,
            "source": settings.applications,
        }
        return {kind: None for kind, parts in named.items() if parts}
    return {}


def relative(path: Path, directory: Path) -> str:
    """Return a path as documents name it: relative to the system's directory if it is inside."""
    return path.relative_to(directory).as_posix() if path.is_relative_to(directory) else str(path)


def _terraform(settings: Settings, place: Place) -> Iterator[Source]:
    for root in place.terraform:
        request = TerraformRequest(
            system=settings.directory,
            root=root.root,
            variable_files=root.variable_files,
            variables=root.variables,
            plan=root.plan,
            region=place.region or None,
        )
        yield Source(
            kind="terraform",
            path=root.root,
            name=relative(root.root, settings.directory),
            environment=place.environment.name,
            layer=Layer.DECLARED,
            key=cache_key(request),
            collect=lambda request=request: collect_terraform(request),  # type: ignore[misc]
        )


def _definitions(settings: Settings) -> Iterator[Source]:
    if settings.pipelines is not None:
        request = HarnessRequest(
            system=settings.directory,
            directories=settings.pipelines.directories,
            schema=settings.pipelines.schema,
        )
        places = (relative(path, settings.directory) for path in settings.pipelines.directories)
        yield Source(
            kind="harness",
            path=settings.directory,
            name=", ".join(places),
            environment="",
            layer=Layer.DECLARED,
            key=f"harness-{harness_key(request)}",
            collect=lambda: collect_harness(request),
        )


def _scan(settings: Settings) -> Source:
    request = ScanRequest(system=settings.directory)
    return Source(
        kind="scan",
        path=settings.directory,
        name="",
        environment="",
        layer=Layer.DECLARED,
        key=scan_key(request),
        collect=lambda: collect_scan(request),
    )


def _dockerfiles(settings: Settings) -> Iterator[Source]:
    if settings.applications:
        request = DockerRequest(
            system=settings.directory,
            images=tuple(
                ImageRequest(
                    application=application.name,
                    role=application.role,
                    dockerfile=application.dockerfile,
                    context=application.directory,
                )
                for application in settings.applications
            ),
        )
        yield Source(
            kind="docker",
            path=settings.directory,
            name="",
            environment="",
            layer=Layer.DECLARED,
            key=docker_key(request),
            collect=lambda: collect_dockerfiles(request),
        )


def _source(settings: Settings) -> Iterator[Source]:
    if settings.applications:
        request = SourceRequest(
            system=settings.directory,
            applications=tuple(
                ApplicationRequest(
                    name=application.name,
                    role=application.role,
                    directory=application.directory,
                    dockerfile=application.dockerfile,
                    image=application.image,
                )
                for application in settings.applications
            ),
        )
        yield Source(
            kind="source",
            path=settings.directory,
            name="",
            environment="",
            layer=Layer.DECLARED,
            key=source_key(request),
            collect=lambda: collect_source(request),
        )


def _repository(settings: Settings) -> Source:
    request = RepositoryRequest(
        system=settings.directory, description=settings.file, parts=tuple(_parts(settings))
    )
    return Source(
        kind="repository",
        path=settings.directory,
        name="",
        environment="",
        layer=Layer.DECLARED,
        key=repository_key(request),
        collect=lambda: collect_repository(request),
    )


def _parts(settings: Settings) -> Iterator[Part]:
    """Yield the parts of the system that its description places."""
    for application in settings.applications:
        yield Part(kind="application", name=application.name, directories=(application.directory,))
    roots = tuple(root.root for place in settings.places for root in place.terraform)
    pipelines = settings.pipelines.directories if settings.pipelines else ()
    named = {"infrastructure": roots, "pipelines": pipelines, "tests": settings.tests}
    for kind, directories in named.items():
        if directories:
            yield Part(kind=kind, name=kind, directories=directories)
