"""Every policy on definitions and Dockerfiles, tried by the real checkov on its examples.

The name of an example says what must be said of it: `pass…` passes, `fail…` fails, `omitted` fails
unless the policy gives a reason, `unreadable` is unknown, `elsewhere` gets no verdict. Of what is
in it, every block named `violating…` is named in the words, and no `conforming…` one is.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assurance.collectors.checkov import CheckovRequest, start_checkov, written
from assurance.collectors.docker import DockerRequest, ImageRequest, collect_dockerfiles
from assurance.collectors.harness import HarnessRequest, collect_harness

# checkov judges all examples at once: in one process, not in each.
pytestmark = pytest.mark.xdist_group("written policies")

REPOSITORY = Path(__file__).parents[2]
POLICIES = REPOSITORY / "policies"
EXAMPLES = POLICIES / "examples"
ID = re.compile(r'(?m)^\s*policy="(CKV_ASSURE_\d+)"')
REQUIREMENT = re.compile(r'(?m)^\s*requirement="[A-Z]{3}-\d\d"')
OMITTED = re.compile(r"(?m)^\s*omitted=")
OUTCOMES = {"pass": "pass", "fail": "fail", "unreadable": "unknown", "elsewhere": "notapplicable"}
FRAMEWORKS = {"harness": "yaml", "docker": "dockerfile"}
FILES = {
    policy: file
    for directory in FRAMEWORKS
    for file in sorted((POLICIES / directory).rglob("*.py"))
    for policy in ID.findall(file.read_text())
}
CASES = sorted(
    file
    for policy in FILES
    for file in (EXAMPLES / policy).iterdir()
    if file.suffix in (".yaml", ".Dockerfile")
)


def name_of(example: Path) -> str:
    return example.relative_to(EXAMPLES).as_posix()


def expected(example: Path) -> tuple[str, ...]:
    """What may be said of an example."""
    policy, case = example.parent.name, example.stem.split("_")[0]
    if case == "omitted":
        explained = OMITTED.search(FILES[policy].read_text()) is not None
        return ("pass", "notapplicable") if explained else ("fail",)
    return (OUTCOMES[case],)


@pytest.fixture(scope="module")
def evidence() -> dict[str, Any]:
    """The evidence of all examples, as a run would collect it."""
    images = tuple(
        ImageRequest(
            application=name_of(file), role="backend", dockerfile=file, context=file.parent
        )
        for file in CASES
        if file.suffix == ".Dockerfile"
    )
    bodies = (
        collect_harness(HarnessRequest(system=EXAMPLES, directories=(EXAMPLES,), schema=None)),
        collect_dockerfiles(DockerRequest(system=EXAMPLES, images=images)),
    )
    request = CheckovRequest(
        system=EXAMPLES,
        directories=(),
        external_checks=tuple(POLICIES / name for name in FRAMEWORKS),
        expected=tuple(FILES),
    )
    return start_checkov(request).result((), (), written(bodies, EXAMPLES))


def verdicts(evidence: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Example → what its own policy said of it."""
    return {
        row["file"]: row
        for row in evidence["results"]
        if row["file"].split("/")[0] == row["policy"]
    }


@pytest.mark.parametrize("example", CASES, ids=name_of)
def test_a_policy_says_what_its_example_calls_for(example: Path, evidence: dict[str, Any]) -> None:
    row = verdicts(evidence)[name_of(example)]

    assert row["outcome"] in expected(example), row["why"]


@pytest.mark.parametrize("example", CASES, ids=name_of)
def test_the_words_name_every_violating_block_and_no_conforming_one(
    example: Path, evidence: dict[str, Any]
) -> None:
    said = verdicts(evidence)[name_of(example)]["why"]
    blocks = set(re.findall(r"identifier: ((?:violating|conforming)_\w+)", example.read_text()))

    named = {block for block in blocks if re.search(rf"\b{block}\b", said)}

    assert named == {block for block in blocks if block.startswith("violating")}


def test_a_verdict_says_the_line_of_the_first_violation(evidence: dict[str, Any]) -> None:
    found = verdicts(evidence)
    lines = (EXAMPLES / "CKV_ASSURE_45/fail.yaml").read_text().splitlines()
    step, second = (
        found["CKV_ASSURE_45/fail.yaml"]["line"],
        found["CKV_ASSURE_79/fail.Dockerfile"]["line"],
    )

    assert "violating_1" in "".join(lines[step - 1 : step + 1])
    assert second == 2


def test_every_entity_has_a_row_for_every_policy_of_its_type(evidence: dict[str, Any]) -> None:
    rows = Counter((row["resource"], row["policy"]) for row in evidence["results"])
    by_type = {
        kind: {policy for policy, types in evidence["types"].items() if kind in types}
        for kinds in evidence["types"].values()
        for kind in kinds
    }
    entities = {row["resource"] for row in evidence["results"]}

    assert set(rows.values()) == {1}
    assert len(rows) == sum(len(by_type[entity.split(".")[0]]) for entity in entities)


def plain(framework: str, directory: str) -> dict[str, Any]:
    """What checkov says when somebody runs it by hand, as the README says."""
    command = [sys.executable, "-m", "checkov.main", "--framework", framework, "-o", "json"]
    command += ["--skip-download", "--external-checks-dir", str(POLICIES / directory)]
    ran = subprocess.run(
        [*command, "-d", str(EXAMPLES)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"LOG_LEVEL": "ERROR"},
    )
    found: dict[str, Any] = json.loads(ran.stdout)["results"]
    return found


@pytest.mark.parametrize(("directory", "framework"), FRAMEWORKS.items())
def test_plain_checkov_passes_and_fails_exactly_the_same_examples(
    directory: str, framework: str, evidence: dict[str, Any]
) -> None:
    results = plain(framework, directory)
    suffix = ".yaml" if framework == "yaml" else ".Dockerfile"

    def by_hand(kind: str) -> set[tuple[str, str]]:
        found = {(one["check_id"], one["file_path"].lstrip("/")) for one in results[kind]}
        return {pair for pair in found if pair[0] in FILES}

    def ours(outcome: str) -> set[tuple[str, str]]:
        rows = (row for row in evidence["results"] if row["policy"] in FILES)
        return {
            (row["policy"], row["file"])
            for row in rows
            if row["outcome"] == outcome and row["file"].endswith(suffix)
        }

    assert results["parsing_errors"] == []
    assert by_hand("passed_checks") == ours("pass")
    assert by_hand("failed_checks") == ours("fail")


@pytest.mark.parametrize("policy", FILES)
def test_a_policy_names_a_requirement_and_has_all_three_examples(policy: str) -> None:
    stems = {file.stem for file in (EXAMPLES / policy).iterdir()}

    assert REQUIREMENT.search(FILES[policy].read_text())
    assert {"pass", "fail", "omitted"} <= stems


def test_no_policy_broke_or_failed_to_load(evidence: dict[str, Any]) -> None:
    summaries = {error["summary"] for error in evidence["errors"]}

    assert summaries <= {"there is no Terraform resource here"}
    assert FILES.keys() <= set(evidence["policies_loaded"])


def test_no_id_is_used_twice() -> None:
    uses = Counter(
        policy for file in POLICIES.rglob("*.py") for policy in ID.findall(file.read_text())
    )

    assert [policy for policy, count in uses.items() if count > 1] == []


def test_no_module_takes_the_name_of_another_one() -> None:
    """checkov knows a module by the name of its file, whichever directory it is in."""
    names = [file.stem for file in POLICIES.rglob("*.py") if file.stem != "__init__"]

    assert [name for name, count in Counter(names).items() if count > 1] == []
