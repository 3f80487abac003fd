"""Every Terraform policy, tried by the real checkov on examples that conform, violate or omit.

The name of a resource in an example says what must be said of it: `conforming…` passes,
`violating…` fails, `omitting…` fails unless the policy gives a reason, `unreadable…` is unknown,
and no other resource gets a verdict: `not_a_subject…`, and what is there only to be connected
to.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assurance.collectors.checkov import CheckovRequest, start_checkov

REPOSITORY = Path(__file__).parents[2]
POLICIES = REPOSITORY / "policies" / "terraform"
EXAMPLES = REPOSITORY / "policies" / "examples"
ID = re.compile(r"""(?m)^\s*(?:policy=|id: )["']?(CKV2?_ASSURE_\d+)""")
REQUIREMENT = re.compile(r"""(?m)^\s*requirement(?:=|: )["']?([A-Z]{3}-\d\d)\b""")
OMITTED = re.compile(r"(?m)^\s*omitted(?:=|: )")
BLOCK = re.compile(r'(?m)^(resource|data) "([a-z0-9_]+)" "(\w+)"')
CASES = ("pass", "fail", "omitted")


def policy_files() -> dict[str, Path]:
    return {
        policy: file
        for file in sorted(POLICIES.rglob("*"))
        if file.suffix in (".py", ".yaml")
        for policy in ID.findall(file.read_text())
    }


FILES = policy_files()


def expected(policy: str) -> dict[str, str]:
    """Resource → outcome, as the names in the examples of a policy say."""
    explained = OMITTED.search(FILES[policy].read_text()) is not None
    outcomes = {"conforming": "pass", "violating": "fail", "unreadable": "unknown"}
    found = {}
    for case in CASES:
        for mode, kind, name in BLOCK.findall((EXAMPLES / policy / f"{case}.tf").read_text()):
            outcome = outcomes.get(re.sub(r"_\d+$", "", name))
            if name.startswith("omitting") and not explained:
                outcome = "fail"
            if outcome:
                found[f"{'data.' if mode == 'data' else ''}{kind}.{name}"] = outcome
    return found


def omitting(policy: str) -> set[str]:
    text = (EXAMPLES / policy / "omitted.tf").read_text()
    return {
        f"{'data.' if mode == 'data' else ''}{kind}.{name}"
        for mode, kind, name in BLOCK.findall(text)
        if name.startswith("omitting")
    }


@pytest.fixture(scope="module")
def evidence() -> dict[str, Any]:
    request = CheckovRequest(
        system=EXAMPLES, directories=(EXAMPLES,), external_checks=(POLICIES,), expected=tuple(FILES)
    )
    return start_checkov(request).result()


@pytest.mark.parametrize("policy", FILES)
def test_a_policy_says_exactly_what_its_examples_call_for(
    policy: str, evidence: dict[str, Any]
) -> None:
    said = {
        row["resource"]: row["outcome"]
        for row in evidence["results"]
        if row["policy"] == policy and row["file"].startswith(f"{policy}/")
        if row["outcome"] != "notapplicable"
    }

    wanted = expected(policy)
    explained = omitting(policy) - wanted.keys()

    assert {name: said.get(name) for name in explained} == {
        name: said.get(name) for name in explained if said.get(name) in ("pass", None)
    }
    assert {name: outcome for name, outcome in said.items() if name not in explained} == wanted


@pytest.mark.parametrize("policy", FILES)
def test_a_policy_names_a_requirement_and_has_all_three_examples(policy: str) -> None:
    requirement = REQUIREMENT.search(FILES[policy].read_text())

    assert requirement is not None
    assert {file.stem for file in (EXAMPLES / policy).glob("*.tf")} == set(CASES)
    assert {"pass", "fail"} <= set(expected(policy).values())


def test_the_guideline_of_every_policy_says_the_requirement_and_the_remedy(
    evidence: dict[str, Any],
) -> None:
    own = {row["policy"]: row["guideline"] for row in evidence["results"] if row["policy"] in FILES}

    assert own.keys() == FILES.keys()
    assert [text for text in own.values() if not re.match(r"[A-Z]{3}-\d\d: [A-Z]", text)] == []


def test_no_policy_broke_or_failed_to_load(evidence: dict[str, Any]) -> None:
    assert evidence["errors"] == []
    assert FILES.keys() <= set(evidence["policies_loaded"])


def test_no_id_is_used_twice_and_no_example_is_left_over() -> None:
    uses = Counter(
        policy
        for file in POLICIES.rglob("*")
        if file.suffix in (".py", ".yaml")
        for policy in ID.findall(file.read_text())
    )

    assert [policy for policy, count in uses.items() if count > 1] == []
    written = {file.parent.name for file in EXAMPLES.glob("*/pass.*") if file.suffix != ".tf"}
    assert {directory.name for directory in EXAMPLES.iterdir()} - written == FILES.keys()


def test_an_example_that_omits_everything_passes_only_with_a_reason() -> None:
    silent = [policy for policy in FILES if not omitting(policy)]

    assert silent == []
