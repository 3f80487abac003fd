"""Turns verdicts on definitions and Dockerfiles into rows of the evidence; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assurance.collectors.checkov.evidence import Place, Row, row
from assurance.collectors.checkov.written import Written, silent

_SAID_NOTHING = {
    "result": "UNKNOWN",
    "comment": "",
    "guideline": "",
    "details": "",
    "unsettled": [],
}


def written_rows(findings: Mapping[str, Any], entities: Iterable[Written]) -> Iterator[Row]:
    """Yield a row for every entity and every policy of its type: what is left out is said too."""
    by_address = {found.address: found for found in entities}
    answered = set()
    for record in findings["written"]:
        answered.add((record["entity"], record["policy"]))
        yield row(record, _place(by_address[record["entity"]], record["line"]), {}, frozenset())
    for found, policy in silent(by_address.values(), findings["types"], answered):
        why = found.fault or findings["broken"].get(found.address, "")
        record = {**_SAID_NOTHING, "policy": policy, "name": findings["names"][policy]}
        yield row(record, _place(found, 0, why), {}, frozenset())


def _place(found: Written, line: int, doubt: str = "") -> Place:
    return Place(
        resource=found.address,
        file=found.file,
        line=line or found.line,
        root=found.root,
        doubt=doubt,
    )
