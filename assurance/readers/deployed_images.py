"""Reads which images stages deploy, from the services that they name.

https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/services/artifact-sources
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assurance.model.deployed_images import DeployedImage
from assurance.model.pipeline_walks import stages_of
from assurance.model.pipelines import Pipeline, Stage
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.entities import Entities
from assurance.readers.kinds import Kind
from assurance.readers.production_pipelines import reaching_production
from assurance.readers.state import State
from assurance.readers.written_values import at, text

if TYPE_CHECKING:
    from assurance.readers.view import View


def read_deployed_images(
    pipelines: Iterable[Pipeline], entities: Entities, state: State
) -> tuple[DeployedImage, ...]:
    """Return the image of every service in every stage that deploys."""
    homes = {resource.id: resource for resource in state.of("harness_pipeline")}
    return tuple(
        found
        for pipeline in pipelines
        for stage in stages_of(pipeline)
        if stage.type == "Deployment" and not stage.chained
        for found in _images(pipeline, stage, entities, homes[pipeline.subject.id])
    )


def _images(
    pipeline: Pipeline, stage: Stage, entities: Entities, home: Any
) -> Iterator[DeployedImage]:
    services = stage.services
    if is_unknown(services):
        yield _unseen(pipeline, stage, services)
        return
    for number, reference in enumerate(services, 1):
        own = stage.subject
        subject = replace(own, id=f"{own.id}#{number}") if len(services) > 1 else own
        service = entities.one("service", reference, home)
        blank = DeployedImage(
            subject=subject,
            pipeline=pipeline,
            stage=stage,
            service=reference,
            registry="",
            image="",
            tag="",
        )
        if service is None:
            why: str = unknown(f"the service {reference} is not in the repository")
            yield replace(blank, registry=why, image=why, tag=why)
        else:
            yield _with_artifact(blank, service.values)


def _unseen(pipeline: Pipeline, stage: Stage, why: Any) -> DeployedImage:
    return DeployedImage(
        subject=stage.subject,
        pipeline=pipeline,
        stage=stage,
        service=why,
        registry=why,
        image=why,
        tag=why,
    )


def _with_artifact(blank: DeployedImage, service: Any) -> DeployedImage:
    primary = at(service, "serviceDefinition", "spec", "artifacts", "primary")
    source = _source(primary, text(at(primary, "primaryArtifactRef")))
    given = at(blank.stage.values, "spec", "service", "serviceInputs")
    own = _source(at(given, "serviceDefinition", "spec", "artifacts", "primary"), "")
    place = ("imagePath", "tag")
    image, tag = (text(at(own, "spec", key)) or text(at(source, "spec", key)) for key in place)
    return replace(blank, registry=text(at(source, "type")), image=image, tag=tag)


def _source(primary: Any, chosen: str) -> Any:
    """Return the chosen source of an artifact; the only one where none is chosen."""
    sources = at(primary, "sources")
    if not isinstance(sources, list | tuple) or not sources:
        return primary
    named = [each for each in sources if text(at(each, "identifier")) == chosen]
    return (named or sources)[0]


def _population(view: View) -> tuple[DeployedImage, ...]:
    meant = frozenset(reaching_production(view.pipelines))
    return tuple(found for found in view.delivery.deployed_images if found.pipeline in meant)


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="deployed image",
        plural="deployed images",
        population=_population,
        made_of=("harness_pipeline",),
    ),
)
