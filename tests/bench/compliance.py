"""Judging beside terraform-compliance: the same plan, as many features, as many scenarios.

The plan is a real one of a generated system: nothing in it has to be asked of AWS. What the other
tool is asked is simple, one or two properties of one type; ours are the scenarios of the catalogue.
"""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from assurance.collectors.terraform.mirror import environment, find_packages, find_terraform
from tests.bench.audits import FINISHED, Tell
from tests.bench.generator import write_system
from tests.bench.measuring import (
    ROOT,
    Cost,
    MeasurementError,
    Promise,
    audit,
    best,
    cache_home,
    python,
    run,
)

FASTER = 5.0
# Of the size of the reference system's production; and a small one, where both mostly start up.
RESOURCES = 600
SMALL = 100
_VERSION = "1.16.0"
_ROUNDS = 3
_OFFLINE = """\
provider "aws" {
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}
"""
_QUESTIONS = (
    ("aws_ecr_repository", "image_tag_mutability", 'its value must match the "IMMUTABLE" regex'),
    ("aws_cloudwatch_log_group", "retention_in_days", "its value must be greater than 30"),
    ("aws_lb", "security_groups", None),
    ("aws_ecs_task_definition", "container_definitions", None),
    ("aws_lb_listener", "ssl_policy", 'its value must match the "ELBSecurityPolicy-TLS13.*" regex'),
    ("aws_ecs_service", "network_configuration", None),
    ("aws_subnet", "cidr_block", None),
    ("aws_lb_target_group", "health_check", None),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Duel:
    """What both tools took for one plan."""

    resources: int
    ours: Cost
    theirs: Cost

    @property
    def ratio(self) -> float:
        """How many times faster ours is."""
        return self.theirs.wall / self.ours.wall

    def __str__(self) -> str:
        return (
            f"{self.resources} resources: {self.ours.wall:.2f} s and {self.theirs.wall:.2f} s "
            f"({self.ours.processor:.2f} s and {self.theirs.processor:.2f} s of processor), "
            f"{self.ratio:.1f} ×"
        )


def measure_compliance(directory: Path, tell: Tell) -> Promise:
    """Judge one plan with both tools; the start of the process and our reports are included."""
    features, scenarios = _write_features(directory / "features")
    other = _installed(tell)
    small, large = (_duel(directory, other, resources, tell) for resources in (SMALL, RESOURCES))
    return Promise(
        name="judging, checkov apart",
        promise=f"≥ {FASTER:.0f} × faster than terraform-compliance",
        figure=f"{large.ratio:.1f} ×",
        holds=large.ratio >= FASTER,
        lines=(f"{scenarios} scenarios in {features} features", str(large), str(small)),
        figures={
            "ratio": large.ratio,
            "ours": large.ours.wall,
            "theirs": large.theirs.wall,
            "scenarios": scenarios,
            "small": small.ratio,
        },
    )


def _duel(directory: Path, other: Path, resources: int, tell: Tell) -> _Duel:
    tell(f"a plan of {resources} resources")
    home = directory / str(resources)
    system = write_system(home, resources)
    plan = _plan(home)
    store = home / "evidence"
    run(python("-m", "tests.bench.collecting", home, store, plan))
    arguments = ("--system", system, "--evidence", store, "--reports", home / "reports")
    ours, theirs = [], []
    for number in range(_ROUNDS):
        tell(f"both judge the plan, run {number + 1} of {_ROUNDS}")
        theirs.append(run([other, "-f", directory / "features", "-p", plan], accepted=(0, 1)))
        ours.append(run(audit(*arguments), accepted=FINISHED))
    return _Duel(resources=resources, ours=best(ours), theirs=best(theirs))


def _plan(directory: Path) -> Path:
    """Plan for real, offline; return the plan as JSON."""
    terraform = find_terraform()
    package = find_packages(directory, frozenset({"hashicorp/aws"})).get("hashicorp/aws")
    if terraform is None or package is None:
        raise MeasurementError("Terraform and the AWS provider are needed to make a plan")
    override = directory / "offline_override.tf"
    override.write_text(_OFFLINE, encoding="utf-8")
    _terraform(
        terraform.path,
        directory,
        "init",
        "-backend=false",
        "-input=false",
        f"-plugin-dir={package.path.parents[4]}",
    )
    _terraform(terraform.path, directory, "plan", "-input=false", "-refresh=false", "-out=p.bin")
    shown = _terraform(terraform.path, directory, "show", "-json", "p.bin")
    plan = directory / "plan.json"
    plan.write_bytes(shown)
    override.unlink()
    shutil.rmtree(directory / ".terraform")
    return plan


def _terraform(terraform: str, directory: Path, *arguments: str) -> bytes:
    done = subprocess.run(
        [terraform, *arguments],
        cwd=directory,
        env=environment(),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise MeasurementError(f"terraform {arguments[0]}: {done.stderr.decode()[-2000:]}")
    return done.stdout


def _write_features(directory: Path) -> tuple[int, int]:
    """Write as many features with as many scenarios as the catalogue has; return the numbers."""
    directory.mkdir(parents=True, exist_ok=True)
    questions = itertools.cycle(_QUESTIONS)
    total = 0
    files = sorted((ROOT / "features").rglob("*.feature"))
    for number, file in enumerate(files):
        count = len(re.findall(r"^\s*Scenario", file.read_text(encoding="utf-8"), re.MULTILINE))
        lines = [f"Feature: number {number}"]
        for scenario in range(count):
            kind, name, value = next(questions)
            lines += [f"  Scenario: number {number}.{scenario}", f"    Given I have {kind} defined"]
            lines.append(f"    Then it must have {name}")
            lines += [f"    And {value}"] if value else []
        (directory / f"f{number}.feature").write_text("\n".join(lines) + "\n", encoding="utf-8")
        total += count
    return len(files), total


def _installed(tell: Tell) -> Path:
    """The other tool in an environment of its own, outside of the tree."""
    home = cache_home() / f"terraform-compliance-{_VERSION}"
    command = home / "bin" / "terraform-compliance"
    if not command.exists():
        tell(f"installing terraform-compliance {_VERSION}")
        run(python("-m", "venv", home))
        run([home / "bin" / "pip", "install", "-q", f"terraform-compliance=={_VERSION}"])
    return command
