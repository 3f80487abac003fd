"""What is said of triggers that lose changes, or that anybody can fire."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import Finding
from assurance.model.unknown import UnknownValue
from assurance.readers.view import View
from assurance.rules import triggers as rules
from tests.harness_states import definition, harness_view

BUILD = {"properties": {"ci": {"codebase": {"build": "<+input>"}}}}
CODEBASE = "pipeline: {properties: {ci: {codebase: {build: {type: %s, spec: {%s}}}}}}"
BRANCH = CODEBASE % ("branch", "branch: <+trigger.branch>")
NUMBER = CODEBASE % ("PR", "number: <+trigger.prNumber>")
ACTIONS = ["Open", "Reopen", "Synchronize"]


def ci(**values: Any) -> dict[str, Any]:
    publish = {
        "step": {
            "identifier": "publish",
            "type": "BuildAndPushECR",
            "spec": {"imageName": "shop/backend", "tags": ["1"]},
        }
    }
    stage = {"identifier": "b", "type": "CI", "spec": {"execution": {"steps": [publish]}}}
    return definition(
        "harness_pipeline", {"identifier": "ci", **BUILD, "stages": [{"stage": stage}], **values}
    )


def webhook(
    event: str, inputs: str = BRANCH, provider: str = "Github", **changes: Any
) -> dict[str, Any]:
    settings = {key: changes.pop(key) for key in tuple(changes) if key in SETTINGS}
    spec = {"type": event, "spec": {"connectorRef": "git", "repoName": "shop", **settings}}
    values = {
        "identifier": event.lower(),
        "enabled": True,
        "pipelineIdentifier": "ci",
        "encryptedWebhookSecretIdentifier": "hook",
        "source": {"type": "Webhook", "spec": {"type": provider, "spec": spec}},
        "inputYaml": inputs,
    }
    return definition("harness_trigger", {**values, **changes})


SETTINGS = ("payloadConditions", "headerConditions", "jexlCondition", "actions")


def condition(key: str, operator: str, value: str) -> dict[str, str]:
    return {"key": key, "operator": operator, "value": value}


def on_push(*definitions: dict[str, Any]) -> Finding:
    view = harness_view(ci(), *definitions)
    return rules.starts_on_push(view.pipelines[0], view.delivery.triggers, branch="main")


def on_request(*definitions: dict[str, Any]) -> Finding:
    view = harness_view(ci(), *definitions)
    return rules.starts_on_pull_requests(view.pipelines[0], view.delivery.triggers, branch="main")


def test_a_push_trigger_without_filters_starts_ci() -> None:
    finding = on_push(webhook("Push"))

    assert finding.holds
    assert finding.actual == "started by harness_trigger.push"


def test_without_a_trigger_nothing_starts() -> None:
    assert on_push(webhook("PullRequest")).actual == "no trigger of this kind starts it"


@pytest.mark.parametrize(
    ("operator", "value", "holds"),
    [
        ("Equals", "main", True),
        ("Equals", "develop", False),
        ("NotEquals", "main", False),
        ("NotEquals", "gh-pages", True),
        ("In", "main, release/.*", True),
        ("In", "release/.*", False),
        ("NotIn", "main,develop", False),
        ("NotIn", "gh-pages", True),
        ("Regex", "^(main|release/.*)$", True),
        ("Regex", "release/.*", False),
        ("Regex", "(", False),
        ("StartsWith", "ma", True),
        ("EndsWith", "x", False),
        ("Contains", "ai", True),
        ("DoesNotContain", "ai", False),
    ],
)
def test_a_filter_on_the_branch_must_let_the_main_branch_through(
    operator: str, value: str, holds: bool
) -> None:
    finding = on_push(
        webhook("Push", payloadConditions=[condition("targetBranch", operator, value)])
    )

    assert finding.holds is holds
    assert holds or f"targetBranch {operator} {value}" in finding.actual


@pytest.mark.parametrize(
    ("operator", "value"), [("StartsWith", "src/"), ("NotEquals", "README.md"), ("Regex", "src/.*")]
)
def test_a_filter_on_paths_loses_changes(operator: str, value: str) -> None:
    finding = on_push(
        webhook("Push", payloadConditions=[condition("changedFiles", operator, value)])
    )

    assert not finding.holds
    assert f"it starts only where changedFiles {operator} {value}" in finding.actual


def test_a_filter_that_everything_passes_loses_nothing() -> None:
    every = condition("changedFiles", "Regex", ".*")

    assert on_push(webhook("Push", payloadConditions=[every])).holds


def test_a_filter_on_anything_else_is_unknown() -> None:
    other = condition("<+trigger.payload.sender.login>", "NotEquals", "robot")

    with pytest.raises(UnknownValue, match="whether every push meets"):
        on_push(webhook("Push", payloadConditions=[other]))


def test_a_known_fault_outweighs_an_unknown_filter() -> None:
    conditions = [
        condition("<+trigger.payload.sender.login>", "NotEquals", "robot"),
        condition("targetBranch", "Equals", "develop"),
    ]

    assert not on_push(webhook("Push", payloadConditions=conditions)).holds


def test_an_expression_as_condition_is_unknown() -> None:
    with pytest.raises(UnknownValue):
        on_push(webhook("Push", jexlCondition="<+trigger.payload.x> == 1"))


def test_a_header_that_only_names_the_event_loses_nothing() -> None:
    header = condition("<+trigger.header['X-GitHub-Event']>", "Equals", "push")

    assert on_push(webhook("Push", headerConditions=[header])).holds


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"enabled": False}, "it is not enabled"),
        ({"enabled": "false"}, "it is not enabled"),
        ({"encryptedWebhookSecretIdentifier": ""}, "its webhook is not authenticated"),
        ({"stagesToExecute": ["build"]}, "it runs only build"),
        ({"inputs": ""}, "its inputs do not say what is built"),
        ({"inputs": BRANCH.replace("<+trigger.branch>", "develop")}, "it builds branch develop"),
    ],
)
def test_each_way_of_not_building_a_push_is_named(change: dict[str, Any], fault: str) -> None:
    finding = on_push(webhook("Push", **change))

    assert not finding.holds
    assert fault in finding.actual


def test_one_trigger_without_fault_is_enough() -> None:
    lame = webhook("Push", identifier="lame", enabled=False)

    assert on_push(lame, webhook("Push")).holds


def test_a_trigger_of_another_pipeline_does_not_count() -> None:
    assert not on_push(webhook("Push", pipelineIdentifier="other")).holds


def test_the_build_may_come_from_an_input_set_or_an_overlay_of_them() -> None:
    usual = definition(
        "harness_input_set",
        {
            "identifier": "usual",
            "pipeline": {
                "identifier": "ci",
                "properties": {
                    "ci": {
                        "codebase": {
                            "build": {"type": "branch", "spec": {"branch": "<+trigger.branch>"}}
                        }
                    }
                },
            },
        },
    )
    overlay = definition(
        "harness_overlay_input_set",
        {"identifier": "all", "inputSetReferences": ["usual", "all"]},
    )

    assert on_push(usual, webhook("Push", "", inputSetRefs=["usual"])).holds
    assert on_push(usual, overlay, webhook("Push", "", inputSetRefs=["all"])).holds
    with pytest.raises(UnknownValue, match="is not in the repository"):
        on_push(webhook("Push", "", inputSetRefs=["usual"]))


def test_what_the_pipeline_itself_states_is_built() -> None:
    fixed = {"type": "branch", "spec": {"branch": "main"}}
    own = ci(properties={"ci": {"codebase": {"build": fixed}}})
    view = harness_view(own, webhook("Push", ""), webhook("PullRequest", "", actions=ACTIONS))
    triggers = view.delivery.triggers

    assert rules.starts_on_push(view.pipelines[0], triggers, branch="main").holds
    request = rules.starts_on_pull_requests(view.pipelines[0], triggers, branch="main")
    assert "it builds branch main instead of what changed" in request.actual


@pytest.mark.parametrize(
    ("provider", "event", "actions", "missing"),
    [
        ("Github", "PullRequest", ACTIONS, ""),
        ("Github", "PullRequest", [], ""),
        ("Github", "PullRequest", ["Open", "Synchronize"], "Reopen"),
        ("Github", "PullRequest", ["Open", "Reopen"], "Synchronize"),
        ("Gitlab", "MergeRequest", ["Open"], "Reopen, Sync"),
        ("Bitbucket", "PullRequest", ["Create", "Update"], ""),
        ("AzureRepo", "PullRequest", ["Update"], "Create"),
    ],
)
def test_a_pull_request_is_tested_when_it_opens_and_changes(
    provider: str, event: str, actions: list[str], missing: str
) -> None:
    finding = on_request(webhook(event, NUMBER, provider, actions=actions))

    assert finding.holds is (not missing)
    assert not missing or f"it does not listen to {missing}" in finding.actual


@pytest.mark.parametrize("key", ["sourceBranch", "targetBranch", "changedFiles"])
def test_every_pull_request_means_every_one(key: str) -> None:
    only = condition(key, "Equals", "main")

    assert not on_request(webhook("PullRequest", NUMBER, payloadConditions=[only])).holds


@pytest.mark.parametrize(
    ("trigger", "holds"),
    [
        (webhook("Push"), True),
        (webhook("Push", encryptedWebhookSecretIdentifier=""), False),
        (webhook("Push", provider="Harness", encryptedWebhookSecretIdentifier=""), True),
    ],
)
def test_only_a_sender_that_knows_a_secret_is_heard(trigger: dict[str, Any], holds: bool) -> None:
    assert rules.is_authenticated(harness_view(trigger).delivery.triggers[0]).holds is holds


@pytest.mark.parametrize(
    ("value", "holds"), [('<+secrets.getValue("hook")>', True), ("open sesame", False)]
)
def test_a_custom_webhook_must_hold_a_header_against_a_secret(value: str, holds: bool) -> None:
    header = condition("<+trigger.header['X-Token']>", "Equals", value)
    source = {"type": "Webhook", "spec": {"type": "Custom", "spec": {"headerConditions": [header]}}}
    view = harness_view(definition("harness_trigger", {"identifier": "t", "source": source}))

    assert rules.is_authenticated(view.delivery.triggers[0]).holds is holds


def deployer(**values: Any) -> dict[str, Any]:
    stage = {"identifier": "d", "type": "Deployment", "spec": {"execution": {"steps": []}}}
    return definition(
        "harness_pipeline", {"identifier": "cd", "stages": [{"stage": stage}], **values}
    )


def artifact(image: str = "shop/backend", **values: Any) -> dict[str, Any]:
    source = {"type": "Artifact", "spec": {"type": "Ecr", "spec": {"imagePath": image}}}
    return definition(
        "harness_trigger",
        {"identifier": "image", "pipelineIdentifier": "cd", "source": source, **values},
    )


def completion(event: str = "PipelineSuccess", of: str = "ci") -> dict[str, Any]:
    spec = {"eventType": event, "payloadConditions": [condition("sourcePipeline", "Equals", of)]}
    source = {"type": "SystemEvent", "spec": {"type": "Pipeline", "spec": spec}}
    return definition(
        "harness_trigger", {"identifier": "end", "pipelineIdentifier": "cd", "source": source}
    )


def followed(view: View) -> Finding:
    pipeline = next(found for found in view.pipelines if found.identifier == "ci")
    deploying = rules.Deploying(view.delivery.cd_pipelines, view.delivery.triggers)
    return rules.is_followed_by(pipeline, deploying)


@pytest.mark.parametrize(
    ("trigger", "holds", "why"),
    [
        (artifact(), True, "followed through harness_trigger.image"),
        (artifact(image="shop/other"), False, "no trigger of a CD pipeline waits for it"),
        (artifact(enabled=False), False, "it is not enabled"),
        (artifact(stagesToExecute=["production"]), False, "it runs only production"),
        (artifact(pipelineIdentifier="ci"), False, "no trigger of a CD pipeline"),
        (completion(), True, "followed through harness_trigger.end"),
        (completion(event="PipelineFailure"), False, "it waits for a failure"),
        (completion(of="other"), False, "no trigger of a CD pipeline waits for it"),
    ],
)
def test_ci_is_followed_by_cd_through_an_image_or_its_end(
    trigger: dict[str, Any], holds: bool, why: str
) -> None:
    finding = followed(harness_view(ci(), deployer(), trigger))

    assert finding.holds is holds
    assert why in finding.actual


def test_a_stage_that_runs_another_pipeline_follows_too() -> None:
    chained = {"identifier": "go", "type": "Pipeline", "spec": {"pipeline": "cd"}}
    stages = [*ci()["values"]["stages"], {"stage": chained}]

    finding = followed(harness_view(ci(stages=stages), deployer()))

    assert finding.holds


def test_a_pipeline_of_another_project_of_that_name_does_not_follow() -> None:
    far = {**artifact(), "scope": {"org": "default", "project": "other"}}

    assert not followed(harness_view(ci(), deployer(), far)).holds
