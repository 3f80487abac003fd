"""Writes the delivery of an organisation of any size: teams of ten pipelines and what they use.

A team is a project: four pipelines that build and six that deliver, of ten stages each, three to
six steps in most of them, in groups, side by side and in templates, with approvals, failure
strategies and rollbacks. Identifiers of connectors, secrets and environments are the same in every
project, as they are where projects are made from one mould. Every tenth pipeline asks nobody before
production, so that paths have to be told as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from tests.bench.delivery_parts import (
    Item,
    build_stage,
    code_scan,
    dependency_scan,
    deployment,
    group,
    image,
    image_scan,
    on_failure,
    parallel,
    run,
    step,
    templated,
    unit_tests,
)

TEAM = 10
STAGES = 10
_BUILDING = 4
_DIRECTORY = "system_under_test/backend"
_OWNED = {"orgIdentifier": "bench", "projectIdentifier": "team_TEAM"}
_MAIN = '<+codebase.build.type> == "branch" && <+codebase.branch> == "main"'
_TOKEN = '<+secrets.getValue("mail_token")>'


def write_deliveries(directory: Path, pipelines: int) -> int:
    """Write so many pipelines with what they refer to; return how many steps they have."""
    moulds = [(kind, _text(_pipeline(kind))) for kind in range(TEAM)]
    project = [(name, _text(value)) for name, value in _project()]
    application = [(name, _text(value)) for name, value in _application()]
    for number in range(pipelines):
        team, kind = divmod(number, TEAM)
        home = directory / f"team_{team}"
        if kind == 0:
            _write(home, project, number, team)
        _write(home, [(f"pipelines/p_{number}", moulds[kind][1])], number, team)
        _write(home, [(f"{name}_{number}", text) for name, text in application], number, team)
    return sum(moulds[number % TEAM][1].count("- step:\n") for number in range(pipelines))


def _write(home: Path, texts: list[tuple[str, str]], number: int, team: int) -> None:
    for name, text in texts:
        file = home / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("NUMBER", str(number)).replace("TEAM", str(team)))


def _text(value: Item) -> str:
    return yaml.dump(value, Dumper=yaml.CSafeDumper, sort_keys=False)


def _pipeline(kind: int) -> Item:
    is_building = kind < _BUILDING
    stages = list(_building(kind)) if is_building else list(_delivering(kind))
    return {
        "pipeline": {
            "identifier": "p_NUMBER",
            "name": "p NUMBER",
            **_OWNED,
            "allowStageExecutions": False,
            "properties": {"ci": {"codebase": {"connectorRef": "github", "build": "<+input>"}}},
            "variables": [
                {"name": "image_tag", "type": "String", "required": True, "value": "<+input>"}
            ],
            "stages": stages,
            "notificationRules": [_rule("PipelineFailed"), _rule("PipelineSuccess")],
        }
    }


def _rule(event: str) -> Item:
    method = {"type": "Email", "spec": {"userGroups": [], "recipients": ["team@example.com"]}}
    return {
        "identifier": event,
        "name": event,
        "enabled": True,
        "pipelineEvents": [{"type": event}],
        "notificationMethod": method,
    }


def _building(kind: int) -> Iterator[Item]:
    """Yield stages that check the parts of an application, and one that publishes its image."""
    for part in range(STAGES - 1):
        directory = f"{_DIRECTORY}/part_{kind}_{part}"
        checks = group(f"checks_{part}", dependency_scan(directory), code_scan())
        lint = run("lint", f"set -eu\ncd {directory}\npython -m ruff check .\n")
        yield build_stage(f"part_{part}", parallel(unit_tests(directory), checks), lint)
    keep = {"PLUGIN_NO_PUSH": "true", "PLUGIN_TAR_PATH": "image-NUMBER.tar"}
    push = {"PLUGIN_PUSH_ONLY": "true", "PLUGIN_SOURCE_TAR_PATH": "image-NUMBER.tar"}
    condition = {"stageStatus": "Success", "condition": _MAIN}
    yield build_stage(
        "publish",
        parallel(unit_tests(_DIRECTORY), dependency_scan(_DIRECTORY), code_scan()),
        image("build", _DIRECTORY, **keep),
        image_scan(),
        group("publish", image("push", _DIRECTORY, **push), when=condition),
    )


def _delivering(kind: int) -> Iterator[Item]:
    """Yield stages that lead through staging and an approval into production."""
    condition = {"pipelineStatus": "Success", "condition": '<+pipeline.variables.more> == "yes"'}
    yield templated("policy", "policy")
    yield _deployment("staging", "staging", kind)
    yield parallel(templated("tests", "tests"), templated("scan", "scan"))
    yield _deployment("staging_again", "staging", kind, when=condition)
    asked = kind != TEAM - 1
    yield templated("approval", "approval") if asked else templated("approval", "policy")
    yield _deployment("production", "production", kind)
    yield _deployment("production_again", "production", kind, when=condition)
    yield build_stage("mark", run("tag", _MARK), run("told", 'set -eu\necho "marked NUMBER"\n'))
    yield templated("report", "report")


_MARK = """\
set -eu
for repository in app-NUMBER/backend; do
  manifest=$(aws ecr batch-get-image --repository-name "${repository}" --query images[0])
  aws ecr put-image --repository-name "${repository}" --image-tag verified-NUMBER
done
"""
_VERIFY = """\
set -eu
cd /harness/team_TEAM
VERDICT=0
tox run -e verify -- --environment <+env.identifier> --reports reports/NUMBER || VERDICT=$?
exit "$VERDICT"
"""


def _deployment(identifier: str, environment: str, kind: int, **more: object) -> Item:
    verification = run("judge", _VERIFY, reports="reports/NUMBER/junit.xml")
    verification["step"]["failureStrategies"] = on_failure("StageRollback")
    steps = [*_release(kind), group("verification", verification)]
    back = step("back", f"{'EcsRolling' if kind % 2 else 'EcsBlueGreen'}Rollback", {})
    return deployment(identifier, environment, steps, back, **more)


def _release(kind: int) -> list[Item]:
    pull = run("fetch", "set -eu\ncurl -fsS https://example.com/NUMBER/notes.txt -o notes.txt\n")
    watched = {"type": "Rolling", "spec": {"sensitivity": "MEDIUM", "duration": "10m"}}
    if kind % 2:
        deploy = step("deploy", "EcsRollingDeploy", {"sameAsAlreadyRunningInstances": True})
        return [pull, deploy, step("analysis", "Verify", watched)]
    listeners = {
        "loadBalancer": "<+env.variables.load_balancer>",
        "prodListener": "<+env.variables.serving>",
        "stageListener": "<+env.variables.trying>",
    }
    create = step("create", "EcsBlueGreenCreateService", listeners)
    swap = step("swap", "EcsBlueGreenSwapTargetGroups", {"doNotDownsizeOldService": False})
    return [pull, create, swap, step("analysis", "Verify", watched)]


def _project() -> Iterator[tuple[str, Item]]:
    """Yield what the pipelines of one team share."""
    for name, spec in _CONNECTORS.items():
        yield f"connectors/{name}", _entity("connector", name, **spec)
    for name in ("snyk_token", "mail_token", "github_key"):
        spec = {"secretManagerIdentifier": "aws_secrets", "valueType": "Reference", "value": name}
        yield f"secrets/{name}", _entity("secret", name, type="SecretText", spec=spec)
    for name, type_ in (("staging", "PreProduction"), ("production", "Production")):
        yield f"envs/{name}", _entity("environment", name, type=type_)
        place = {"connectorRef": "aws", "region": "eu-west-1", "cluster": f"team-TEAM-{name}"}
        more = {"environmentRef": name, "deploymentType": "ECS", "type": "ECS", "spec": place}
        yield f"infras/{name}", _entity("infrastructureDefinition", f"ecs_{name}", **more)
    for name, spec in _templates():
        found = _entity("template", name, versionLabel="v1", type="Stage", spec=spec)
        yield f"templates/{name}", found


def _templates() -> Iterator[tuple[str, Item]]:
    policies = {"policySets": ["releases"], "type": "Custom", "policySpec": {"payload": "{}"}}
    yield "policy", _custom("Custom", step("policy", "Policy", policies))
    approvers = {"userGroups": ["managers"], "minimumCount": 1, "disallowPipelineExecutor": True}
    asked = {"approvalMessage": "<+pipeline.variables.image_tag>", "approvers": approvers}
    yield "approval", _custom("Approval", step("ask", "HarnessApproval", asked))
    command = "set -eu\npython -m pytest tests/e2e --junitxml=reports/e2e.xml\n"
    tests = run("end_to_end", command, reports="reports/e2e.xml")
    yield "tests", _without(build_stage("tests", tests))
    attack = {
        "mode": "orchestration",
        "config": "standard",
        "target": {"type": "instance", "name": "team-TEAM", "variant": "x"},
        "instance": {"protocol": "https", "domain": "team-TEAM.example.com", "port": 443},
        "advanced": {"fail_on_severity": "high"},
    }
    yield "scan", _without(build_stage("scan", step("attack", "Zap", attack)))
    header = {"key": "Authorization", "value": f"Bearer {_TOKEN}"}
    told = {"method": "POST", "url": "https://api.example.com/status", "headers": [header]}
    mail = {"to": "team@example.com", "subject": "deployed", "body": "<+pipeline.executionUrl>"}
    yield "report", _custom("Custom", step("status", "Http", told), step("mail", "Email", mail))


def _custom(type_: str, *steps: Item) -> Item:
    spec = {"execution": {"steps": list(steps)}}
    return {"type": type_, "spec": spec, "failureStrategies": on_failure("MarkAsFailure")}


def _without(found: Item) -> Item:
    return {
        key: value for key, value in found["stage"].items() if key not in ("identifier", "name")
    }


def _application() -> Iterator[tuple[str, Item]]:
    """Yield what belongs to one pipeline: its service, its trigger and its input set."""
    source = {
        "identifier": "image",
        "type": "Ecr",
        "spec": {
            "connectorRef": "registry",
            "region": "eu-west-1",
            "imagePath": "app-NUMBER/backend",
            "tag": "<+pipeline.variables.image_tag>",
        },
    }
    artifacts = {"primary": {"primaryArtifactRef": "image", "sources": [source]}}
    definition = {"type": "ECS", "spec": {"manifests": [], "artifacts": artifacts}}
    yield "services/app", _entity("service", "app_NUMBER", serviceDefinition=definition)
    push = {"type": "Push", "spec": {"connectorRef": "github", "repoName": "app-NUMBER"}}
    webhook = {"type": "Webhook", "spec": {"type": "Github", "spec": push}}
    yield (
        "triggers/push",
        _entity(
            "trigger",
            "push_NUMBER",
            enabled=True,
            pipelineIdentifier="p_NUMBER",
            inputSetRefs=["main_NUMBER"],
            source=webhook,
        ),
    )
    variables = [{"name": "image_tag", "type": "String", "value": "build-1"}]
    inputs = {"identifier": "p_NUMBER", "variables": variables}
    yield "input_sets/main", _entity("inputSet", "main_NUMBER", pipeline=inputs)


def _entity(root: str, identifier: str, **more: object) -> Item:
    name = identifier.replace("_", " ")
    return {root: {"identifier": identifier, "name": name, **_OWNED, **more}}


_BY_DELEGATE = {"credential": {"type": "InheritFromDelegate", "region": "eu-west-1"}}
_SELECTED = {"delegateSelectors": ["team-TEAM-staging"], "executeOnDelegate": True}
_CONNECTORS: dict[str, Item] = {
    "aws": {"type": "Aws", "spec": {**_BY_DELEGATE, **_SELECTED}},
    "registry": {"type": "Aws", "spec": {**_BY_DELEGATE, **_SELECTED}},
    "aws_secrets": {
        "type": "AwsSecretManager",
        "spec": {"credential": {"type": "AssumeIAMRole"}, "region": "eu-west-1", **_SELECTED},
    },
    "docker_hub": {
        "type": "DockerRegistry",
        "spec": {
            "dockerRegistryUrl": "https://index.docker.io/v2/",
            "providerType": "DockerHub",
            "auth": {"type": "Anonymous"},
            **_SELECTED,
        },
    },
    "github": {
        "type": "Github",
        "spec": {
            "url": "https://github.com/example",
            "type": "Account",
            "authentication": {
                "type": "Http",
                "spec": {"type": "GithubApp", "spec": {"privateKeyRef": "github_key"}},
            },
            **_SELECTED,
        },
    },
}
