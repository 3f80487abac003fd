"""checkov on definitions and Dockerfiles: every entity has a row, and silence is no pass."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assurance.collectors.checkov import CheckovRequest, Written, start_checkov, written
from assurance.collectors.checkov.bite import prove_policies, unproven
from assurance.collectors.checkov.written_cases import break_written
from assurance.collectors.checkov.written_mutations import broken_texts, broken_values
from assurance.collectors.docker import DockerRequest, ImageRequest, collect_dockerfiles
from assurance.collectors.harness import HarnessRequest, collect_harness

POLICIES = Path(__file__).parents[2] / "policies"
SECRET = """secret:
  identifier: {name}
  name: {name}
  type: SecretText
  spec:
    secretManagerIdentifier: {manager}
    valueType: Reference
    value: shop/token
"""
STATIC_KEYS = """connector:
  identifier: aws
  name: aws
  type: Aws
  spec:
    # checkov:skip=CKV_ASSURE_56:until the role is there
    credential: {type: ManualConfig}
    delegateSelectors: [build]
"""


def request(system: Path, *frameworks: Path, expected: tuple[str, ...] = ()) -> CheckovRequest:
    chosen = frameworks or (POLICIES / "harness", POLICIES / "docker")
    return CheckovRequest(system=system, directories=(), external_checks=chosen, expected=expected)


def entities(system: Path) -> tuple[Written, ...]:
    images = tuple(
        ImageRequest(application=name, role=name, dockerfile=system / name, context=system)
        for name in ("backend", "frontend")
    )
    return written(
        (
            collect_harness(HarnessRequest(system=system, directories=(system,), schema=None)),
            collect_dockerfiles(DockerRequest(system=system, images=images)),
        ),
        system,
    )


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two secrets in one file, a connector with a skip, a Dockerfile, and one that is missing."""
    place = tmp_path_factory.mktemp("system")
    first = SECRET.format(name="first", manager="aws_secrets")
    second = SECRET.format(name="second", manager="harnessSecretManager")
    (place / "secrets.yaml").write_text(f"{first}---\n{second}")
    (place / "connector.yaml").write_text(STATIC_KEYS)
    (place / "backend").write_text('FROM debian:12.5\nARG WHO=root\nUSER ${WHO}\nCMD ["/app"]\n')
    return place


@pytest.fixture(scope="module")
def body(system: Path) -> dict[str, Any]:
    return start_checkov(request(system)).result((), (), entities(system))


def row(body: dict[str, Any], policy: str, resource: str) -> dict[str, Any]:
    (found,) = (
        one for one in body["results"] if (one["policy"], one["resource"]) == (policy, resource)
    )
    return dict(found)


def test_every_document_of_a_file_is_judged_though_checkov_reads_the_first_only(
    body: dict[str, Any],
) -> None:
    second = row(body, "CKV_ASSURE_71", "harness_secret.second")

    assert row(body, "CKV_ASSURE_71", "harness_secret.first")["outcome"] == "pass"
    assert (second["outcome"], second["file"], second["line"]) == ("fail", "secrets.yaml", 10)


def test_a_skipped_policy_says_why_and_does_not_pass(body: dict[str, Any]) -> None:
    found = row(body, "CKV_ASSURE_56", "harness_connector.aws")

    assert (found["outcome"], found["why"]) == ("skipped", "until the role is there")


def test_a_dockerfile_that_cannot_be_read_is_unknown_to_every_policy(body: dict[str, Any]) -> None:
    found = [one for one in body["results"] if one["resource"] == "docker_file.frontend"]
    judged = {policy for policy, types in body["types"].items() if "docker_file" in types}

    assert {one["policy"] for one in found} == judged
    assert {(one["outcome"], one["why"]) for one in found} == {
        ("unknown", "there is no Dockerfile")
    }


def test_a_built_in_policy_that_took_a_build_argument_for_a_name_does_not_count(
    body: dict[str, Any],
) -> None:
    found = row(body, "CKV_DOCKER_8", "docker_file.backend")

    assert (found["outcome"], found["why"]) == (
        "unknown",
        "checkov says passed, but ${WHO} holds a build argument",
    )


def test_a_policy_about_an_instruction_that_is_not_there_says_so(body: dict[str, Any]) -> None:
    assert row(body, "CKV_DOCKER_1", "docker_file.backend")["outcome"] == "notapplicable"


BROKEN = {
    "yaml": (
        "from definition_policy import DefinitionPolicy\n"
        "def judge(block):\n    return block.content['nowhere']\n"
        "POLICY = DefinitionPolicy(policy='CKV_SHOP_1', requirement='SEC-03', name='breaks',\n"
        "    remedy='none', roots=('secret',), blocks=('secret',), judge=judge)\n"
    ),
    "dockerfile": (
        "from dockerfile_policy import DockerfilePolicy\n"
        "def judge(file):\n    return file.nowhere\n"
        "POLICY = DockerfilePolicy(policy='CKV_SHOP_1', requirement='IMG-01', name='breaks',\n"
        "    remedy='none', judge=judge)\n"
    ),
}


@pytest.mark.parametrize(
    ("framework", "address"),
    [("yaml", "harness_secret.first"), ("dockerfile", "docker_file.backend")],
)
def test_a_policy_that_breaks_is_an_error_and_leaves_its_verdict_unknown(
    tmp_path: Path, framework: str, address: str
) -> None:
    policies = tmp_path / "policies"
    policies.mkdir()
    (policies / "__init__.py").touch()
    (policies / "broken_policy.py").write_text(BROKEN[framework])
    (tmp_path / "secret.yaml").write_text(SECRET.format(name="first", manager="aws_secrets"))
    (tmp_path / "backend").write_text("FROM debian:12.5\n")
    asked = request(tmp_path, POLICIES / "harness", POLICIES / "docker", policies)
    found = start_checkov(asked).result((), (), entities(tmp_path))
    said = row(found, "CKV_SHOP_1", address)

    assert (said["outcome"], "broke" in said["why"]) == ("unknown", True)
    assert [e for e in found["errors"] if "CKV_SHOP_1" in e["summary"]] != []


def test_a_policy_that_does_not_load_is_an_error(tmp_path: Path) -> None:
    policies = tmp_path / "policies"
    policies.mkdir()
    (policies / "__init__.py").touch()
    (policies / "unfinished.py").write_text('POLICY = Policy(\n    policy="CKV_SHOP_2",\n)\n')
    found = start_checkov(request(tmp_path, policies)).result((), (), ())
    summaries = [error["summary"] for error in found["errors"]]

    assert "the policy CKV_SHOP_2 did not load" in summaries


def test_a_comment_that_skips_a_policy_changes_the_key_of_the_evidence(tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text(SECRET.format(name="first", manager="aws_secrets"))
    asked = request(tmp_path)
    before = asked.cache_key((), entities(tmp_path))
    with (tmp_path / "secret.yaml").open("a") as file:
        file.write("# checkov:skip=CKV_ASSURE_71:no reason\n")

    assert asked.cache_key((), entities(tmp_path)) != before


def test_a_policy_is_proven_by_broken_copies_of_what_it_passes(
    system: Path, body: dict[str, Any]
) -> None:
    policies = ("CKV_ASSURE_71", "CKV_ASSURE_76", "CKV_DOCKER_6")
    asked = request(system, expected=policies)
    broken = break_written(entities(system), body["results"], policies)
    trials = prove_policies(asked, (), broken)

    assert {trial.case.split("\n")[0] for trial in trials} == {
        "harness_secret.first",
        "docker_file.backend",
    }
    assert unproven(policies, trials) == {
        "CKV_DOCKER_6": "it passes nothing in this system, so nothing could be broken"
    }


def test_mutants_of_a_definition_leave_the_original_alone_and_differ_from_it() -> None:
    values = {"stages": [{"stage": {"type": "CI", "failureStrategies": [], "enabled": True}}]}
    mutants = dict(broken_values(values))

    assert values == {
        "stages": [{"stage": {"type": "CI", "failureStrategies": [], "enabled": True}}]
    }
    assert [what for what, mutant in mutants.items() if mutant == values] == []
    assert mutants["without stages.0.stage.type"]["stages"][0]["stage"].keys() == {
        "failureStrategies",
        "enabled",
    }
    assert mutants["stages.0.stage.enabled = False"]["stages"][0]["stage"]["enabled"] is False


def test_mutants_of_a_dockerfile_lose_one_whole_instruction_each() -> None:
    text = "# comment\nFROM debian:12.5\nRUN one \\\n && two\nUSER 1\n"
    mutants = dict(broken_texts(text))

    assert mutants["without RUN one \\\n && two"] == "FROM debian:12.5\nUSER 1"
    assert mutants["with USER root"].splitlines()[-1] == "USER root"
