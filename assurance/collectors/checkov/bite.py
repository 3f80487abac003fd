"""Proof of bite for checkov's policies: broken copies of the system's own resources, in one scan.

A policy is proven on a system when it passes a resource, and fails it once that is broken.
CKV_AWS_334, which looks for a key that does not exist, would have been found on its first day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assurance.collectors.checkov.cases import Case, case_of, derive_cases
from assurance.collectors.checkov.definitions import Rendered, render
from assurance.collectors.checkov.evaluated_entries import verdict_name
from assurance.collectors.checkov.evidence import Place, Row, row
from assurance.collectors.checkov.request import CheckovRequest, Evaluated
from assurance.collectors.checkov.run import start_checkov
from assurance.collectors.checkov.written import Written, order
from assurance.collectors.checkov.written_cases import Broken, break_written

POLICY_PROOF = "policy-proof"
"""The kind of the evidence that the proof leaves."""

__all__ = [
    "POLICY_PROOF",
    "Case",
    "Trial",
    "case_of",
    "derive_cases",
    "policy_proof",
    "prove_policies",
    "unproven",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What became of one case and policy.

    Attributes:
        policy: Its id.
        case: The key of the case.
        what: What was done.
        caught: The addresses that newly fail.
        tried: Whether it could be tried: the policy passed something that is in the case.
    """

    policy: str
    case: str
    what: str
    caught: tuple[str, ...]
    tried: bool


def render_cases(cases: Iterable[Case]) -> Rendered:
    """All cases in one batch; their scopes keep them apart."""
    return render(found for case in cases for found in case.entries)


def judge_cases(
    findings: Mapping[str, Any], rendered: Rendered, cases: Iterable[Case]
) -> tuple[Trial, ...]:
    """Tell for every case and policy whether it was tried, and what it caught."""
    failing = _failing(findings, rendered)
    return tuple(
        Trial(
            policy=policy,
            case=case.key,
            what=case.what,
            caught=tuple(sorted(failing.get((case.key, policy), set()) & _judged(case, policy))),
            tried=bool(case.passing.get(policy)),
        )
        for case in cases
        for policy in case.policies
    )


def _judged(case: Case, policy: str) -> set[str]:
    """What may newly fail: what passed before, and what was not there before."""
    return set(case.passing.get(policy, ())) | {
        found.address for found in case.entries if found.address.endswith("counterexample")
    }


def _failing(findings: Mapping[str, Any], rendered: Rendered) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    loaded = frozenset(findings["loaded"])
    for record in findings["evaluated"]:
        subject = rendered.entries[verdict_name(record)]
        place = Place(resource=subject.address, file="", line=0, root="")
        result = row(record, place, rendered.reasons, loaded)
        if result["outcome"] == "fail":
            found[subject.scope, record["policy"]].add(subject.address)
    return found


def prove_policies(
    request: CheckovRequest, cases: tuple[Case, ...], broken: tuple[Broken, ...] = ()
) -> tuple[Trial, ...]:
    """Put all cases to checkov in one process and judge what it says."""
    run = start_checkov(request)
    rendered = render_cases(cases)
    policies = sorted({policy for case in cases for policy in case.policies})
    orders = [order(one.written, one.key, one.policies) for one in broken]
    findings = run.scan(rendered, (), policies, orders)
    return judge_cases(findings, rendered, cases) + judge_broken(findings, broken)


def judge_broken(findings: Mapping[str, Any], broken: Iterable[Broken]) -> tuple[Trial, ...]:
    """Tell for every broken definition and Dockerfile which policies turned red."""
    failing = {
        (record["entity"], record["policy"])
        for record in findings["written"]
        if record["result"] == "FAILED"
    }
    return tuple(
        Trial(
            policy=policy,
            case=one.key,
            what=one.what,
            caught=(one.written.address,) if (one.key, policy) in failing else (),
            tried=True,
        )
        for one in broken
        for policy in one.policies
    )


def unproven(policies: Iterable[str], trials: Iterable[Trial]) -> dict[str, str]:
    """Policies that caught nothing → why that is so."""
    tried: dict[str, int] = defaultdict(int)
    caught = set()
    for trial in trials:
        tried[trial.policy] += trial.tried
        caught |= {trial.policy} if trial.caught else set()
    return {
        policy: f"{tried[policy]} broken resources, none caught"
        if tried.get(policy)
        else "it passes nothing in this system, so nothing could be broken"
        for policy in sorted(set(policies) - caught)
    }


def policy_proof(
    request: CheckovRequest,
    evaluated: Iterable[Evaluated],
    rows: Iterable[Row],
    entities: Iterable[Written] = (),
) -> dict[str, Any]:
    """Put every expected policy to the proof on a system, and return the body of the evidence.

    Returns:
        `{"format": "policy-proof/1", "policies": {id: {"tried": n, "caught": n, "why": ""}}}`,
        where `why` says of a policy that caught nothing why that is so.
    """
    listed = tuple(rows)
    cases = derive_cases(tuple(evaluated), listed, request.expected)
    broken = break_written(tuple(entities), listed, request.expected)
    trials = prove_policies(request, cases, broken)
    why = unproven(request.expected, trials)
    counted: dict[str, list[bool]] = {policy: [] for policy in request.expected}
    for trial in trials:
        if trial.tried:
            counted[trial.policy].append(bool(trial.caught))
    return {
        "format": "policy-proof/1",
        "policies": {
            policy: {"tried": len(found), "caught": sum(found), "why": why.get(policy, "")}
            for policy, found in sorted(counted.items())
        },
    }
