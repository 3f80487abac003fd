"""What escapes a policy is found and said in words; what could not be tried is not called fine."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from assurance.command_line import main
from tests.reshaping.samples import CD, SUITE

HERE = Path(__file__).parent
WEAK, THOROUGH = HERE / "weak_approval.rego", HERE / "thorough_approval.rego"

SETS = """package pipeline

deny[m] {
	input.pipeline
	step := steps[_]
	m := step.name
}

steps[s] { s := input.pipeline.stages[_].stage }
"""

pytestmark = pytest.mark.xdist_group("escape")


@pytest.fixture
def self_approved(tmp_path: Path) -> Path:
    """A pipeline whose approval whoever runs it can give."""
    directory = tmp_path / "pipelines"
    directory.mkdir()
    pipeline = yaml.safe_load(
        CD.replace("disallowPipelineExecutor: true", "disallowPipelineExecutor: false")
    )
    (directory / "shop_cd.yaml").write_text(yaml.safe_dump({"pipeline": pipeline}))
    (directory / "suite.yaml").write_text(yaml.safe_dump({"template": yaml.safe_load(SUITE)}))
    return directory


def test_shapes_that_escape_are_said_in_words(
    self_approved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["rego", "escape", str(WEAK), "--pipelines", str(self_approved)])

    said = capsys.readouterr().out
    assert status == 1
    assert "the pipeline \"shop_cd\" is denied: stage 'approval' can be approved by whoever" in said
    assert 'wraps the step "approve" of the stage "approval" in a step group' in said
    assert 'puts the stage "approval" into a parallel block of its own' in said
    assert "another order" not in said


def test_a_policy_that_looks_everywhere_lets_nothing_escape(
    self_approved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = self_approved / "shop_cd.yaml"

    status = main(["rego", "escape", str(THOROUGH), "--pipelines", str(file)])

    said = capsys.readouterr().out
    assert status == 0, said
    assert "0 kinds of reshape escape it" in said
    assert "where the payload lacks the template" in said


def test_a_policy_that_denies_nothing_is_not_called_fine(
    tmp_path: Path, self_approved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = tmp_path / "never.rego"
    policy.write_text(
        'package pipeline\n\ndeny[m] {\n\tinput.pipeline.name == "x"\n\tm := "x"\n}\n'
    )

    status = main(["rego", "escape", str(policy), "--pipelines", str(self_approved)])

    assert status == 6
    assert "could not be tried" in capsys.readouterr().out


def test_violations_are_made_where_none_are_given(capsys: pytest.CaptureFixture[str]) -> None:
    """The reference has none that it denies: its approvals are broken for it."""
    status = main(["rego", "escape", str(THOROUGH)])

    said = capsys.readouterr().out
    assert status == 0, said
    assert "with a bad disallowPipelineExecutor" in said


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("hello: world\n", 1, "this is not Rego: it names no package"),
        (SETS, 5, "cannot draw elements from the set `steps`"),
        ("package pipeline\n\nallow { true }\n", 1, "it has no rule `deny`"),
        (
            "package pipeline\n\ndeny[m] {\n\tm := foo(\n}\n",
            4,
            "this is not Rego that can be evaluated",
        ),
    ],
)
def test_what_is_not_rego_is_named_with_its_line(
    tmp_path: Path,
    self_approved: Path,
    capsys: pytest.CaptureFixture[str],
    text: str,
    line: int,
    message: str,
) -> None:
    policy = tmp_path / "policy.rego"
    policy.write_text(text)

    status = main(["rego", "escape", str(policy), "--pipelines", str(self_approved)])

    said = capsys.readouterr().err
    assert status == 4
    assert said.startswith(f"{policy}:{line}: ")
    assert message in said
    assert "Remedy: " in said


@pytest.mark.parametrize("missing", ["policy", "pipelines", "directory"])
def test_what_is_not_there_is_named(
    missing: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    arguments = {
        "policy": [str(tmp_path / "nowhere.rego")],
        "pipelines": [str(WEAK), "--pipelines", str(tmp_path / "nowhere")],
        "directory": [str(empty)],
    }[missing]

    assert main(["rego", "escape", *arguments]) == 4
    assert "Remedy: " in capsys.readouterr().err


def test_every_policy_of_a_directory_is_tried(
    tmp_path: Path, self_approved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in (WEAK, THOROUGH):
        shutil.copy(file, tmp_path)

    assert main(["rego", "escape", str(tmp_path), "--pipelines", str(self_approved)]) == 1
    said = capsys.readouterr().out
    assert "weak_approval.rego: 0" not in said
    assert "thorough_approval.rego: 0" in said


SYSTEM = """
[system]
name = "shop"

[pipelines]
directories = ["pipelines"]

[environments.production]
production = true
region = "eu-west-1"
terraform = [{ root = "terraform" }]

[parameters.CDP-04]
approvers = 2
"""


@pytest.fixture
def system(tmp_path: Path, self_approved: Path) -> Path:
    """The description of a system that does not say what is production."""
    (tmp_path / "terraform").mkdir()
    file = tmp_path / "assurance.toml"
    file.write_text(SYSTEM)
    return file


def test_policies_are_written_with_what_a_system_decided(
    system: Path, self_approved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    live = {"environment": {"identifier": "live", "name": "live", "type": "Production"}}
    (self_approved / "live.yaml").write_text(yaml.safe_dump(live))
    out = system.parent / "out"

    status = main(["rego", "emit", str(out), "--system", str(system)])

    assert status == 0, capsys.readouterr().err
    assert "approvers := 2\n" in (out / "policies" / "approval.rego").read_text()
    gate = (out / "policies" / "production_gate.rego").read_text()
    assert 'production_environments := ["live"]' in gate


def test_no_policy_is_written_that_would_guard_nothing(
    system: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = system.parent / "out"

    assert main(["rego", "emit", str(out), "--system", str(system)]) == 4
    assert "no definition says what is production" in capsys.readouterr().err
    assert not out.exists()
