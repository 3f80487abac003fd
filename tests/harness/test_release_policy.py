"""The policy of the stage `policy` lets releases of CI through, and nothing else."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from regopy import Interpreter

from tests.harness.definitions import REPOSITORY, entity, files, read, steps

PROJECT = REPOSITORY / "harness" / "project"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
RELEASE = {
    "image_tag": f"build-{COMMIT}",
    "commit": COMMIT,
    "pipeline": "workshop_cd_rolling",
    "started_by": "developer@example.com",
}


def denials(payload: dict[str, Any]) -> list[str]:
    interpreter = Interpreter()
    text = (PROJECT / "policies" / "release.rego").read_text(encoding="utf-8")
    interpreter.add_module("release", text)
    interpreter.set_input(payload)
    query = "found = [message | data.release.deny[message]]"
    found = json.loads(str(interpreter.query(query)))
    return sorted(found["bindings"]["found"])


def test_a_release_of_ci_goes_through() -> None:
    assert denials(RELEASE) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"image_tag": "latest"}, "no tag of CI"),
        ({"image_tag": f"build-{COMMIT}-dirty"}, "no tag of CI"),
        ({"commit": COMMIT[::-1]}, "not built from the commit"),
        ({"pipeline": "somebodys_own"}, "one of the pipelines"),
    ],
)
def test_anything_else_is_denied(changed: dict[str, str], said: str) -> None:
    assert any(said in message for message in denials({**RELEASE, **changed}))


@pytest.mark.parametrize("field", ["image_tag", "commit", "pipeline"])
def test_what_is_not_said_is_denied(field: str) -> None:
    assert denials({name: value for name, value in RELEASE.items() if name != field})


def test_the_step_sends_what_the_policy_reads_and_names_its_set() -> None:
    [step] = steps("Policy")
    payload = json.loads(step.spec["policySpec"]["payload"])
    declared = (PROJECT / "policies.tf").read_text(encoding="utf-8")

    assert payload.keys() == RELEASE.keys()
    assert step.spec["policySets"] == re.findall(
        r'"harness_platform_policyset" "\w+" \{\s+identifier = "(\w+)"', declared
    )


def test_every_pipeline_that_deploys_asks_and_is_known_to_the_policy() -> None:
    deploying = {
        read(file)["pipeline"]["identifier"]
        for file in files("pipeline")
        if "EcsRolling" in (text := file.read_text(encoding="utf-8"))
        or "EcsBlueGreen" in text
        or "staging_backend" in text
    }
    known = {name for name in deploying if not denials({**RELEASE, "pipeline": name})}

    assert deploying == known
    for name in deploying:
        stages = str(entity("pipeline", name)["stages"])
        assert "release_policy" in stages.split("serviceRef", maxsplit=1)[0]
