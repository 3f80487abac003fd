"""Reads pipelines of Harness, with the templates and pipelines that they use."""

from __future__ import annotations

from collections.abc import Mapping

from assurance.model.pipeline_walks import stages_of, steps_of
from assurance.model.pipelines import Pipeline, Sequence, Stage, Step
from assurance.readers.entities import Entities, scope_of
from assurance.readers.kinds import Kind
from assurance.readers.pipeline_flow import read_timeout
from assurance.readers.pipeline_reading import Around, Reading, read_selectors
from assurance.readers.pipeline_stages import read_stages, variables_of
from assurance.readers.pipeline_templates import Filled, fill
from assurance.readers.pipeline_text import Written
from assurance.readers.projects import read_projects
from assurance.readers.state import Resource, State

PIPELINE = "harness_pipeline"


def read_pipelines(state: State, entities: Entities) -> tuple[Pipeline, ...]:
    """Return every pipeline."""
    projects = read_projects(state)
    return tuple(
        _pipeline(found, Reading(entities=entities, projects=projects, digest=found.digest))
        for found in state.of(PIPELINE)
    )


def _pipeline(resource: Resource, reading: Reading) -> Pipeline:
    node = Written(resource.values, resource, "")
    filled = fill(node, "Pipeline", reading.entities, ())
    written = filled.written
    org, project = scope_of(resource)
    path = resource.id.removeprefix(f"{PIPELINE}.")
    timeout = read_timeout(written)
    known = variables_of(written, "pipeline")
    around = Around(path=path, bound=timeout, open_=_open(filled, resource), known=known)
    selectors = read_selectors(written, around)
    return Pipeline(
        subject=resource.subject(),
        path=path,
        identifier=node.label("identifier"),
        name=node.label("name"),
        org=org,
        project=project,
        stages=_stages(filled, around, reading),
        allows_selected_stages=_is_on(written, "allowStageExecutions"),
        timeout=timeout,
        selectors=selectors,
        tags=_tags(written),
        template=filled.template,
        values=written.mapping,
    )


def _open(filled: Filled, resource: Resource) -> tuple[str, ...]:
    return (resource.address, filled.address) if filled.address else (resource.address,)


def _is_on(written: Written, key: str) -> bool:
    found = written.text(key)
    return found if not isinstance(found, str) else found.lower() == "true"


def _tags(written: Written) -> Mapping[str, str]:
    return {str(key): str(value) for key, value in written.at("tags").mapping.items()}


def _stages(filled: Filled, around: Around, reading: Reading) -> Sequence:
    if filled.missing:
        hidden = reading.hidden(around, filled.written, "pipeline", filled.missing)
        return Sequence(nodes=(hidden,))
    return read_stages(filled.written.at("stages"), around, reading)


def _all_stages(pipelines: tuple[Pipeline, ...]) -> tuple[Stage, ...]:
    return tuple(stage for pipeline in pipelines for stage in stages_of(pipeline))


def _all_steps(pipelines: tuple[Pipeline, ...]) -> tuple[Step, ...]:
    return tuple(placed.step for pipeline in pipelines for placed in steps_of(pipeline))


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="pipeline",
        plural="pipelines",
        population=lambda view: view.pipelines,
        inventory=(PIPELINE,),
    ),
    Kind(
        noun="stage",
        plural="stages",
        population=lambda view: _all_stages(view.pipelines),
        made_of=(PIPELINE,),
    ),
    Kind(
        noun="deployment stage",
        plural="deployment stages",
        population=lambda view: tuple(
            stage for stage in _all_stages(view.pipelines) if stage.type == "Deployment"
        ),
        made_of=(PIPELINE,),
    ),
    Kind(
        noun="step",
        plural="steps",
        population=lambda view: _all_steps(view.pipelines),
        made_of=(PIPELINE,),
    ),
)
