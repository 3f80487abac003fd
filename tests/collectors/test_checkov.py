"""The collector of checkov's verdicts: what is unknown, what is an error, what it calls things."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assurance.collectors.checkov import CheckovRequest, Evaluated, start_checkov
from assurance.collectors.checkov.bite import case_of, derive_cases, prove_policies, unproven
from assurance.collectors.checkov.definitions import Entry, render
from assurance.collectors.checkov.expressions import Kind, kind_of
from assurance.collectors.checkov.skips import Skips
from assurance.errors import NotCollected

POLICIES = Path(__file__).parents[2] / "policies" / "terraform"


def request(system: Path, **more: Any) -> CheckovRequest:
    return CheckovRequest(system=system, directories=(system,), external_checks=(POLICIES,), **more)


def outcomes(body: dict[str, Any], policy: str) -> dict[str, str]:
    return {row["resource"]: row["outcome"] for row in body["results"] if row["policy"] == policy}


def resource(address: str, **values: Any) -> dict[str, Any]:
    kind, name = address.split(".")[-2:]
    return {
        "address": address,
        "mode": "managed",
        "type": kind,
        "name": name,
        "values": values,
        "existence": "known",
        "lifecycle": {},
        "file": "main.tf",
        "line": 1,
        "end_line": 3,
        "calls": [],
    }


def evaluated(*resources: dict[str, Any]) -> Evaluated:
    return Evaluated(environment="production", body={"root": ".", "resources": list(resources)})


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One scan of a system that has a module, something unresolved, a skip and a broken file."""
    system = tmp_path_factory.mktemp("system")
    (system / "store").mkdir()
    (system / "store" / "main.tf").write_text(
        'variable "encrypted" {}\n'
        'resource "aws_db_instance" "this" {\n  storage_encrypted = var.encrypted\n}\n'
        'resource "aws_db_instance" "plain" {\n  storage_encrypted = false\n}\n'
    )
    (system / "main.tf").write_text(
        'variable "unset" {\n  type = bool\n}\n'
        'module "store" {\n  source    = "./store"\n  encrypted = true\n}\n'
        'resource "aws_db_instance" "unclear" {\n  storage_encrypted = var.unset\n}\n'
        'resource "aws_db_instance" "excused" {\n'
        "  #checkov:skip=CKV_AWS_16:holds nothing\n  storage_encrypted = false\n}\n"
        'resource "aws_db_instance" "copies" {\n  count = 2\n  storage_encrypted = true\n}\n'
    )
    (system / "broken").mkdir()
    (system / "broken" / "main.tf").write_text('resource "aws_vpc" "x" {\n')
    return start_checkov(request(system, expected=("CKV_AWS_16", "CKV_NOBODY_1"))).result()


def test_resources_have_terraforms_addresses_and_paths_from_the_system(
    source: dict[str, Any],
) -> None:
    found = {
        (row["resource"], row["file"], row["root"])
        for row in source["results"]
        if row["policy"] == "CKV_AWS_16"
    }

    assert ("module.store.aws_db_instance.this", "store/main.tf", ".") in found
    assert ("aws_db_instance.copies[0]", "main.tf", ".") in found


def test_a_verdict_on_what_was_not_resolved_is_unknown_and_says_what(
    source: dict[str, Any],
) -> None:
    assert outcomes(source, "CKV_AWS_16") == {
        "module.store.aws_db_instance.this": "pass",
        "module.store.aws_db_instance.plain": "fail",
        "aws_db_instance.unclear": "unknown",
        "aws_db_instance.excused": "skipped",
        "aws_db_instance.copies[0]": "pass",
        "aws_db_instance.copies[1]": "pass",
    }
    why = {
        row["resource"]: row["why"] for row in source["results"] if row["policy"] == "CKV_AWS_16"
    }
    assert "storage_encrypted is var.unset" in why["aws_db_instance.unclear"]
    assert why["aws_db_instance.excused"] == "holds nothing"


def test_what_does_not_parse_and_what_is_not_loaded_are_errors(source: dict[str, Any]) -> None:
    assert [error["file"] for error in source["errors"]] == ["", "broken/main.tf"]
    assert "CKV_NOBODY_1" in source["errors"][0]["summary"]


def test_an_empty_directory_is_an_error(tmp_path: Path) -> None:
    body = start_checkov(request(tmp_path)).result()

    assert [error["summary"] for error in body["errors"]] == ["there is no Terraform resource here"]


def test_a_policy_that_cannot_be_imported_is_an_error_with_file_and_reason(tmp_path: Path) -> None:
    policies, system = tmp_path / "policies", tmp_path / "system"
    policies.mkdir()
    system.mkdir()
    (policies / "__init__.py").touch()
    (policies / "lost.py").write_text('import nowhere_to_be_found\n\nid = "CKV_LOST_1"\n')
    (policies / "twice.yaml").write_text("metadata:\n  id: CKV_LOST_2\n")
    (system / "main.tf").write_text('resource "aws_vpc" "x" {}\n')

    body = start_checkov(
        CheckovRequest(system=system, directories=(system,), external_checks=(policies,))
    ).result()

    told = {(error["file"], error["summary"]) for error in body["errors"]}
    assert ("policies/lost.py", "the policy CKV_LOST_1 did not load") in told
    assert ("policies/twice.yaml", "the policy CKV_LOST_2 did not load") in told
    assert any("nowhere_to_be_found" in summary for _, summary in told)


def test_an_interpreter_without_checkov_is_said_in_one_sentence(tmp_path: Path) -> None:
    impostor = tmp_path / "python"
    impostor.write_text("#!/bin/sh\necho 'No module named checkov' >&2\nexit 1\n")
    impostor.chmod(0o755)

    with pytest.raises(NotCollected, match="No module named checkov"):
        start_checkov(request(tmp_path, interpreter=impostor)).result()


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("evaluated")
    (directory / "main.tf").write_text(
        'resource "aws_db_instance" "excused" {\n  #checkov:skip=CKV_AWS_16:holds nothing\n}\n'
    )
    return directory


SERVICE = resource("module.app.aws_ecs_service.app", name="app", enable_execute_command=False)
TARGET = resource("module.app.aws_appautoscaling_target.app", resource_id="service/main/app")
TASK = resource(
    "aws_ecs_task_definition.app",
    container_definitions=[{"name": "app", "image": "app:1", "user": "10001"}],
)
BUCKET = resource("aws_s3_bucket.logs", bucket="logs")
POLICY = resource(
    "aws_s3_bucket_policy.logs",
    bucket="${aws_s3_bucket.logs.id}",
    policy={
        "Statement": [{"Effect": "Deny", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]
    },
)
LATER = resource("aws_db_instance.later", storage_encrypted={"$unknown": "var.encrypted"})
UNKNOWN = {**LATER, "line": 9, "end_line": 11}
EXCUSED = resource("aws_db_instance.excused", storage_encrypted=False)


@pytest.fixture(scope="module")
def whole() -> Evaluated:
    return evaluated(SERVICE, TARGET, TASK, BUCKET, POLICY, UNKNOWN, EXCUSED)


@pytest.fixture(scope="module")
def body(system: Path, whole: Evaluated) -> dict[str, Any]:
    return start_checkov(request(system)).result([whole])


def test_evaluated_values_are_judged_with_their_connections(body: dict[str, Any]) -> None:
    assert outcomes(body, "CKV2_ASSURE_1") == {"module.app.aws_ecs_service.app": "pass"}
    assert outcomes(body, "CKV2_ASSURE_8") == {"aws_s3_bucket.logs": "pass"}
    assert outcomes(body, "CKV_ASSURE_6") == {"aws_ecs_task_definition.app": "pass"}
    assert outcomes(body, "CKV_ASSURE_8") == {"aws_ecs_task_definition.app": "fail"}


def test_an_unknown_value_makes_the_outcome_unknown_for_its_reason(body: dict[str, Any]) -> None:
    rows = {row["resource"]: row for row in body["results"] if row["policy"] == "CKV_AWS_16"}

    assert rows["aws_db_instance.later"]["outcome"] == "unknown"
    assert "var.encrypted" in rows["aws_db_instance.later"]["why"]
    assert rows["aws_db_instance.excused"]["outcome"] == "skipped"
    assert rows["aws_db_instance.excused"]["why"] == "holds nothing"


def test_rows_say_whose_they_are_and_are_sorted(body: dict[str, Any]) -> None:
    assert {row["environment"] for row in body["results"]} == {"production"}
    assert [row["policy"] for row in body["results"]] == sorted(
        row["policy"] for row in body["results"]
    )
    assert body["types"]["CKV2_ASSURE_1"] == ["aws_ecs_service"]
    assert "aws_db_instance" in body["types"]["CKV_AWS_16"]


def test_the_same_evidence_comes_out_twice(
    system: Path, whole: Evaluated, body: dict[str, Any]
) -> None:
    again = start_checkov(request(system)).result([whole])

    assert json.dumps(again, sort_keys=True) == json.dumps(body, sort_keys=True)


def test_the_key_of_the_cache_follows_the_values(system: Path, whole: Evaluated) -> None:
    other = evaluated(SERVICE)

    assert request(system).cache_key([whole]) == request(system).cache_key([whole])
    assert request(system).cache_key([whole]) != request(system).cache_key([other])


def test_a_policy_is_proven_by_what_it_says_of_broken_copies(
    system: Path, whole: Evaluated, body: dict[str, Any]
) -> None:
    policies = ("CKV2_ASSURE_1", "CKV2_ASSURE_8", "CKV_ASSURE_6", "CKV_AWS_334", "CKV_AWS_28")

    cases = derive_cases([whole], body["results"], policies)
    trials = prove_policies(request(system), cases)

    assert unproven(policies, trials) == {
        "CKV_AWS_28": "it passes nothing in this system, so nothing could be broken",
        "CKV_AWS_334": unproven(policies, trials)["CKV_AWS_334"],
    }
    assert "none caught" in unproven(policies, trials)["CKV_AWS_334"]


def test_a_counterexample_is_caught_by_the_policy_that_it_names(
    system: Path, whole: Evaluated, body: dict[str, Any]
) -> None:
    broken = evaluated(SERVICE, TASK, BUCKET, POLICY)

    case = case_of("1", "no scaling target", ["CKV2_ASSURE_1"], whole, broken, body["results"])
    trials = prove_policies(request(system), (case,))

    assert [(trial.policy, trial.tried, trial.caught) for trial in trials] == [
        ("CKV2_ASSURE_1", True, ("module.app.aws_ecs_service.app",))
    ]


def test_a_name_is_turned_back_into_a_connection_and_an_unknown_into_a_variable() -> None:
    entries = [
        Entry(
            scope="s",
            address="aws_ecr_repository.a",
            mode="managed",
            type="aws_ecr_repository",
            values={"name": "app"},
        ),
        Entry(
            scope="s",
            address="aws_ecr_lifecycle_policy.a",
            mode="managed",
            type="aws_ecr_lifecycle_policy",
            values={"repository": "app", "policy": {"$unknown": "known after apply"}},
        ),
    ]

    rendered = render(entries)

    (lifecycle, repository) = rendered.batches[0]["resource"]
    assert repository["aws_ecr_repository"]["r1"]["name"] == ["app"]
    policy = lifecycle["aws_ecr_lifecycle_policy"]["r0"]
    assert policy["repository"] == ["aws_ecr_repository.r1.name"]
    assert rendered.reasons == {policy["policy"][0]: "known after apply"}


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("plain", Kind.KNOWN),
        (True, Kind.KNOWN),
        ("aws_kms_key.data.arn", Kind.REFERENCE),
        ('module.x["a"].thing', Kind.EXPRESSION),
        ("data.aws_iam_policy_document.app.json", Kind.DOCUMENT),
        ("arn:aws:s3:::${aws_s3_bucket.logs.id}/*", Kind.KNOWN),
        ("arn:aws:s3:::${var.name}/*", Kind.EXPRESSION),
        ("var.name", Kind.EXPRESSION),
        ('file("policy.json")', Kind.EXPRESSION),
        ("local.on ? 1 : 0", Kind.EXPRESSION),
    ],
)
def test_what_checkov_left_standing_is_told_from_a_value(value: object, kind: Kind) -> None:
    assert kind_of(value, evaluated=False) is kind


def test_text_that_terraform_evaluated_is_text() -> None:
    assert kind_of("fetch('x').then(r => r ? 0 : 1)", evaluated=True) is Kind.KNOWN
    assert kind_of("var.unknown_3", evaluated=True) is Kind.EXPRESSION


def test_a_skip_in_the_call_of_a_module_counts_for_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        'module "a" {\n  source = "./a"\n  #checkov:skip=CKV_AWS_1:known\n}\n'
        'module "b" {\n  source = "./b"\n}\n'
    )

    inside = {
        "calls": [{"module": "module.a", "file": "main.tf", "line": 1}],
        "file": "",
        "line": 0,
    }
    other = {"calls": [{"module": "module.b", "file": "main.tf", "line": 5}], "file": "", "line": 0}

    assert Skips(tmp_path).of(inside) == {"CKV_AWS_1": "known"}
    assert Skips(tmp_path).of(other) == {}
