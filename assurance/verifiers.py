"""Judges the checkov policies that the catalogue names for a requirement.

Checkov is a sensor here, not the judge: what it says of a resource enters the ledger through its
evidence, a policy that did not load is an error, and a resource of the right type about which it
said nothing is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from assurance.audit import Audit
from assurance.evidence import Document
from assurance.ledger import absent
from assurance.model.judgements import Judgement, Layer, Outcome, Reason
from assurance.model.requirements import Requirement
from assurance.model.subjects import Location
from assurance.occasions import Occasion
from assurance.readers.state import Resource

SCENARIO = "Checkov policies"
"""What the ledger calls this verifier."""

_OUTCOMES = {
    "pass": Outcome.PASS,
    "fail": Outcome.FAIL,
    "unknown": Outcome.UNKNOWN,
    "skipped": Outcome.UNKNOWN,
    "notapplicable": Outcome.NOTAPPLICABLE,
}


@dataclass(frozen=True, slots=True)
class PolicyOccasion:
    """The policies of one requirement in one environment."""

    requirement: Requirement
    occasion: Occasion

    @property
    def key(self) -> tuple[str, str]:
        """What tells it apart in one audit."""
        return (self.requirement.id, self.occasion.environment.name)

    def __str__(self) -> str:
        return f"{self.requirement.id}-{self.occasion}"


def policy_occasions(audit: Audit) -> tuple[PolicyOccasion, ...]:
    """Return every requirement with policies, for every environment that is judged."""
    if Layer.DECLARED not in audit.scope.layers:
        return ()
    return tuple(
        PolicyOccasion(requirement, Occasion(environment, Layer.DECLARED))
        for environment in audit.selected
        if Layer.DECLARED in environment.layers
        for requirement in audit.catalogue.requirements
        if requirement.policies and Layer.DECLARED in requirement.built
    )


def judge_policies(audit: Audit, policies: PolicyOccasion) -> tuple[Judgement, ...]:
    """Enter a row for every policy and every resource that it judges, and return them."""
    rows = tuple(_rows(audit, policies.requirement, policies.occasion))
    audit.ledger.rows.extend(rows)
    audit.policed.add(policies.key)
    return rows


def leave_policies_out(audit: Audit, policies: PolicyOccasion) -> None:
    """Account for policies that the user deselected."""
    why, outcome = Reason.DESELECTED, Outcome.NOTCHECKED
    requirement, occasion = policies.requirement, policies.occasion
    row = absent(requirement, occasion.environment, occasion.layer, SCENARIO, why, outcome=outcome)
    audit.ledger.rows.append(row)
    audit.policed.add(policies.key)


def never_judged(audit: Audit) -> Iterable[Judgement]:
    """Yield an error for the policies of each requirement that nothing judged or left out."""
    for policies in policy_occasions(audit):
        if policies.key not in audit.policed:
            why = "the policies were not judged, or judging them broke"
            yield _about(policies.requirement, policies.occasion, "", why)


def _rows(audit: Audit, requirement: Requirement, occasion: Occasion) -> Iterable[Judgement]:
    document = next(iter(audit.evidence.of("checkov", "")), None)
    if document is None:
        fault = audit.evidence.fault("checkov", "")
        why = str(fault) if fault else "checkov was not run"
        yield _about(requirement, occasion, "", why)
        return
    resources = audit.views.of(occasion).state.resources
    for policy in requirement.policies:
        if policy not in document.body["policies_loaded"]:
            yield _about(requirement, occasion, policy, f"checkov did not load the policy {policy}")
        else:
            yield from _of_policy(document, policy, requirement, occasion, resources)


def _of_policy(
    document: Document,
    policy: str,
    requirement: Requirement,
    occasion: Occasion,
    resources: Iterable[Resource],
) -> Iterable[Judgement]:
    results = _results(document, policy, occasion.environment.name)
    types = set(document.body["types"].get(policy, ()))
    judged = [found for found in resources if found.is_managed and found.type in types]
    answered = {found.type for found in judged if (found.root, found.address) in results}
    for resource in judged:
        # A policy about a connection names both its ends and answers for one of them.
        if resource.type in (answered or types):
            found = results.get((resource.root, resource.address))
            yield _row(document, policy, requirement, occasion, resource, found)


def _results(
    document: Document, policy: str, environment: str
) -> Mapping[tuple[str, str], Mapping[str, Any]]:
    """Return a policy's results by root and address; of several for one, the worst."""
    found: dict[tuple[str, str], Mapping[str, Any]] = {}
    for result in document.body["results"]:
        # What belongs to the whole system, as pipelines do, belongs to each environment.
        if result["policy"] == policy and result["environment"] in (environment, ""):
            key = (result["root"], result["resource"])
            if key not in found or _rank(result) < _rank(found[key]):
                found[key] = result
    return found


def _rank(result: Mapping[str, Any]) -> int:
    return _OUTCOMES[result["outcome"]].rank


def _row(
    document: Document,
    policy: str,
    requirement: Requirement,
    occasion: Occasion,
    resource: Resource,
    result: Mapping[str, Any] | None,
) -> Judgement:
    actual = "checkov reported nothing about it"
    outcome = Outcome.UNKNOWN
    if result is not None:
        outcome = _OUTCOMES[result["outcome"]]
        actual = result["why"] or f"checkov says {result['outcome']}"
    return Judgement(
        requirement=requirement.id,
        environment=occasion.environment.name,
        layer=occasion.layer,
        scenario=SCENARIO,
        step=policy,
        subject=resource.id,
        outcome=outcome,
        expected=result["name"] if result else f"{policy} holds",
        actual=actual,
        location=_place(resource, result),
        evidence=document.digest,
    )


def _place(resource: Resource, result: Mapping[str, Any] | None) -> Location:
    """The block in a long file that the verdict rests on, else where the resource begins."""
    if result is None or result["file"] != resource.location.file or not result["line"]:
        return resource.location
    return Location(file=result["file"], line=result["line"])


def _about(requirement: Requirement, occasion: Occasion, policy: str, why: str) -> Judgement:
    row = absent(requirement, occasion.environment, occasion.layer, SCENARIO, why)
    where = Location(file=requirement.location.file, line=requirement.location.line)
    return replace(row, step=policy, location=where)
