"""Reads stages, and the pipelines that stages call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from assurance.model.expressions import has_expression
from assurance.model.flow import FailureStrategy, Loop
from assurance.model.pipelines import Hidden, Node, Sequence, Stage
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.pipeline_flow import read_condition, read_strategies, read_timeout
from assurance.readers.pipeline_loops import read_loops
from assurance.readers.pipeline_places import read_environments, read_services
from assurance.readers.pipeline_reading import Around, Reading, read_selectors
from assurance.readers.pipeline_steps import read_parallel, read_sequence, read_steps
from assurance.readers.pipeline_templates import Filled, fill, overlay
from assurance.readers.pipeline_text import Written
from assurance.readers.state import Resource


def read_stages(listed: Written, around: Around, reading: Reading) -> Sequence:
    """Return the stages of a pipeline."""
    return read_sequence(listed, around, reading, _node)


def _node(item: Written, around: Around, reading: Reading) -> Node:
    found = read_parallel(item, around, reading, _node)
    if found is not None:
        return found
    if "stage" in item.mapping:
        return _stage(item.at("stage"), around, reading)
    return reading.hidden(around, item, "stage", "it is no stage")


def _stage(node: Written, around: Around, reading: Reading) -> Stage | Hidden:
    filled = fill(node, "Stage", reading.entities, around.open_)
    if filled.missing or not isinstance(filled.written.value, dict):
        return reading.hidden(around, node, "stage", filled.missing or "it is no stage")
    path = f"{around.path}/{node.label('identifier') or node.label('name') or 'stage'}"
    return _filled_stage(_Use(node=node, filled=filled, path=path), around, reading)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Use:
    """A stage as it is written, and with its template."""

    node: Written
    filled: Filled
    path: str


def _filled_stage(use: _Use, around: Around, reading: Reading) -> Stage:
    written, spec = use.filled.written, use.filled.written.at("spec")
    subject = reading.subject(use.path, use.node)
    loops, strategies = read_loops(written), read_strategies(written, "stage")
    inner = _inside(use, replace(around, path=subject.id), strategies, loops)
    services = read_services(spec, inner, reading)
    environments = read_environments(spec, inner, reading)
    reading.deployed[use.node.label("identifier")] = (services, environments)
    back = replace(inner, is_rollback=True)
    return Stage(
        subject=subject,
        path=subject.id,
        identifier=use.node.label("identifier"),
        name=use.node.label("name"),
        type=written.label("type"),
        deployment_type=_deployment_type(spec),
        environments=environments,
        services=services,
        body=_body(written, inner, reading),
        rollback=read_steps(spec.at("execution", "rollbackSteps"), back, reading),
        condition=read_condition(written, subject.location),
        failure_strategies=strategies,
        loops=loops,
        timeout=read_timeout(written),
        selectors=inner.selectors,
        chained=spec.label("pipeline") if written.label("type") == "Pipeline" else "",
        template=use.filled.template,
        values=written.mapping,
    )


def _inside(
    use: _Use, around: Around, strategies: tuple[FailureStrategy, ...], loops: tuple[Loop, ...]
) -> Around:
    """Return what the content of a stage stands in; `around` has the path of the stage itself."""
    written = use.filled.written
    known = {**around.known, **variables_of(written, "stage")}
    for loop in loops:
        known |= loop.axes
    selectors = read_selectors(written, around)
    inner = around.inside(use.filled.address).within(
        around.path, strategies, read_timeout(written), selectors
    )
    return replace(inner, known=known)


def variables_of(written: Written, level: str) -> Mapping[str, tuple[str, ...]]:
    """Return the variables of a pipeline or stage whose value is written down, as expressions."""
    listed = written.mapping.get("variables")
    if not isinstance(listed, list):
        return {}
    return {
        f"{level}.variables.{item['name']}": (str(item["value"]),)
        for item in listed
        if isinstance(item, dict) and "name" in item and _is_settled(item.get("value"))
    }


def _is_settled(value: object) -> bool:
    return isinstance(value, str | int | float) and not has_expression(value)


def _deployment_type(spec: Written) -> str:
    """Return how a stage deploys; in the older form its service says it."""
    older = spec.at("serviceConfig", "serviceDefinition").label("type")
    return spec.label("deploymentType") or older


def _body(written: Written, inner: Around, reading: Reading) -> Sequence:
    if written.label("type") == "Pipeline":
        return _chained(written, inner, reading)
    execution = written.at("spec", "execution")
    if execution.value is None or isinstance(execution.value, dict):
        return read_steps(execution.at("steps"), inner, reading)
    return Sequence(
        nodes=(reading.hidden(inner, execution, "steps", "its steps are decided by the run"),)
    )


def _chained(written: Written, inner: Around, reading: Reading) -> Sequence:
    """Return the stages of the pipeline that a stage calls.

    A chained pipeline calls no further one.
    https://developer.harness.io/docs/platform/pipelines/pipeline-chaining
    """
    spec = written.at("spec")
    found = _called(spec, inner, reading)
    if isinstance(found, str):
        return Sequence(nodes=(reading.hidden(inner, spec, "pipeline", found),))
    values = _with_input_sets(overlay(found.values, spec.mapping.get("inputs")), spec)
    if not isinstance(values, dict) or "stages" not in values:
        why = f"pipeline {spec.label('pipeline')} is from a template, or has no stages"
        return Sequence(nodes=(reading.hidden(inner, spec, "pipeline", why),))
    return _stages_of(values, found, inner, reading)


def _with_input_sets(values: Any, spec: Written) -> Any:
    """Return what is called with the inputs unknown that input sets give it.

    How they are laid over one another and over the inputs of the stage is not documented.
    """
    listed = spec.mapping.get("inputSetReferences")
    if not listed:
        return values
    names = ", ".join(map(str, listed)) if isinstance(listed, list) else "that the run names"
    return _masked(values, f"the input sets {names} of {spec.label('pipeline')}'s caller give it")


def _masked(value: Any, why: str) -> Any:
    if isinstance(value, Mapping):
        return {key: _masked(item, why) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(item, why) for item in value]
    is_input = isinstance(value, str) and "<+input>" in value
    return unknown(f"{value}: {why}") if is_input else value


def _stages_of(
    values: Mapping[str, Any], found: Resource, inner: Around, reading: Reading
) -> Sequence:
    written = Written(values, found, "")
    around = Around(
        path=inner.path,
        selectors=read_selectors(written, inner),
        known=variables_of(written, "pipeline"),
        open_=(*inner.open_, found.address),
    )
    deeper = replace(reading, digest=found.digest, deployed={})
    stages = read_stages(written.at("stages"), around, deeper)
    reading.left = deeper.left
    return stages


def _called(spec: Written, inner: Around, reading: Reading) -> Resource | str:
    """Return the definition of the pipeline that a stage calls, or why it cannot be seen."""
    name = spec.mapping.get("pipeline")
    if is_unknown(name) or not isinstance(name, str) or has_expression(name):
        return "which pipeline is called is decided by the run"
    scope = (spec.label("org"), spec.label("project"))
    found = [
        each
        for each in reading.entities.called("pipeline", name)
        if scope in (_scope(each), ("", "")) or _scope(each) == ("", "")
    ]
    if len(found) != 1:
        return (
            f"pipeline {name} is {'not' if not found else 'more than once'} among the definitions"
        )
    if sum(address.startswith("harness_pipeline.") for address in inner.open_) > 1:
        return f"pipeline {name} is called by a pipeline that is itself called"
    return found[0]


def _scope(resource: Resource) -> tuple[str, str]:
    return str(resource.get("orgIdentifier")), str(resource.get("projectIdentifier"))
