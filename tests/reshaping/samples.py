"""A delivery small enough to read, with everything in it that a reshape has to carry along."""

from __future__ import annotations

from typing import Any

import yaml

from assurance.reshaping.definitions import Definition, Definitions

CI = """
identifier: shop_ci
name: shop ci
orgIdentifier: default
projectIdentifier: shop
properties: {ci: {codebase: {connectorRef: github, build: <+input>}}}
notificationRules:
  - name: failed
    identifier: failed
    enabled: true
    pipelineEvents: [{type: PipelineFailed}, {type: StageFailed, forStages: [build]}]
    notificationMethod: {type: Email, spec: {userGroups: [developers, owners], recipients: []}}
  - name: succeeded
    identifier: succeeded
    enabled: true
    pipelineEvents: [{type: PipelineSuccess}]
    notificationMethod: {type: Slack, spec: {webhookUrl: '<+secrets.getValue("slack")>'}}
stages:
  - stage:
      identifier: build
      name: build
      type: CI
      spec:
        cloneCodebase: true
        execution:
          steps:
            - parallel:
                - step:
                    {identifier: unit, name: unit, type: Run, timeout: 10m, spec: {command: pytest}}
                - step:
                    {identifier: jest, name: jest, type: Run, timeout: 1h, spec: {command: jest}}
            - stepGroup:
                identifier: images
                name: images
                steps:
                  - step:
                      identifier: archive
                      name: archive
                      type: Run
                      timeout: 20m
                      spec: {command: make archive, outputVariables: [{name: path}]}
                  - step:
                      identifier: scan
                      name: scan
                      type: AquaTrivy
                      timeout: 10m
                      spec:
                        mode: orchestration
                        image:
                          name: <+execution.steps.images.steps.archive.output.outputVariables.path>
                        advanced: {fail_on_severity: high}
            - step:
                identifier: publish
                name: publish
                type: BuildAndPushECR
                timeout: 20m
                failureStrategies:
                  - onFailure: {errors: [AllErrors], action: {type: MarkAsFailure}}
                spec: {connectorRef: aws, imageName: shop, tags: [<+codebase.commitSha>]}
      failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: MarkAsFailure}}}]
"""

CD = """
identifier: shop_cd
name: shop cd
orgIdentifier: default
projectIdentifier: shop
variables:
  - {name: tag, type: String, value: <+input>}
  - {name: region, type: String, value: eu-west-1}
stages:
  - stage:
      identifier: staging
      name: staging
      type: Deployment
      delegateSelectors: [ecs, eu]
      spec:
        deploymentType: ECS
        service: {serviceRef: shop}
        environment: {environmentRef: staging, infrastructureDefinitions: [{identifier: ecs}]}
        execution:
          steps:
            - step: {identifier: roll, name: roll, type: EcsRollingDeploy, timeout: 20m, spec: {}}
            - stepGroup:
                identifier: checks
                name: checks
                steps:
                  - step:
                      identifier: integration
                      name: integration
                      type: ShellScript
                      timeout: 15m
                      spec: {source: {type: Inline, spec: {script: pytest}}}
                  - step:
                      identifier: note
                      name: note
                      type: Email
                      timeout: 1m
                      when: {stageStatus: All}
                      spec: {body: <+execution.steps.roll.status>}
          rollbackSteps:
            - step: {identifier: back, name: back, type: EcsRollingRollback, timeout: 20m, spec: {}}
      failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: StageRollback}}}]
  - stage:
      identifier: approval
      name: approval
      type: Approval
      spec:
        execution:
          steps:
            - step:
                identifier: approve
                name: approve
                type: HarnessApproval
                timeout: 1d
                spec:
                  approvalMessage: <+pipeline.stages.staging.spec.execution.steps.roll.output.image>
                  includePipelineExecutionHistory: true
                  approvers: {userGroups: [owners], minimumCount: 1, disallowPipelineExecutor: true}
      failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: Abort}}}]
  - stage:
      identifier: production
      name: production
      type: Deployment
      delegateSelectors: [ecs]
      spec:
        deploymentType: ECS
        service: {useFromStage: {stage: staging}}
        environment: {environmentRef: production, infrastructureDefinitions: [{identifier: ecs}]}
        execution:
          steps:
            - step:
                identifier: roll
                name: roll
                type: EcsRollingDeploy
                timeout: <+input>.default(20m)
                spec: {}
            - step:
                identifier: verify
                name: verify
                template:
                  templateRef: suite
                  versionLabel: "1"
                  templateInputs: {type: ShellScript, timeout: 30m}
          rollbackSteps:
            - step: {identifier: back, name: back, type: EcsRollingRollback, timeout: 20m, spec: {}}
      failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: StageRollback}}}]
"""

SUITE = """
identifier: suite
name: suite
versionLabel: "1"
type: Step
spec:
  type: ShellScript
  timeout: <+input>
  spec: {source: {type: Inline, spec: {script: tox run -e verify}}}
"""

INPUTS = """
identifier: release
name: release
pipeline:
  identifier: shop_cd
  variables: [{name: tag, type: String, value: "1"}]
  stages:
    - stage:
        identifier: production
        type: Deployment
        spec:
          execution:
            steps: [{step: {identifier: roll, type: EcsRollingDeploy, timeout: 25m}}]
"""

TRIGGER = """
identifier: push
name: push
pipelineIdentifier: shop_ci
source: {type: Webhook}
inputYaml: |
  pipeline:
    identifier: shop_ci
    properties: {ci: {codebase: {build: {type: branch}}}}
"""

SOURCES = (
    ("pipeline", CI),
    ("pipeline", CD),
    ("template", SUITE),
    ("input_set", INPUTS),
    ("trigger", TRIGGER),
)


def definition(kind: str, text: str, file: str = "") -> Definition:
    """One definition from what stands under its root key."""
    values: dict[str, Any] = yaml.safe_load(text)
    return Definition(kind=kind, values=values, file=file or f"{kind}/{values['identifier']}.yaml")


def delivery() -> Definitions:
    """CI, CD, a template, an input set and a trigger."""
    return tuple(definition(kind, text) for kind, text in SOURCES)
