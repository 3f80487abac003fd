"""What is said of pipelines that nobody answers for."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import Finding
from assurance.model.repositories import Repository
from assurance.model.unknown import UnknownValue, unknown
from assurance.readers.governance import approvals_of
from assurance.rules import governance as rules
from tests.harness_states import definition, harness_view
from tests.states import managed

LIVE = definition("harness_environment", {"identifier": "live", "type": "Production"})
POLICY: dict[str, Any] = {
    "identifier": "rules",
    "type": "Policy",
    "spec": {"policySets": ["releases"]},
}
DEPLOY: dict[str, Any] = {"identifier": "deploy", "type": "EcsRollingDeploy", "spec": {}}


def approval(*groups: str, kind: str = "HarnessApproval") -> dict[str, Any]:
    return {"identifier": "a", "type": kind, "spec": {"approvers": {"userGroups": list(groups)}}}


def stage(name: str, type_: str, *steps: dict[str, Any], **spec: Any) -> dict[str, Any]:
    execution = {"steps": [{"step": step} for step in steps]}
    return {"stage": {"identifier": name, "type": type_, "spec": {"execution": execution, **spec}}}


def production(*steps: dict[str, Any]) -> dict[str, Any]:
    return stage("live", "Deployment", *steps, environment={"environmentRef": "live"})


def pipeline(*stages: dict[str, Any]) -> dict[str, Any]:
    return definition("harness_pipeline", {"identifier": "cd", "stages": list(stages)})


def approved(*groups: str, **kind: str) -> Finding:
    view = harness_view(pipeline(stage("gate", "Approval", approval(*groups, **kind))))
    (step,) = approvals_of(view.pipelines)
    return rules.names_its_approvers(step)


@pytest.mark.parametrize(
    ("groups", "holds", "actual"),
    [
        (("release_managers",), True, "release_managers may approve"),
        (("org.release_managers", "operators"), True, "org.release_managers, operators may"),
        ((), False, "no group is named"),
        (("_project_all_users",), False, "everybody may approve"),
        (("operators", "account._account_all_users"), False, "everybody may approve"),
    ],
)
def test_who_approves_is_named(groups: tuple[str, ...], holds: bool, actual: str) -> None:
    finding = approved(*groups)

    assert finding.holds is holds
    assert actual in finding.actual


def test_who_approves_in_another_product_is_unknown() -> None:
    with pytest.raises(UnknownValue, match=r"decided outside \(JiraApproval\)"):
        approved(kind="JiraApproval")


def held(*stages: dict[str, Any], terraform: tuple[dict[str, Any], ...] = ()) -> bool:
    view = harness_view(pipeline(*stages), LIVE, terraform=terraform)
    return rules.enforces_policies(view.pipelines[0], view.delivery.policy_sets).holds


@pytest.mark.parametrize(
    ("stages", "holds"),
    [
        ((stage("policy", "Custom", POLICY), production(DEPLOY)), True),
        ((production(POLICY, DEPLOY),), True),
        ((production({**DEPLOY, "enforce": {"policySets": ["releases"]}}),), False),
        (
            (
                stage("x", "Custom", {**approval("a"), "enforce": {"policySets": ["b"]}}),
                production(DEPLOY),
            ),
            True,
        ),
        ((production(DEPLOY),), False),
        ((production(DEPLOY, POLICY),), False),
        (({"parallel": [stage("policy", "Custom", POLICY), production(DEPLOY)]},), False),
        ((stage("p", "Custom", {**POLICY, "spec": {"policySets": []}}), production(DEPLOY)), False),
    ],
)
def test_policies_come_before_production(stages: tuple[dict[str, Any], ...], holds: bool) -> None:
    assert held(*stages) is holds


def policy_set(**changes: Any) -> dict[str, Any]:
    values = {
        "type": "pipeline",
        "action": "onrun",
        "enabled": True,
        "policies": [{"identifier": "p", "severity": "error"}],
    }
    return managed("harness_platform_policyset.it", **{**values, **changes})


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({}, True),
        ({"action": "onsave"}, True),
        ({"action": "onstep"}, False),
        ({"enabled": False}, False),
        ({"type": "connector"}, False),
        ({"policies": [{"identifier": "p", "severity": "warning"}]}, False),
        ({"policies": [{"identifier": "p"}]}, False),
        ({"policies": []}, False),
        ({"policies": [], "policy_references": [{"severity": "error"}]}, True),
    ],
)
def test_a_policy_set_of_the_project_holds_every_run(changes: dict[str, Any], holds: bool) -> None:
    assert held(production(DEPLOY), terraform=(policy_set(**changes),)) is holds


def test_a_pipeline_is_stored_in_git_when_git_keeps_its_file() -> None:
    found = harness_view(pipeline()).pipelines[0]
    file = found.subject.location.file

    assert rules.is_stored_in_git(found, Repository(files=frozenset({file}), is_git=True)).holds
    away = rules.is_stored_in_git(found, Repository(files=frozenset(), is_git=True))
    assert away.actual == f"git does not keep {file}"


def test_without_git_nobody_knows_what_it_keeps() -> None:
    found = harness_view(pipeline()).pipelines[0]
    repository: Repository = unknown("not listed")

    with pytest.raises(UnknownValue, match="no working tree"):
        rules.is_stored_in_git(found, Repository(files=frozenset(), is_git=False))
    with pytest.raises(UnknownValue, match="not listed"):
        rules.is_stored_in_git(found, repository)
