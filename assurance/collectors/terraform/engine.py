"""Running `terraform test` in a scratch copy and reading what it prints."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assurance.collectors.terraform.mirror import Terraform, environment
from assurance.collectors.terraform.names import TESTS
from assurance.errors import NotCollected

_MINUTES = 20
# A quarter of Terraform's time goes into collecting garbage of a process that ends in seconds.
# The provider would send every step it takes to Terraform, which throws it away.
_SILENT = ("SDK", "SDK_PROTO", "SDK_FRAMEWORK", "SDK_HELPER_SCHEMA", "SDK_MUX", "PROVIDER")
_ENVIRONMENT = {
    "GOGC": "400",
    "GOMEMLIMIT": "6GiB",
    **{f"TF_LOG_{part}": "OFF" for part in _SILENT},
}
# The schemas are most of what is printed, known already, and the last part of a plan.
_SCHEMAS = re.compile(
    rb'("provider_format_version":"[\d.]+"),"provider_schemas":\{.*\}(?=\},"type":"test_plan"\}$)'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A diagnostic of Terraform; `file` is relative to the directory it ran in.

    Attributes:
        start: Offset in the file.
        test: The test file in whose evaluation it arose.
    """

    severity: str
    summary: str
    detail: str
    file: str
    line: int
    start: int
    test: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The plans by test file, and what Terraform had to say."""

    plans: Mapping[str, Any]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What stood in the way of evaluation."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def evaluate(
    terraform: Terraform, root: Path, variable_files: tuple[Path, ...], files: Mapping[str, str]
) -> Outcome:
    """Write the test files and run them in one process."""
    tests = root / TESTS
    tests.mkdir(exist_ok=True)
    for name, text in files.items():
        (tests / f"{name}.tftest.hcl").write_text(text, "utf-8")
    command = [terraform.path, "test", "-json", "-verbose", f"-test-directory={TESTS}"]
    command += [f"-var-file={path}" for path in variable_files]
    try:
        run = subprocess.run(  # noqa: S603 - Terraform from the user's own path
            command,
            cwd=root,
            capture_output=True,
            env=environment(_ENVIRONMENT),
            timeout=60 * _MINUTES,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotCollected(
            f"Terraform did not finish within {_MINUTES} minutes",
            file=root,
            remedy="give a plan (--plan), or split the root",
        ) from error
    return _read(run.stdout, run.stderr)


def _read(output: bytes, complaint: bytes) -> Outcome:
    plans: dict[str, Any] = {}
    problems: list[Problem] = []
    for line in output.splitlines():
        try:
            event = json.loads(_without_schemas(line))
        except ValueError:
            continue
        kind = event.get("type")
        if kind == "diagnostic":
            problems.append(_problem(event["diagnostic"], event.get("@testfile", "")))
        elif kind == "test_plan":
            name = Path(event["@testfile"]).name.removesuffix(".tftest.hcl")
            event["test_plan"].pop("provider_schemas", None)
            plans[name] = event["test_plan"]
    if not plans and not problems:
        text = complaint.decode("utf-8", "replace").strip().splitlines()
        raise NotCollected(
            f"Terraform gave no result: {text[-1] if text else 'no output at all'}",
            remedy="run `terraform test` by hand to see why",
        )
    return Outcome(plans=plans, problems=tuple(problems))


def _without_schemas(line: bytes) -> bytes:
    return _SCHEMAS.sub(rb"\1", line, count=1)


def _problem(diagnostic: Mapping[str, Any], test: str) -> Problem:
    place = diagnostic.get("range") or {}
    return Problem(
        severity=diagnostic.get("severity", "error"),
        summary=diagnostic.get("summary", ""),
        detail=diagnostic.get("detail", ""),
        file=place.get("filename", ""),
        line=place.get("start", {}).get("line", 0),
        start=place.get("start", {}).get("byte", 0),
        test=test,
    )
