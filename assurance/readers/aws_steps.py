"""Reads which steps reach into AWS, and on whose machines they run.

A step runs on the delegates that it selects, else on those that its group, stage or pipeline does,
else on those of its connector or of the connector of the infrastructure.
https://developer.harness.io/docs/platform/delegates/manage-delegates/select-delegates-with-selectors
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from assurance.model.aws_steps import AwsStep, Way
from assurance.model.checks import SuiteVerification
from assurance.model.connectors import Connector
from assurance.model.pipeline_walks import Placed, hidden_in, steps_of
from assurance.model.pipelines import Hidden, Pipeline, Stage
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.entities import Entities
from assurance.readers.kinds import Kind
from assurance.readers.scripts import scripts_of
from assurance.readers.state import Resource, State

_TYPES = re.compile(
    r"(Ecs|Asg|AwsLambda|AwsSam|AwsCdk|ServerlessAwsLambda|S3|Terraform|Terragrunt|Cloudformation"
    r"|ElasticLoadBalancer).*|(BuildAndPush|.*)ECR|(Create|Delete|Rollback)Stack"
    r"|(Save|Restore)CacheS3|DownloadAwsS3|AwsS3.*"
)
_COMMANDS = re.compile(
    r"(?m)^[^#\n]*?(?:^|[\s;&|(])((aws|awscli|terraform|tofu|terragrunt|cdk|sam|eksctl|ecs-cli|copilot)"
    r"\s+[a-z-]+|\S*\.amazonaws\.com\S*|import boto3\b)"
)


def read_aws_steps(
    pipelines: Iterable[Pipeline],
    state: State,
    entities: Entities,
    connectors: Iterable[Connector],
) -> tuple[AwsStep, ...]:
    """Return the steps of all pipelines that reach into AWS, rollback steps included."""
    reading = _Reading(state, entities, connectors)
    known = tuple(pipelines)
    seen = (placed for pipeline in known for placed in steps_of(pipeline))
    hidden = (node for pipeline in known for node in hidden_in(pipeline))
    return (
        *(found for placed in seen for found in reading.of(placed)),
        *(_unseen(node) for node in hidden),
    )


def _unseen(node: Hidden) -> AwsStep:
    """Return what nobody can tell of a part that is not at hand."""
    return AwsStep(
        subject=node.subject,
        touches=node.reason,
        selectors=unknown(f"whether it reaches into AWS, and from where: {node.reason}"),
        is_hosted=False,
        ways=(),
    )


class _Reading:
    def __init__(self, state: State, entities: Entities, connectors: Iterable[Connector]) -> None:
        self._entities = entities
        self._pipelines = {found.id: found for found in state.of("harness_pipeline")}
        self._connectors = {found.subject.id: found for found in connectors}

    def of(self, placed: Placed) -> Iterator[AwsStep]:
        step, referrer = placed.step, self._pipelines[placed.pipeline.subject.id]
        own = tuple(self._ways(_connector_names(step.values), referrer))
        touches = _touches(placed) or next(
            (f"the connector {way.name}" for way in own if way.is_aws), ""
        )
        if touches:
            yield AwsStep(
                subject=step.subject,
                touches=touches,
                selectors=_tags(step.selectors),
                is_hosted=_is_hosted(placed.stage),
                ways=own
                or tuple(self._ways(self._infrastructure(placed.stage, referrer), referrer)),
            )

    def _ways(self, names: Iterable[str], referrer: Resource) -> Iterator[Way]:
        for name in names:
            found = self._entities.one("connector", name, referrer)
            connector = self._connectors.get(found.id) if found else None
            missing = f"the connector {name} is not in the repository"
            yield Way(
                name=name,
                selectors=connector.selectors if connector else unknown(missing),
                is_aws=found is not None and found.get("type") == "Aws",
                is_keyless="OidcAuthentication" in connector.way if connector else unknown(missing),
            )

    def _infrastructure(self, stage: Stage, referrer: Resource) -> Iterator[str]:
        """Yield the connectors of what a stage deploys to."""
        for use in () if is_unknown(stage.environments) else stage.environments:
            for name in () if is_unknown(use.infrastructures) else use.infrastructures:
                for found in self._entities.find("infrastructure", str(name), referrer):
                    yield str(found.get("spec.connectorRef"))


def _tags(selectors: Any) -> Any:
    """Return the tags of delegates that are text; an empty item selects nothing."""
    if is_unknown(selectors):
        return selectors
    for tag in selectors:
        if is_unknown(tag):
            return tag
    return tuple(tag for tag in selectors if isinstance(tag, str) and tag)


def _touches(placed: Placed) -> str:
    step = placed.step
    if _TYPES.fullmatch(step.type):
        return f"a step of type {step.type}"
    if step.action.of(SuiteVerification):
        return "the verification by this suite"
    for script in scripts_of(step.values):
        found = _command_in(script)
        if found:
            return f"the command {found}"
    return ""


@lru_cache(maxsize=4096)
def _command_in(script: str) -> str:
    """Return the command of a script that reaches into AWS; empty for none.

    The same is written in many steps: it is searched once.
    """
    found = _COMMANDS.search(script)
    return found[1] if found else ""


def _connector_names(values: Mapping[str, Any]) -> tuple[str, ...]:
    spec = values.get("spec")
    found = spec.get("connectorRef") if isinstance(spec, dict) else None
    return (found,) if isinstance(found, str) and found and "<+" not in found else ()


def _is_hosted(stage: Stage) -> bool:
    spec = stage.values.get("spec")
    runtime = spec.get("runtime") if isinstance(spec, dict) else None
    return isinstance(runtime, dict) and runtime.get("type") == "Cloud"


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="step that reaches into AWS",
        plural="steps that reach into AWS",
        population=lambda view: view.delivery.aws_steps,
        made_of=("harness_pipeline",),
    ),
)
