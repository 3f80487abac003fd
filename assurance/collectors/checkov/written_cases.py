"""Broken copies of the system's own definitions and Dockerfiles, to be put to policies; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from assurance.collectors.checkov.evidence import Row
from assurance.collectors.checkov.written import DOCKERFILE, Written
from assurance.collectors.checkov.written_mutations import broken_texts, broken_values


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """One broken definition or Dockerfile, put to policies that passed it whole.

    Attributes:
        key: Unique among them.
        what: What was done, in words.
        policies: Those that are to be tried on it.
        written: The broken copy.
    """

    key: str
    what: str
    policies: tuple[str, ...]
    written: Written


def break_written(
    entities: Iterable[Written], rows: Iterable[Row], policies: Iterable[str]
) -> tuple[Broken, ...]:
    """Broken copies of the smallest entities that the policies pass.

    Args:
        entities: Those of the system.
        rows: The results of the evidence body.
        policies: Those to be proven.
    """
    by_address = {found.address: found for found in entities}
    chosen: dict[str, list[str]] = {}
    for policy, passed in sorted(_passed(rows, by_address, set(policies)).items()):
        smallest = min(passed, key=lambda address: (len(by_address[address].text), address))
        chosen.setdefault(smallest, []).append(policy)
    return tuple(
        Broken(
            key=f"{address}\n{number}",
            what=f"{address}: {what}",
            policies=tuple(chosen[address]),
            written=copy,
        )
        for address in sorted(chosen)
        for number, (what, copy) in enumerate(_copies(by_address[address]))
    )


def _passed(
    rows: Iterable[Row], by_address: Mapping[str, Written], wanted: set[str]
) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in rows:
        entity = by_address.get(row["resource"])
        judged = entity is not None and row["root"] == entity.root
        if judged and row["outcome"] == "pass" and row["policy"] in wanted:
            found.setdefault(row["policy"], set()).add(row["resource"])
    return found


def _copies(entity: Written) -> Iterator[tuple[str, Written]]:
    if entity.framework == DOCKERFILE:
        for what, text in broken_texts(entity.text):
            yield what, replace(entity, text=text)
    else:
        for what, values in broken_values(entity.values):
            yield what, replace(entity, values=values)
