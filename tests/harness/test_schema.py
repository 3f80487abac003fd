"""The reference definitions are valid against the schema that Harness publishes."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from tests.harness.definitions import PROJECT, Step, files, read, steps
from tests.harness.published_schema import faults

# Where the schema of pipelines keeps the definition of a step's type.
PARTS = {
    "BuildAndPushECR": "steps/ci/BuildAndPushECRNode",
    "EcsBlueGreenCreateService": "steps/cd/EcsBlueGreenCreateServiceStepNode",
    "EcsBlueGreenRollback": "steps/cd/EcsBlueGreenRollbackStepNode",
    "EcsBlueGreenSwapTargetGroups": "steps/cd/EcsBlueGreenSwapTargetGroupsStepNode",
    "EcsBlueGreenTrafficShift": "steps/cd/EcsBlueGreenTrafficShiftStepNode",
    "EcsRollingDeploy": "steps/cd/EcsRollingDeployStepNode",
    "EcsRollingRollback": "steps/cd/EcsRollingRollbackStepNode",
    "EcsRunTask": "steps/cd/EcsRunTaskStepNode",
    "FmeFlagLimitExposure": "steps/custom/FmeFlagLimitExposureStepNode",
    "HarnessApproval": "steps/custom/HarnessApprovalStepNode",
    "Run": "steps/common/RunStepNode",
    "Snyk": "steps/common/SnykScanNode",
    "Sonarqube": "steps/common/SonarqubeScanNode",
    "Zap": "steps/common/ZapScanNode",
    "AquaTrivy": "steps/common/AquaTrivyScanNode",
}


def name(file: Path) -> str:
    return file.relative_to(PROJECT).as_posix()


@pytest.mark.parametrize("kind", ["pipeline", "template", "trigger"])
def test_whole_files(kind: str) -> None:
    found = {name(file): faults(kind, read(file)) for file in files(kind)}

    assert found
    assert not {file: reported for file, reported in found.items() if reported}


@pytest.mark.parametrize("step", steps(*PARTS), ids=lambda step: step.name)
def test_each_step_against_the_definition_of_its_type(step: Step) -> None:
    assert not faults("pipeline", step.values, PARTS[step.type])


def test_services() -> None:
    part = "stages/cd/ServiceDefinition"

    for file in files("service"):
        assert not faults("pipeline", read(file)["service"]["serviceDefinition"], part), name(file)


def test_infrastructures() -> None:
    for file in files("infrastructureDefinition"):
        values = read(file)["infrastructureDefinition"]
        body = {"type": values["type"], "spec": values["spec"]}
        assert not faults("pipeline", body, "stages/cd/InfrastructureDef"), name(file)


def broken(file: Path) -> Any:
    values = copy.deepcopy(read(file))
    values["pipeline"]["stages"][0]["stage"]["type"] = "Kubernetes"
    return values


def test_the_schema_refuses_what_is_wrong() -> None:
    [file] = [file for file in files("pipeline") if file.name == "workshop_ci.yaml"]

    assert faults("pipeline", broken(file))
