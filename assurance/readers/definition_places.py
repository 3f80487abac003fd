"""Fields of Harness's definitions that are often written a level too high or too low.

Each table belongs to a level, and names for a field that means nothing there the place where it
would have its effect. Only what is certain is listed: a field that Harness itself takes at the
level is not, whatever its published schema leaves out.
Source: https://developer.harness.io/docs/platform/pipelines/harness-yaml-quickstart and the
reference pages of the steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Table = Mapping[str, str]


def _to(place: str, names: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), place)


PIPELINE: Final[Table] = {
    **_to("a stage", "failureStrategies when strategy execution steps rollbackSteps"),
    **_to("properties.ci", "codebase"),
    **_to("properties", "ci"),
    **_to("spec of a stage", "service environment infrastructure deploymentType"),
}

STAGE: Final[Table] = {
    **_to("spec.execution", "steps rollbackSteps"),
    **_to(
        "spec",
        "execution service services serviceConfig environment environments environmentGroup "
        "infrastructure deploymentType cloneCodebase caching platform runtime sharedPaths "
        "serviceDependencies customDeploymentRef gitOpsEnabled",
    ),
    **_to("the pipeline", "notificationRules allowStageExecutions flowControl"),
}

STAGE_SPEC: Final[Table] = {
    **_to("spec.execution", "steps rollbackSteps"),
    **_to(
        "the stage, beside spec",
        "failureStrategies when strategy timeout variables delegateSelectors",
    ),
    **_to("the pipeline", "notificationRules"),
}

OLDER: Final[Mapping[str, tuple[str, frozenset[str]]]] = {
    "serviceConfig": (
        "service and its serviceRef; the service has a definition of its own",
        frozenset(),
    ),
    "infrastructure": (
        "environment, with environmentRef and infrastructureDefinitions",
        frozenset({"environmentRef", "infrastructureDefinition", "useFromStage"}),
    ),
}
"""What the older form of a stage's spec says, where it is said now, and by which of its keys
it is known: where a build runs is called infrastructure to this day.

Harness took the older form from all accounts on 31 January 2023.
https://developer.harness.io/continuous-delivery/troubleshooting-and-resources/resources/upgrade-cd-v2
"""

EXECUTION: Final[Table] = _to(
    "the stage, beside spec", "failureStrategies when strategy timeout delegateSelectors variables"
)

GROUP: Final[Table] = {
    **_to("the group itself, without execution", "execution"),
    **_to("the group itself, without spec", "spec"),
    **_to("the pipeline", "notificationRules"),
}

STEP: Final[Table] = {
    **_to(
        "spec",
        # Any kind of step.
        "delegateSelectors outputVariables environmentVariables envVariables resources "
        "connectorRef image imagePullPolicy privileged runAsUser settings shell command source "
        "onDelegate executionTarget reports entrypoint portBindings uses with "
        # Scans, builds and uploads.
        "mode config target advanced ingestion auth tool sbom preExecution instance dockerfile "
        "context buildArgs labels optimize imageName registryRef repo region account bucket "
        "sourcePaths sourcePath key cacheFrom cacheTo remoteCacheImage caching archiveFormat "
        "baseImageConnectorRefs tags "
        # Deployment to ECS.
        "forceNewDeployment sameAsAlreadyRunningInstances skipApplicationScaling loadBalancer "
        "prodListener prodListenerRuleArn stageListener stageListenerRuleArn isTrafficShift "
        "stageTargetGroupArn doNotDownsizeOldService downsizeOldServiceDelayInSecs "
        "ecsTrafficShiftWrapper resizeStrategy newServiceInstanceCount newServiceInstanceUnit "
        "runTaskRequestDefinition taskDefinition "
        # Gates, messages and flags.
        "approvers approvalMessage approverInputs includePipelineExecutionHistory autoApproval "
        "isAutoRejectEnabled monitoredService policySets policySpec url method headers "
        "requestBody assertion to cc subject body feature instructions duration",
    ),
    **_to("spec.approvers", "minimumCount disallowPipelineExecutor userGroups"),
    **_to("spec.advanced", "fail_on_severity"),
    **_to("the stage, under spec.execution", "rollbackSteps"),
}

STEP_SPEC: Final[Table] = {
    **_to("the step, beside spec", "timeout failureStrategies when strategy enforce"),
    **_to("spec.approvers", "minimumCount disallowPipelineExecutor userGroups"),
    **_to("spec.advanced", "fail_on_severity"),
    **_to("spec.auth", "access_token"),
    **_to("spec.spec", "sensitivity deploymentTag trafficSplitPercentage"),
    **_to("spec.ecsTrafficShiftWrapper.spec", "weightPercentage"),
}

STAGE_CONDITION: Final[Table] = _to(
    "a step; the condition of a stage has pipelineStatus", "stageStatus"
)
STEP_CONDITION: Final[Table] = _to(
    "a stage; the condition of a step has stageStatus", "pipelineStatus"
)

FAILURE_STRATEGY: Final[Table] = _to("onFailure", "errors action")
ACTION: Final[Table] = _to(
    "spec of the action", "retryCount retryIntervals onRetryFailure timeout onTimeout"
)
NOTIFICATION_RULE: Final[Table] = {
    **_to("notificationMethod", "spec"),
    **_to("notificationMethod.spec", "webhookUrl userGroups recipients"),
}

OF_TYPE: Final[Mapping[str, Table]] = {
    "harness_service": _to("serviceDefinition.spec", "manifests artifacts configFiles variables"),
    "harness_infrastructure": _to("spec", "connectorRef region cluster namespace releaseName"),
    "harness_connector": _to(
        "spec",
        "credential auth authentication apiAccess region url delegateSelectors executeOnDelegate "
        "secretNamePrefix",
    ),
    "harness_secret": _to("spec", "secretManagerIdentifier valueType value"),
    "harness_trigger": {
        **_to("source", "spec pollInterval webhookId"),
        **_to("source.spec.spec.spec", "payloadConditions headerConditions jexlCondition actions"),
    },
    "harness_input_set": _to("pipeline", "stages variables properties"),
    "harness_template": _to(
        "spec", "stages steps execution failureStrategies when strategy timeout properties"
    ),
}
"""For the definitions other than pipelines, the tables of their first level."""

SERVICE_DEFINITION: Final[Table] = _to("spec", "manifests artifacts configFiles variables")

INFRASTRUCTURE_SPEC: Final[Table] = _to(
    "the infrastructure definition, beside spec",
    "allowSimultaneousDeployments environmentRef deploymentType",
)
