"""Turns what the scanner found into the body of the evidence document; pure.

checkov is a sensor. Its PASS or FAIL counts where all that it looked at was known; else the outcome
is `unknown`. A policy that says nothing of a resource (UNKNOWN with everything known) leaves no row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

FORMAT = "checkov/1"

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


def row(
    record: Raw, place: Place, reasons: Mapping[str, str], loaded: frozenset[str]
) -> Row | None:
    """One result of the body, or None where the policy says nothing of the block."""
    verdict = _outcome(record, place, reasons, loaded)
    if verdict is None:
        return None
    outcome, why = verdict
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
) -> tuple[str, str] | None:
    policy, said, details = record["policy"], record["result"], record["details"]
    if policy in place.skips:
        return "skipped", place.skips[policy]
    if said == "SKIPPED":
        return "skipped", record["comment"].strip()
    if details.startswith("not a subject: "):
        return None
    unsettled = _unsettled(record, reasons)
    if details.startswith("unresolved: "):
        unsettled = [_explained(details.removeprefix("unresolved: "), reasons)]
    if _judged_elsewhere(record, loaded):
        return None
    if place.doubt:
        return "unknown", place.doubt
    if unsettled:
        saying = "" if said == "UNKNOWN" else f"checkov says {said.lower()}, but "
        return "unknown", f"{saying}{'; '.join(unsettled)}"
    if said == "UNKNOWN":
        return None
    return ("pass", "") if said == "PASSED" else ("fail", details)


def _judged_elsewhere(record: Raw, loaded: frozenset[str]) -> bool:
    unsettled, details = record["unsettled"], record["details"]
    documents = bool(unsettled) and all(item["kind"] == "document" for item in unsettled)
    ours = details.startswith("unresolved: ") and "data.aws_iam_policy_document." in details
    return TWINS.get(record["policy"]) in loaded and (documents or ours)


def _unsettled(record: Raw, reasons: Mapping[str, str]) -> list[str]:
    """What the verdict rests on that is not known; another resource's attribute is known to be set."""
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
    version: str, rows: Iterable[Row], errors: Iterable[Mapping[str, str]], loaded: Iterable[str]
) -> Row:
    """The evidence body: every verdict once, sorted; two scans of the same files give the same."""
    unique = {tuple(sorted(result.items())): result for result in rows}
    faults = {(error["file"], error["summary"]) for error in errors}
    return {
        "format": FORMAT,
        "version": version,
        "results": sorted(unique.values(), key=_order),
        "errors": [{"file": file, "summary": summary} for file, summary in sorted(faults)],
        "policies_loaded": sorted(set(loaded)),
    }


def _order(result: Row) -> tuple[Any, ...]:
    keys = ("policy", "environment", "root", "resource", "file", "line", "outcome", "why")
    return tuple(result[key] for key in keys)
