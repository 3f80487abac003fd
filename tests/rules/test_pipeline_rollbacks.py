"""A rollback of the whole pipeline takes back only what it reaches."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import Finding, NotApplicable, Verdict
from assurance.model.unknown import UnknownValue
from assurance.rules.pipeline_rollbacks import rolls_back_what_it_deployed
from tests.harness_states import definition, harness_view

WHOLE, OWN = "PipelineRollback", "StageRollback"


def answering(action: str) -> list[dict[str, Any]]:
    return [{"onFailure": {"errors": ["AllErrors"], "action": {"type": action}}}]


def stage(identifier: str, type_: str, spec: dict[str, Any], action: str = OWN) -> dict[str, Any]:
    own = {"identifier": identifier, "type": type_, "spec": spec}
    return {"stage": {**own, "failureStrategies": answering(action)}}


def deploys(
    identifier: str, action: str = OWN, platform: str = "ECS", step: str = "EcsRollingDeploy"
) -> dict[str, Any]:
    steps = [{"step": {"identifier": "deploy", "type": step, "spec": {}}}]
    spec = {"deploymentType": platform, "execution": {"steps": steps}}
    return stage(identifier, "Deployment", spec, action)


def calls(pipeline: str, action: str = OWN) -> dict[str, Any]:
    return stage("call", "Pipeline", {"pipeline": pipeline}, action)


def tries(action: str) -> dict[str, Any]:
    steps = [{"step": {"identifier": "try", "type": "Run", "spec": {"command": "pytest"}}}]
    return stage("tries", "CI", {"execution": {"steps": steps}}, action)


def judged(*stages: dict[str, Any]) -> Verdict:
    child = definition("harness_pipeline", {"identifier": "child", "stages": [deploys("live")]})
    idle = definition("harness_pipeline", {"identifier": "idle", "stages": [tries(OWN)]})
    parent = definition("harness_pipeline", {"identifier": "parent", "stages": list(stages)})
    found = harness_view(child, idle, parent).pipelines
    return rolls_back_what_it_deployed(next(each for each in found if each.identifier == "parent"))


def test_who_rolls_back_stages_only_is_not_concerned() -> None:
    assert judged(deploys("live"), calls("child")) == NotApplicable("rolls_back_no_pipeline")


@pytest.mark.parametrize(
    "stages",
    [
        (calls("child", WHOLE),),
        (calls("child"), tries(WHOLE)),
        ({"parallel": [tries(WHOLE), calls("child")]},),
        (deploys("live"), calls("child"), deploys("other", WHOLE)),
    ],
    ids=["itself", "before", "beside", "between"],
)
def test_what_a_called_pipeline_deployed_stays(stages: tuple[dict[str, Any], ...]) -> None:
    found = judged(*stages)

    assert isinstance(found, Finding)
    assert not found.holds
    assert found.location is not None
    assert "parent/call calls the pipeline child" in found.actual
    assert found.actual.endswith("an execution of its own: what it deployed stays")


@pytest.mark.parametrize(
    "stages",
    [
        (deploys("live", WHOLE),),
        (calls("idle"), tries(WHOLE)),
        (deploys("live", WHOLE), calls("child")),
        (deploys("live", platform="Kubernetes", step="K8sRollingDeploy"), tries(WHOLE)),
    ],
    ids=["own", "deploys nothing", "called later", "kubernetes"],
)
def test_what_is_reached_is_taken_back(stages: tuple[dict[str, Any], ...]) -> None:
    found = judged(*stages)

    assert isinstance(found, Finding)
    assert found.holds


def test_for_types_of_deployment_that_are_not_named_it_is_unknown() -> None:
    with pytest.raises(UnknownValue, match="parent/live deploys by Asg: PipelineRollback is docum"):
        judged(deploys("live", WHOLE, "Asg", "AsgRollingDeploy"))


def test_of_a_called_pipeline_that_is_not_there_nobody_knows() -> None:
    with pytest.raises(UnknownValue, match="cannot be seen: pipeline gone is not among"):
        judged(calls("gone"), tries(WHOLE))


def test_a_step_may_ask_for_it_too() -> None:
    asking = tries(OWN)
    asking["stage"]["spec"]["execution"]["steps"][0]["step"]["failureStrategies"] = [
        {
            "onFailure": {
                "errors": ["Timeout"],
                "action": {
                    "type": "Retry",
                    "spec": {"retryCount": 1, "onRetryFailure": {"action": {"type": WHOLE}}},
                },
            }
        }
    ]

    found = judged(calls("child"), asking)

    assert isinstance(found, Finding)
    assert not found.holds
