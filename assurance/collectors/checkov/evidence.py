"""Turns what the scanner found into the body of the evidence document; pure.

checkov is a sensor. Its PASS or FAIL counts where all that it looked at was known; else the outcome
is `unknown`. Where a policy has nothing to say although all is known, as of a replica that has the
backups of its source, it is `notapplicable`: silence is a row too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

FORMAT = "checkov/1"

# How our own policies begin the words that go with a verdict which is none.
NO_SUBJECT = "not a subject: "
UNRESOLVED = "unresolved: "
DOCUMENT = "data.aws_iam_policy_document."

# Policies on a policy document, and their twins on the data source that such a document is written
# in: where a document is referred to, the twin judges it, and the reference itself says nothing.
TWINS = {
    "CKV_AWS_62": "CKV_AWS_1",
    "CKV_AWS_63": "CKV_AWS_49",
    "CKV_AWS_286": "CKV_AWS_110",
    "CKV_AWS_287": "CKV_AWS_107",
    "CKV_AWS_288": "CKV_AWS_108",
    "CKV_AWS_289": "CKV_AWS_109",
    "CKV_AWS_290": "CKV_AWS_111",
    "CKV_AWS_355": "CKV_AWS_356",
    "CKV_ASSURE_25": "CKV_ASSURE_26",
    "CKV_ASSURE_27": "CKV_ASSURE_28",
    "CKV_ASSURE_29": "CKV_ASSURE_30",
}

Raw = Mapping[str, Any]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a judged block is, and what its author says of it.

    Attributes:
        resource: Terraform's address.
        file: Relative to the system's directory.
        line: Of its first line.
        root: The Terraform root that it belongs to, relative to the system's directory.
        environment: Whose evaluation it is; empty for the source, which belongs to all.
        skips: Policy → reason, from comments.
        doubt: Why it may not exist at all, or empty.
    """

    resource: str
    file: str
    line: int
    root: str
    environment: str = ""
    skips: Mapping[str, str] = field(default_factory=dict)
    doubt: str = ""


def row(record: Raw, place: Place, reasons: Mapping[str, str], loaded: frozenset[str]) -> Row:
    """One result of the body."""
    outcome, why = _outcome(record, place, reasons, loaded)
    return {
        "policy": record["policy"],
        "outcome": outcome,
        "why": why,
        "resource": place.resource,
        "file": place.file,
        "line": place.line,
        "root": place.root,
        "environment": place.environment,
        "guideline": record["guideline"],
        "name": record["name"],
    }


def _outcome(
    record: Raw, place: Place, reasons: Mapping[str, str], loaded: frozenset[str]
) -> tuple[str, str]:
    policy, said, details = record["policy"], record["result"], record["details"]
    if policy in place.skips or said == "SKIPPED":
        return "skipped", place.skips.get(policy, record["comment"].strip())
    if details.startswith(NO_SUBJECT):
        return "notapplicable", details.removeprefix(NO_SUBJECT)
    if _judged_elsewhere(record, loaded):
        return "notapplicable", f"{TWINS[policy]} judges the document that it refers to"
    unsettled = _unsettled(record, reasons)
    if place.doubt or unsettled:
        saying = "" if said == "UNKNOWN" else f"checkov says {said.lower()}, but "
        return "unknown", place.doubt or f"{saying}{'; '.join(unsettled)}"
    if said == "UNKNOWN":
        return "notapplicable", "the policy has nothing to say of it"
    return ("pass", "") if said == "PASSED" else ("fail", details)


def _judged_elsewhere(record: Raw, loaded: frozenset[str]) -> bool:
    unsettled, details = record["unsettled"], record["details"]
    if TWINS.get(record["policy"]) not in loaded:
        return False
    documents = bool(unsettled) and all(item["kind"] == "document" for item in unsettled)
    return documents or (details.startswith(UNRESOLVED) and DOCUMENT in details)


def _unsettled(record: Raw, reasons: Mapping[str, str]) -> list[str]:
    """What the verdict rests on that is not known; a reference is known to be set."""
    if record["details"].startswith(UNRESOLVED):
        return [_explained(record["details"].removeprefix(UNRESOLVED), reasons)]
    doubtful = [
        item
        for item in record["unsettled"]
        if item["kind"] != "reference" or record["result"] == "UNKNOWN"
    ]
    return [_explained(f"{item['key']} is {item['value']}", reasons) for item in doubtful[:3]]


def _explained(text: str, reasons: Mapping[str, str]) -> str:
    for name in sorted(reasons, key=len, reverse=True):
        if name in text:
            text = text.replace(name, f"unknown ({reasons[name]})")
    return text


def body(
    findings: Mapping[str, Any], rows: Iterable[Row], errors: Iterable[Mapping[str, str]]
) -> Row:
    """The evidence body: every verdict once, sorted; two scans of the same give the same."""
    unique = {tuple(sorted(result.items())): result for result in rows}
    faults = {(error["file"], error["summary"]) for error in errors}
    return {
        "format": FORMAT,
        "version": findings["version"],
        "results": sorted(unique.values(), key=_order),
        "errors": [{"file": file, "summary": summary} for file, summary in sorted(faults)],
        "policies_loaded": sorted(set(findings["loaded"])),
        "types": {policy: sorted(set(types)) for policy, types in findings["types"].items()},
    }


def _order(result: Row) -> tuple[Any, ...]:
    keys = ("policy", "environment", "root", "resource", "file", "line", "outcome", "why")
    return tuple(result[key] for key in keys)
