"""The commands of the steps do what their pipelines rely on, run here with the tools replaced."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.harness.definitions import REPOSITORY, Step, manifest, steps

SHELLS = {"Sh": "sh", "Bash": "bash"}
COMMANDS = steps("Run")
EXPRESSION = re.compile(r"<\+[^<>]*>")


def run(
    step: Step,
    directory: Path,
    *,
    variables: Mapping[str, str] | None = None,
    then: str = "",
) -> subprocess.CompletedProcess[str]:
    """Run a step's command in a directory, with the tools that the directory holds before all."""
    command = EXPRESSION.sub("expression", step.command).replace("/harness/", f"{directory}/")
    return subprocess.run(
        [SHELLS[step.spec["shell"]], "-ec", f"{command}\n{then}"],
        cwd=directory,
        env={"PATH": f"{directory}:{os.environ['PATH']}", **(variables or {})},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def tool(directory: Path, name: str, script: str) -> None:
    file = directory / name
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)


def the(name: str) -> Step:
    [found] = [step for step in COMMANDS if step.name == name]
    return found


@pytest.mark.parametrize("step", COMMANDS, ids=lambda step: step.name)
def test_a_command_is_shell(step: Step) -> None:
    done = subprocess.run(
        [SHELLS[step.spec["shell"]], "-n"],
        input=EXPRESSION.sub("expression", step.command),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("step", COMMANDS, ids=lambda step: step.name)
def test_no_command_holds_a_secret(step: Step) -> None:
    assert "secrets.getValue" not in step.command


@pytest.mark.parametrize("step", steps(), ids=lambda step: step.name)
def test_every_step_is_bounded_in_time(step: Step) -> None:
    assert re.fullmatch(r"[1-9]\d*[mhd]", step.values["timeout"])


GATES = {"failed": {"1", "2", "5", "137", ""}, "wrong_call": {"4"}, "undecided": {"6"}}


@pytest.mark.parametrize("verdict", ["0", "1", "2", "4", "5", "6", "137", ""])
@pytest.mark.parametrize("gate", sorted(GATES))
def test_each_verdict_fails_exactly_the_gate_that_acts_on_it(
    gate: str, verdict: str, tmp_path: Path
) -> None:
    step = the(f"templates/verification/v1.yaml:{gate}")

    done = run(step, tmp_path, variables={"VERDICT": verdict})

    assert (done.returncode != 0) == (verdict in GATES[gate]), done.stdout + done.stderr


@pytest.mark.parametrize("status", [0, 1, 4, 6])
def test_the_exit_status_of_the_suite_is_the_verdict(status: int, tmp_path: Path) -> None:
    (tmp_path / "workshop").mkdir()
    tool(tmp_path, "python", "exit 0")
    tool(tmp_path, "tox", f'echo "$@" > {tmp_path}/arguments; exit {status}')

    done = run(
        the("templates/verification/v1.yaml:judge"), tmp_path, then='echo "verdict=${VERDICT}"'
    )

    assert f"verdict={status}" in done.stdout
    assert (tmp_path / "arguments").read_text(encoding="utf-8").split()[:3] == [
        "run",
        "-e",
        "verify",
    ]


def test_a_suite_that_cannot_be_installed_is_no_verdict(tmp_path: Path) -> None:
    (tmp_path / "workshop").mkdir()
    tool(tmp_path, "python", "exit 1")

    done = run(the("templates/verification/v1.yaml:judge"), tmp_path, then="echo went on")

    assert done.returncode != 0
    assert "went on" not in done.stdout


IMAGES = "\n".join(
    [
        "build-aaa,verified-1000,release-1000",
        "release-3000,build-ccc,verified-2000,verified-900",
        "build-ddd,release-4000",
        "verified-5000",
        "build-eee,verified-3500",
    ]
)


@pytest.mark.parametrize(
    ("back", "tag"), [("0", "build-eee"), ("1", "build-ccc"), ("2", "build-aaa")]
)
def test_recovery_finds_the_release_that_was_verified_last_or_one_before(
    back: str, tag: str, tmp_path: Path
) -> None:
    tool(tmp_path, "aws", f"cat <<'TAGS'\n{IMAGES}\nTAGS")
    step = the("templates/last_good_release/v1.yaml:find")

    done = run(step, tmp_path, variables={"STEPS_BACK": back}, then='echo "found ${IMAGE_TAG}"')

    assert f"found {tag}" in done.stdout, done.stderr


@pytest.mark.parametrize("script", [f"cat <<'TAGS'\n{IMAGES}\nTAGS", "exit 255", "true"])
def test_recovery_goes_nowhere_when_there_is_nothing_to_go_to(script: str, tmp_path: Path) -> None:
    tool(tmp_path, "aws", script)
    step = the("templates/last_good_release/v1.yaml:find")

    assert run(step, tmp_path, variables={"STEPS_BACK": "3"}).returncode != 0


def test_marking_tags_both_images_with_their_own_manifests(tmp_path: Path) -> None:
    tool(
        tmp_path,
        "aws",
        'case "$2" in batch-get-image) echo "manifest of $4" ;; '
        f'put-image) echo "$4 $6 $8" >> {tmp_path}/pushed ;; esac',
    )
    step = the("templates/mark_images/v1.yaml:mark")

    done = run(step, tmp_path, variables={"IMAGE_TAG": "build-1", "MARK": "release-7"})

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "pushed").read_text(encoding="utf-8").splitlines() == [
        "workshop/backend release-7 manifest of workshop/backend",
        "workshop/frontend release-7 manifest of workshop/frontend",
    ]


ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/backend-green/1"


@pytest.mark.parametrize(("answer", "found"), [(ARN, True), ("None", False), ("", False)])
def test_a_canary_starts_only_where_no_traffic_goes(
    answer: str, found: bool, tmp_path: Path
) -> None:
    tool(tmp_path, "aws", f'echo "{answer}"')
    step = the("templates/idle_colour/v1.yaml:idle")

    done = run(step, tmp_path, variables={"RULE": "rule"}, then='echo "into ${TARGET_GROUP}"')

    assert (done.returncode == 0, f"into {ARN}" in done.stdout) == (found, found)


@pytest.mark.parametrize(("answer", "found"), [("10.20.4.7", True), ("None", False), ("", False)])
def test_green_is_judged_at_a_private_address(answer: str, found: bool, tmp_path: Path) -> None:
    tool(tmp_path, "aws", f'echo "{answer}"')
    step = the("templates/green_verification/v1.yaml:address")

    done = run(step, tmp_path, variables={"LOAD_BALANCER": "workshop-staging"})

    assert (done.returncode == 0) == found


CONNECTING = """
import os
class Connection:
    def __init__(self, **options):
        self.options = options
    def __enter__(self):
        return self
    def __exit__(self, *_):
        pass
    def execute(self, text):
        print(self.options["sslmode"], self.options["user"], self.options["autocommit"])
        print(text)
def connect(**options):
    return Connection(**options)
"""


def test_the_roles_of_the_database_are_made_from_the_file_of_the_module(tmp_path: Path) -> None:
    roles = REPOSITORY / "infrastructure" / "modules" / "database" / "roles.sql"
    [container] = manifest("database/roles-task-definition.yaml")["containerDefinitions"]
    (tmp_path / "psycopg.py").write_text(CONNECTING, encoding="utf-8")
    told = {each["name"]: each.get("value", "x") for each in container["environment"]}
    secret = {each["name"]: "workshop_master" for each in container["secrets"]}

    done = subprocess.run(
        [sys.executable, *container["entryPoint"][1:], *container["command"]],
        env={
            **told,
            **secret,
            "DATABASE_SSLROOTCERT": "bundle.pem",
            "ROLES_SQL": base64.b64encode(roles.read_bytes()).decode(),
            "PYTHONPATH": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == f"verify-full workshop_master True\n{roles.read_text('utf-8')}\n"


def test_the_schema_is_changed_by_the_role_that_may_and_used_by_the_one_that_may_not() -> None:
    roles = (REPOSITORY / "infrastructure" / "modules" / "database" / "roles.sql").read_text(
        "utf-8"
    )
    [migration] = manifest("database/expand-task-definition.yaml")["containerDefinitions"]
    [backend] = manifest("backend/task-definition.yaml")["containerDefinitions"]
    users = {
        each["value"]
        for container in (migration, backend)
        for each in container["environment"]
        if each["name"] == "DATABASE_USER"
    }

    assert users == {"workshop_migrator", "workshop_app"}
    assert migration["command"][-1] == "workshop_app"
    assert "GRANT workshop_owner TO workshop_migrator" in roles
    assert all(f"CREATE ROLE {user} LOGIN" in roles for user in users)


FAILING: dict[str, Callable[[Step], bool]] = {
    "a test runner": lambda step: "pytest" in step.command or "npm test" in step.command,
    "a suite": lambda step: "tox run" in step.command and "VERDICT" not in step.command,
}


@pytest.mark.parametrize("kind", sorted(FAILING))
def test_what_fails_inside_a_step_fails_the_step(kind: str, tmp_path: Path) -> None:
    found = [step for step in COMMANDS if FAILING[kind](step)]
    for directory in ("system_under_test/backend", "system_under_test/frontend", "workshop"):
        (tmp_path / directory).mkdir(parents=True)
    tool(tmp_path, "npm", '[ "$1" = ci ]')
    tool(tmp_path, "tox", "exit 1")
    tool(tmp_path, "python", '[ "$2" = pip ]')
    assert found

    for step in found:
        shell = "/etc/hosts"
        quiet = Step(
            step.file,
            {**step.values, "spec": {**step.spec, "command": step.command.replace(shell, "hosts")}},
        )
        done = run(quiet, tmp_path, variables={"ADDRESS": "10.0.0.1", "DOMAIN_NAME": "example.com"})
        assert done.returncode != 0, step.name
