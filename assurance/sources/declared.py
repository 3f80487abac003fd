"""The sources of the declared layer: what the files of a system say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
from assurance.model.environments import Environment
from assurance.model.judgements import Layer
from assurance.settings import Place, Settings
from assurance.sources.source import Source, relative


def declared_sources(settings: Settings, environments: tuple[Environment, ...]) -> Iterator[Source]:
    """Yield what is to be collected to judge the named environments by what is declared."""
    for place in settings.places:
        if place.environment in environments:
            yield from _terraform(settings, place)
    yield from _definitions(settings)
    yield from _dockerfiles(settings)
    yield from _source(settings)
    yield _scan(settings)
    yield _repository(settings)


def declared_kinds(settings: Settings, place: Place) -> frozenset[str]:
    """Return the kinds without which an environment cannot be judged by what is declared."""
    named = {
        "terraform": place.terraform,
        "harness": settings.pipelines,
        "docker": settings.applications,
        "scan": True,
        "repository": True,
        "source": settings.applications,
    }
    return frozenset(kind for kind, parts in named.items() if parts)


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


def _of_all(
    settings: Settings, kind: str, key: str, collect: Callable[[], Any], *, name: str = ""
) -> Source:
    """Return a source that belongs to the whole system."""
    return Source(
        kind=kind,
        path=settings.directory,
        name=name,
        environment="",
        layer=Layer.DECLARED,
        key=key,
        collect=collect,
    )


def _definitions(settings: Settings) -> Iterator[Source]:
    if settings.pipelines is not None:
        request = HarnessRequest(
            system=settings.directory,
            directories=settings.pipelines.directories,
            schema=settings.pipelines.schema,
        )
        places = (relative(path, settings.directory) for path in settings.pipelines.directories)
        yield _of_all(
            settings,
            "harness",
            f"harness-{harness_key(request)}",
            lambda: collect_harness(request),
            name=", ".join(places),
        )


def _scan(settings: Settings) -> Source:
    request = ScanRequest(system=settings.directory)
    return _of_all(settings, "scan", scan_key(request), lambda: collect_scan(request))


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
        yield _of_all(settings, "docker", docker_key(request), lambda: collect_dockerfiles(request))


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
        yield _of_all(settings, "source", source_key(request), lambda: collect_source(request))


def _repository(settings: Settings) -> Source:
    request = RepositoryRequest(
        system=settings.directory, description=settings.file, parts=tuple(_parts(settings))
    )
    return _of_all(
        settings, "repository", repository_key(request), lambda: collect_repository(request)
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
