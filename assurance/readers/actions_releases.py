"""Steps that deploy and roll back, in all the strategies of Harness."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from assurance.model.actions import Command, Part
from assurance.model.releases import (
    Deployment,
    DeploymentPart,
    Listeners,
    Rollback,
    Strategy,
)
from assurance.model.unknown import is_unknown
from assurance.readers.actions_scripts import Reader
from assurance.readers.projects import Projects
from assurance.readers.written_values import at, text, truth, whole

_ECS: Mapping[str, tuple[Strategy, DeploymentPart]] = {
    "EcsRollingDeploy": (Strategy.ROLLING, DeploymentPart.DEPLOY),
    "EcsCanaryDeploy": (Strategy.CANARY, DeploymentPart.DEPLOY),
    "EcsCanaryDelete": (Strategy.CANARY, DeploymentPart.DELETE),
    "EcsBlueGreenCreateService": (Strategy.BLUE_GREEN, DeploymentPart.CREATE),
    "EcsBlueGreenSwapTargetGroups": (Strategy.BLUE_GREEN, DeploymentPart.SWAP),
    "EcsBlueGreenTrafficShift": (Strategy.BLUE_GREEN, DeploymentPart.SHIFT),
    "EcsServiceSetup": (Strategy.BASIC, DeploymentPart.CREATE),
    "EcsUpgradeContainer": (Strategy.BASIC, DeploymentPart.SCALE),
    "EcsScale": (Strategy.OTHER, DeploymentPart.SCALE),
}
_ECS_ROLLBACKS = {
    "EcsRollingRollback": Strategy.ROLLING,
    "EcsBlueGreenRollback": Strategy.BLUE_GREEN,
    "EcsBasicRollback": Strategy.BASIC,
    "StandAloneTrafficShiftRollback": Strategy.BLUE_GREEN,
}
_PLATFORMS = re.compile(
    r"^(K8s|Helm|Asg|AwsLambda|AwsSam|AwsCdk|Azure|Google|GCE|Elastigroup|Tas|Tanzu|Serverless|"
    r"GitOps|App|BGApp|BasicApp|CanaryApp|Swap|DeployCloud|CloudFunction|Salesforce|Rollback|Command)"
)
_STRATEGIES = (
    (re.compile("Rolling"), Strategy.ROLLING),
    (re.compile("Canary"), Strategy.CANARY),
    (re.compile("BlueGreen|BG|Swap|Slot"), Strategy.BLUE_GREEN),
    (re.compile("Basic"), Strategy.BASIC),
)
_PARTS = (
    (re.compile("Delete|Destroy"), DeploymentPart.DELETE),
    (re.compile("Swap"), DeploymentPart.SWAP),
    (re.compile("Traffic|Shift"), DeploymentPart.SHIFT),
    (re.compile("Scale|Resize"), DeploymentPart.SCALE),
    (re.compile("Setup"), DeploymentPart.CREATE),
)


def _ecs(step_type: str) -> Reader:
    def read(spec: Mapping[str, Any], _: Projects) -> tuple[Part, ...]:
        strategy, part = _ECS[step_type]
        weight = at(spec, "ecsTrafficShiftWrapper", "spec", "weightPercentage")
        return (
            Deployment(
                tool=step_type,
                strategy=strategy,
                part=part,
                weight=whole(weight, "the share of traffic")
                if part == DeploymentPart.SHIFT
                else None,
                keeps_old_for=_keeps(spec) if part == DeploymentPart.SWAP else None,
                listeners=(_listeners(spec),) if step_type == "EcsBlueGreenCreateService" else (),
            ),
        )

    return read


def _keeps(spec: Mapping[str, Any]) -> float:
    """Return for how long a swap leaves the old service as it is."""
    stays = truth(spec.get("doNotDownsizeOldService"), "whether the old service is kept")
    if is_unknown(stays):
        return stays
    delay = whole(spec.get("downsizeOldServiceDelayInSecs"), "how long the old service is kept")
    return math.inf if stays else 0 if delay is None else delay


def _listeners(spec: Mapping[str, Any]) -> Listeners:
    return Listeners(
        load_balancer=text(spec.get("loadBalancer")),
        production=text(spec.get("prodListener")),
        production_rule=text(spec.get("prodListenerRuleArn")),
        stage=text(spec.get("stageListener")),
        stage_rule=text(spec.get("stageListenerRuleArn")),
        stage_target_group=text(spec.get("stageTargetGroupArn")),
    )


def _rollback(step_type: str) -> Reader:
    def read(_: Mapping[str, Any], __: Projects) -> tuple[Part, ...]:
        return (Rollback(tool=step_type, strategy=_ECS_ROLLBACKS[step_type]),)

    return read


def _task(_: Mapping[str, Any], __: Projects) -> tuple[Part, ...]:
    """Read `EcsRunTask`: a task of its own, such as a migration, beside the services."""
    return (Command(text="EcsRunTask", directory="", hides=""),)


RELEASE_STEPS: Mapping[str, Reader] = {
    **{name: _ecs(name) for name in _ECS},
    **{name: _rollback(name) for name in _ECS_ROLLBACKS},
    "EcsRunTask": _task,
}
"""Types of steps that change what runs in ECS."""


def elsewhere(step_type: str) -> Part | None:
    """Return what a step of another platform does, as its type says; None for other types."""
    if not _PLATFORMS.match(step_type):
        return None
    strategy = next((s for words, s in _STRATEGIES if words.search(step_type)), Strategy.OTHER)
    if "Rollback" in step_type and not step_type.startswith(
        ("GoogleCloudRunPrepare", "AzurePrepare")
    ):
        return Rollback(tool=step_type, strategy=strategy)
    part = next((p for words, p in _PARTS if words.search(step_type)), DeploymentPart.DEPLOY)
    return Deployment(
        tool=step_type,
        strategy=strategy,
        part=part,
        weight=None,
        keeps_old_for=None,
        listeners=(),
    )
