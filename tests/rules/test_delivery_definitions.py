"""What is said of definitions that refer to what is not there."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import Finding
from assurance.model.unknown import UnknownValue
from assurance.rules.delivery_definitions import refers_to_files_only
from tests.harness_states import definition, harness_view
from tests.states import managed


def judged(*definitions: dict[str, Any], name: str, **options: Any) -> Finding:
    found = harness_view(*definitions, **options).delivery.definitions
    return refers_to_files_only(next(each for each in found if each.subject.id == name))


def pipeline(**values: Any) -> dict[str, Any]:
    return definition("harness_pipeline", {"identifier": "release", **values})


STAGE: dict[str, Any] = {
    "type": "Deployment",
    "spec": {
        "service": {"serviceRef": "backend"},
        "environment": {
            "environmentRef": "staging",
            "infrastructureDefinitions": [{"identifier": "cluster"}],
        },
    },
}
BACKEND = definition("harness_service", {"identifier": "backend"})
STAGING = definition("harness_environment", {"identifier": "staging"})
CLUSTER = definition("harness_infrastructure", {"identifier": "cluster"})


def test_a_pipeline_whose_references_are_files_holds() -> None:
    finding = judged(
        pipeline(stages=[{"stage": STAGE}]),
        BACKEND,
        STAGING,
        CLUSTER,
        name="harness_pipeline.release",
    )

    assert finding.holds
    assert finding.actual == "all it refers to is there (3 references)"


@pytest.mark.parametrize("wrap", [lambda stage: stage, lambda stage: {"parallel": [stage]}])
def test_a_missing_service_is_named_with_its_place(wrap: Any) -> None:
    finding = judged(
        pipeline(stages=[wrap({"stage": STAGE})]), STAGING, CLUSTER, name="harness_pipeline.release"
    )

    assert not finding.holds
    assert finding.actual.startswith("service backend (harness/pipelines/release.yaml:")
    assert finding.actual.endswith("is missing")


def test_what_is_in_another_scope_is_missing_but_pointed_to() -> None:
    account = definition("harness_connector", {"identifier": "github"}, scope={})
    step = {"step": {"spec": {"connectorRef": "github"}}}

    finding = judged(pipeline(stages=[step]), account, name="harness_pipeline.release")

    assert not finding.holds
    assert "has it in the account" in finding.actual


@pytest.mark.parametrize(
    ("text", "scope"), [("account.github", {}), ("org.github", {"org": "default"})]
)
def test_the_prefix_of_a_reference_says_where_to_look(text: str, scope: dict[str, str]) -> None:
    there = definition("harness_connector", {"identifier": "github"}, scope=scope)
    step = {"step": {"spec": {"connectorRef": text}}}

    finding = judged(pipeline(stages=[step]), there, name="harness_pipeline.release")

    assert finding.holds


def test_another_version_of_a_template_is_not_the_one_referred_to() -> None:
    template = definition("harness_template", {"identifier": "verify", "versionLabel": "1.0.0"})
    step = {"step": {"template": {"templateRef": "verify", "versionLabel": "2.0.0"}}}

    finding = judged(pipeline(stages=[step]), template, name="harness_pipeline.release")

    assert not finding.holds
    assert "template verify@2.0.0" in finding.actual
    assert "as version 1.0.0" in finding.actual


def test_a_secret_in_an_expression_is_a_reference() -> None:
    step = {"step": {"spec": {"command": 'scan --key <+secrets.getValue("scanner")>'}}}

    finding = judged(pipeline(stages=[step]), name="harness_pipeline.release")

    assert not finding.holds
    assert finding.actual.startswith("secret scanner (")


def test_a_connector_made_by_terraform_is_in_the_repository() -> None:
    step = {"step": {"spec": {"connectorRef": "aws"}}}
    aws = managed(
        "harness_platform_connector_aws.this",
        identifier="aws",
        org_id="default",
        project_id="workshop",
    )

    assert judged(pipeline(stages=[step]), terraform=(aws,), name="harness_pipeline.release").holds


def test_a_trigger_of_a_pipeline_nobody_wrote_down_is_incomplete() -> None:
    trigger = definition("harness_trigger", {"identifier": "push", "pipelineIdentifier": "build"})

    finding = judged(trigger, name="harness_trigger.push")

    assert not finding.holds
    assert finding.actual.startswith("pipeline build (")


def test_the_inputs_of_a_trigger_are_read() -> None:
    inputs = "pipeline:\n  stages:\n    - stage: {spec: {service: {serviceRef: gone}}}\n"
    trigger = definition("harness_trigger", {"identifier": "push", "inputYaml": inputs})

    assert "service gone" in judged(trigger, name="harness_trigger.push").actual


def test_a_file_of_a_service_must_be_there() -> None:
    store = {"type": "Harness", "spec": {"files": ["/manifests/task.yaml"]}}
    service = definition("harness_service", {"identifier": "backend", "manifest": {"store": store}})
    manifest = definition(
        "harness_manifest", {"family": "x"}, file="harness/files/manifests/task.yaml"
    )

    assert judged(service, manifest, name="harness_service.backend").holds
    assert not judged(service, name="harness_service.backend").holds


def test_what_an_expression_names_is_unknown_unless_inputs_give_it() -> None:
    chosen = pipeline(stages=[{"stage": {"spec": {"service": {"serviceRef": "<+input>"}}}}])
    inputs = definition(
        "harness_input_set",
        {
            "identifier": "usual",
            "pipeline": {
                "identifier": "release",
                "stages": [{"stage": {"spec": {"service": {"serviceRef": "backend"}}}}],
            },
        },
    )

    with pytest.raises(UnknownValue, match="when the pipeline runs"):
        judged(chosen, name="harness_pipeline.release")
    assert judged(chosen, inputs, BACKEND, name="harness_pipeline.release").holds
    assert not judged(chosen, inputs, name="harness_input_set.usual").holds


def test_what_every_account_has_needs_no_file() -> None:
    secret = definition(
        "harness_secret",
        {"identifier": "x", "spec": {"secretManagerIdentifier": "harnessSecretManager"}},
    )

    assert judged(secret, name="harness_secret.x").holds


def test_a_definition_without_references_holds() -> None:
    finding = judged(STAGING, name="harness_environment.staging")

    assert finding == Finding(holds=True, expected=finding.expected, actual="it refers to nothing")


def test_inputs_with_aliases_are_unknown() -> None:
    trigger = definition(
        "harness_trigger", {"identifier": "push", "inputYaml": "a: &x [1]\nb: *x\n"}
    )

    with pytest.raises(UnknownValue, match="aliases"):
        judged(trigger, name="harness_trigger.push")


def store(paths: list[str], connector: str = "git") -> dict[str, Any]:
    return {"type": "Github", "spec": {"connectorRef": connector, "paths": paths}}


GIT = definition("harness_connector", {"identifier": "git"})
TASK = definition("harness_manifest", {"family": "x"}, file="harness/manifests/task.yaml")


@pytest.mark.parametrize("key", ["taskDefinition", "runTaskRequestDefinition"])
@pytest.mark.parametrize(
    ("given", "missing"),
    [
        (store(["harness/manifests/task.yaml"]), ""),
        (store(["harness/manifests/gone.yaml"]), "file harness/manifests/gone.yaml"),
        (store(["harness/manifests/task.yaml"], "gone"), "connector gone"),
    ],
)
def test_what_a_step_runs_as_a_task_has_to_be_there(
    key: str, given: dict[str, Any], missing: str
) -> None:
    step = {"step": {"type": "EcsRunTask", "spec": {key: given}}}
    finding = judged(pipeline(stages=[step]), GIT, TASK, name="harness_pipeline.release")

    assert finding.holds is not bool(missing)
    assert finding.actual.startswith(missing)


def test_a_script_in_a_store_has_to_be_there() -> None:
    source = {"type": "Harness", "spec": {"file": "account:/scripts/gone.sh"}}
    step = {"step": {"type": "ShellScript", "spec": {"source": source}}}
    finding = judged(pipeline(stages=[step]), name="harness_pipeline.release")

    assert not finding.holds
    assert finding.actual.startswith("file account:/scripts/gone.sh")


def test_what_is_missing_may_stand_in_a_file_that_cannot_be_read() -> None:
    unread = definition("harness_file", {"fault": "not valid YAML"}, file="harness/backend.yaml")

    with pytest.raises(UnknownValue, match=r"service backend may be in .*harness/backend\.yaml"):
        judged(
            pipeline(stages=[{"stage": STAGE}]),
            STAGING,
            CLUSTER,
            unread,
            name="harness_pipeline.release",
        )
