"""What escapes a policy is found and said in words; what could not be tried is not called fine."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from assurance.command_line import main
from tests.reshaping.samples import CD, SUITE

HERE = Path(__file__).parent
ESCAPES = HERE / "escapes"
WEAK, THOROUGH = ESCAPES / "weak_approval.rego", ESCAPES / "thorough_approval.rego"

EVERYTHING = """package pipeline

deny[message] {
	stage := stages[_]
	message := sprintf("stage %s is here", [stage.name])
}

stages[stage] { stage := input.pipeline.stages[_].stage }
"""
CONNECTORS = """package connector

deny[message] { input.entity.type == "Github"; message := "no Github" }
"""
RUNNER = """package pipeline

deny[message] { input.metadata.user.email == "eve@example.com"; message := "not Eve" }
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
    assert "no kind of reshape escapes it" in said
    assert "where the payload lacks the template" in said


@pytest.mark.parametrize("policy", sorted(ESCAPES.glob("*.rego")), ids=lambda file: file.stem)
def test_policies_as_they_are_written_are_seen_through(
    policy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a reader is told stands beside each policy, to be looked over when it changes."""
    status = main(["rego", "escape", str(policy), "--pipelines", str(ESCAPES / "delivery.yaml")])

    said = capsys.readouterr().out.replace(str(policy), policy.name)
    assert said == policy.with_suffix(".txt").read_text(encoding="utf-8")
    assert status == (0 if policy == THOROUGH else 1)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('package pipeline\n\ndeny["x"] { input.pipeline.name == "x" }\n', "denies none of the 1"),
        (EVERYTHING, "denies everything that it was shown"),
        (CONNECTORS, "asks for nothing of a pipeline or a template"),
        (RUNNER, "`input.metadata`, of which it also makes use, is not in what it was shown"),
    ],
)
def test_a_policy_that_could_not_be_tried_is_not_called_fine(
    tmp_path: Path, self_approved: Path, capsys: pytest.CaptureFixture[str], text: str, reason: str
) -> None:
    policy = tmp_path / "policy.rego"
    policy.write_text(text)

    status = main(["rego", "escape", str(policy), "--pipelines", str(self_approved)])

    said = capsys.readouterr().out
    assert status == 6
    assert "could not be tried" in said
    assert reason in said


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
        (
            "package pipeline\n\nimport data.steps\n\ndeny[m] { m := 1 }\n",
            3,
            "it imports data.steps",
        ),
        (
            'package pipeline\n\ndeny[m] {\n\tm := http.send({"url": "x"}).body\n}\n',
            4,
            "the interpreter here has no function `http.send`",
        ),
        (
            "package pipeline\n\nimport rego.v1\n\ndeny contains m if {\n\tm := foo(\n}\n",
            6,
            "this is not Rego that can be evaluated",
        ),
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


def test_what_is_no_text_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy = tmp_path / "policy.rego"
    policy.write_bytes(b"\xff\xfe\x00")

    assert main(["rego", "escape", str(policy)]) == 4
    assert f"{policy}: it cannot be read: " in capsys.readouterr().err


def test_the_others_are_tried_where_one_is_faulty(
    tmp_path: Path, self_approved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(WEAK, tmp_path)
    (tmp_path / "faulty.rego").write_text("package pipeline\n\ndeny[m] {\n")

    assert main(["rego", "escape", str(tmp_path), "--pipelines", str(self_approved)]) == 4
    said = capsys.readouterr()
    assert "weak_approval.rego: 2 kinds of reshape escape it" in said.out
    assert "faulty.rego:3: this is not Rego that can be evaluated" in said.err


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
    assert "weak_approval.rego: no kind" not in said
    assert "thorough_approval.rego: no kind" in said


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


@pytest.mark.parametrize("wrong", ["nowhere.toml", "taken"])
def test_what_cannot_be_emitted_is_named(
    wrong: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A system that is not there; a directory in whose place a file stands."""
    taken = tmp_path / "taken"
    taken.write_text("")
    system = str(tmp_path / "nowhere.toml") if wrong == "nowhere.toml" else "assurance.toml"

    assert main(["rego", "emit", str(taken), "--system", system]) == 4
    said = capsys.readouterr().err
    assert wrong in said
    assert "Remedy: " in said


def test_no_policy_is_written_that_would_guard_nothing(
    system: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = system.parent / "out"

    assert main(["rego", "emit", str(out), "--system", str(system)]) == 4
    assert "no definition says what is production" in capsys.readouterr().err
    assert not out.exists()
