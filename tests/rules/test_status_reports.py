"""What is said of deliveries that leave no trace where people look."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.readers.view import View
from assurance.rules import status_reports as rules
from tests.harness_states import definition, harness_view

STATUSES = "https://api.github.com/repos/shop/shop/statuses/<+pipeline.variables.commit>"
POST: dict[str, Any] = {
    "type": "Http",
    "identifier": "status",
    "spec": {"method": "POST", "url": STATUSES},
}


def run(command: str) -> dict[str, Any]:
    return {"type": "Run", "identifier": "status", "spec": {"command": command}}


def script(text: str) -> dict[str, Any]:
    source = {"type": "Inline", "spec": {"script": text}}
    return {"type": "ShellScript", "identifier": "status", "spec": {"source": source}}


def view(*steps: dict[str, Any], undo: tuple[dict[str, Any], ...] = (), **stage: Any) -> View:
    execution = {
        "steps": [{"step": step} for step in steps],
        "rollbackSteps": [{"step": step} for step in undo],
    }
    own = {"identifier": "s", "type": "Deployment", "spec": {"execution": execution}, **stage}
    return harness_view(
        definition("harness_pipeline", {"identifier": "cd", "stages": [{"stage": own}]})
    )


def succeeds(found: View) -> bool:
    return rules.reports_success(found.pipelines[0], found.delivery.status_reports).holds


def fails(found: View) -> bool:
    return rules.reports_failure(found.pipelines[0], found.delivery.status_reports).holds


@pytest.mark.parametrize(
    ("step", "reports"),
    [
        (POST, True),
        ({**POST, "spec": {**POST["spec"], "method": "GET"}}, False),
        ({**POST, "spec": {"method": "POST", "url": "https://shop.example/ping"}}, False),
        (run(f'curl -X POST "{STATUSES}" -d x'), True),
        (run(f"curl -X POST \\\n  {STATUSES} \\\n  -d x"), True),
        (run(f"# curl -X POST {STATUSES}"), False),
        (run("gh release create v1"), True),
        (run("curl https://gitlab.example/api/v4/projects/7/statuses/abc -d state=success"), True),
        (script(f"curl -d x {STATUSES}"), True),
        (script("echo done"), False),
        ({"type": "JiraUpdate", "identifier": "j", "spec": {}}, True),
        ({"type": "Wait", "identifier": "w", "spec": {"duration": "1m"}}, False),
    ],
)
def test_a_status_is_known_by_where_it_is_written(step: dict[str, Any], reports: bool) -> None:
    assert succeeds(view(step)) is reports


def test_a_status_on_the_way_forward_says_nothing_of_failures() -> None:
    found = view(POST)

    finding = rules.reports_failure(found.pipelines[0], found.delivery.status_reports)

    assert not finding.holds
    assert finding.actual == "no step sets a status where it would be seen"


def test_a_status_among_the_rollback_steps_says_nothing_of_success() -> None:
    found = view(undo=(POST,))

    assert fails(found)
    assert not succeeds(found)


@pytest.mark.parametrize(
    ("status", "success", "failure"),
    [("Success", True, False), ("Failure", False, True), ("All", True, True)],
)
def test_the_condition_of_a_stage_says_after_what_it_reports(
    status: str, success: bool, failure: bool
) -> None:
    found = view(POST, when={"pipelineStatus": status})

    assert succeeds(found) is success
    assert fails(found) is failure


def test_a_step_that_always_runs_reports_both() -> None:
    found = view({**POST, "when": {"stageStatus": "All"}})

    assert succeeds(found)
    assert fails(found)


def test_the_step_is_named() -> None:
    found = view(POST)

    finding = rules.reports_success(found.pipelines[0], found.delivery.status_reports)

    assert finding.actual == "done by cd/s/status"


def test_every_deployment_reports_its_own_failure() -> None:
    execution = {"steps": [], "rollbackSteps": [{"step": POST}]}
    told = {"identifier": "a", "type": "Deployment", "spec": {"execution": execution}}
    silent = {"identifier": "b", "type": "Deployment", "spec": {"execution": {"steps": []}}}
    stages = [{"stage": told}, {"stage": silent}]
    found = harness_view(definition("harness_pipeline", {"identifier": "cd", "stages": stages}))

    finding = rules.reports_failure(found.pipelines[0], found.delivery.status_reports)

    assert not finding.holds
    assert finding.actual == "not after a failure of cd/b"


def test_a_last_stage_that_runs_after_failures_reports_all_of_them() -> None:
    silent = {"identifier": "b", "type": "Deployment", "spec": {"execution": {"steps": []}}}
    last = {
        "identifier": "c",
        "type": "Custom",
        "when": {"pipelineStatus": "All"},
        "spec": {"execution": {"steps": [{"step": POST}]}},
    }
    stages = [{"stage": silent}, {"stage": last}]
    found = harness_view(definition("harness_pipeline", {"identifier": "cd", "stages": stages}))

    assert rules.reports_failure(found.pipelines[0], found.delivery.status_reports).holds
