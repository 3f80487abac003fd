"""The parts that generated pipelines are made of: steps, groups and stages as Harness writes them.

NUMBER stands for the number of the pipeline and TEAM for the team's, until they are written.
"""

from __future__ import annotations

from typing import Any

Item = dict[str, Any]

_REGISTRY = {"connectorRef": "registry", "region": "eu-west-1", "account": "123456789012"}
_BACK = {"StageRollback": "StageRollback", "MarkAsFailure": "MarkAsFailure"}


def on_failure(action: str) -> list[Item]:
    """Return failure strategies that do the same whatever fails."""
    return [{"onFailure": {"errors": ["AllErrors"], "action": {"type": _BACK[action]}}}]


def step(identifier: str, type_: str, spec: Item, **more: Any) -> Item:
    """Return a step."""
    name = identifier.replace("_", " ")
    return {
        "step": {
            "identifier": identifier,
            "name": name,
            "type": type_,
            "timeout": "10m",
            "spec": spec,
            **more,
        }
    }


def run(identifier: str, command: str, *, reports: str = "", **more: Any) -> Item:
    """Return a step that runs a shell script, and takes its report where it writes one."""
    spec: Item = {"connectorRef": "docker_hub", "image": "python:3.11.13-slim-bookworm"}
    spec |= {"shell": "Sh", "command": command, **more}
    if reports:
        spec["reports"] = {"type": "JUnit", "spec": {"paths": [reports]}}
    return step(identifier, "Run", spec)


def group(identifier: str, *steps: Item, **more: Any) -> Item:
    """Return a group of steps."""
    return {
        "stepGroup": {"identifier": identifier, "name": identifier, "steps": list(steps), **more}
    }


def parallel(*nodes: Item) -> Item:
    """Return nodes that run side by side."""
    return {"parallel": list(nodes)}


def unit_tests(directory: str) -> Item:
    """Return the tests of one application, with their report and a threshold of coverage."""
    command = (
        f"set -eu\ncd {directory}\n"
        "python -m pip install --require-hashes -r requirements-test.lock\n"
        "python -m pytest tests --junitxml=reports/junit.xml --cov=workshop"
        " --cov-report=xml:reports/coverage.xml --cov-fail-under=90\n"
    )
    return run("test", command, reports=f"{directory}/reports/junit.xml")


def scan(identifier: str, type_: str, **spec: Any) -> Item:
    """Return a scan that stops at what is severe."""
    stops = {"log": {"level": "info"}, "fail_on_severity": "high"}
    return step(identifier, type_, {"mode": "orchestration", "advanced": stops, **spec})


def dependency_scan(directory: str) -> Item:
    """Return a search of dependencies for known vulnerabilities."""
    target = {
        "type": "repository",
        "detection": "manual",
        "name": directory,
        "variant": "<+codebase.commitSha>",
        "workspace": f"/harness/{directory}",
    }
    return scan("dependencies", "AquaTrivy", config="fs", target=target)


def code_scan() -> Item:
    """Return a search of the code for vulnerabilities."""
    token = '<+secrets.getValue("snyk_token")>'
    target = {"type": "repository", "detection": "auto"}
    return scan("code", "Snyk", config="code", target=target, auth={"access_token": token})


def image(identifier: str, directory: str, **variables: str) -> Item:
    """Return a step that builds an image, or publishes it, as its variables say."""
    spec = {
        **_REGISTRY,
        "imageName": "app-NUMBER/backend",
        "tags": ["build-<+codebase.commitSha>"],
        "context": directory,
        "dockerfile": f"{directory}/Dockerfile",
        "envVariables": variables,
    }
    return step(identifier, "BuildAndPushECR", spec)


def image_scan() -> Item:
    """Return a scan of the image that was built, before it is published."""
    target = {
        "type": "container",
        "detection": "manual",
        "name": "app-NUMBER/backend",
        "variant": "build-<+codebase.commitSha>",
        "workspace": "/harness/image-NUMBER.tar",
    }
    return scan(
        "image_scan", "AquaTrivy", config="default", target=target, image={"type": "local_archive"}
    )


def build_stage(identifier: str, *nodes: Item) -> Item:
    """Return a stage that builds."""
    pool = {"type": "Pool", "spec": {"poolName": "team-TEAM-build", "os": "Linux"}}
    spec = {
        "cloneCodebase": True,
        "platform": {"os": "Linux", "arch": "Amd64"},
        "infrastructure": {"type": "VM", "spec": pool},
        "execution": {"steps": list(nodes)},
    }
    return _stage(identifier, "CI", spec, "MarkAsFailure", delegateSelectors=["team-TEAM-build"])


def deployment(
    identifier: str, environment: str, nodes: list[Item], back: Item, **more: Any
) -> Item:
    """Return a stage that deploys."""
    place = {
        "environmentRef": environment,
        "deployToAll": False,
        "infrastructureDefinitions": [{"identifier": f"ecs_{environment}"}],
    }
    spec = {
        "deploymentType": "ECS",
        "service": {"serviceRef": "app_NUMBER"},
        "environment": place,
        "execution": {"steps": nodes, "rollbackSteps": [back]},
    }
    selectors = [f"team-TEAM-{environment}"]
    return _stage(
        identifier, "Deployment", spec, "StageRollback", delegateSelectors=selectors, **more
    )


def templated(identifier: str, template: str) -> Item:
    """Return a stage that a template of the project holds."""
    return {
        "stage": {
            "identifier": identifier,
            "name": identifier,
            "template": {"templateRef": template, "versionLabel": "v1"},
        }
    }


def _stage(identifier: str, type_: str, spec: Item, action: str, **more: Any) -> Item:
    return {
        "stage": {
            "identifier": identifier,
            "name": identifier.replace("_", " "),
            "type": type_,
            "spec": spec,
            "failureStrategies": on_failure(action),
            **more,
        }
    }
