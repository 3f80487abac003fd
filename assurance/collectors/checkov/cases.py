"""Broken pieces of a system, to be put to policies; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assurance.collectors.checkov.definitions import Entry
from assurance.collectors.checkov.evaluated_entries import entry
from assurance.collectors.checkov.evidence import Row
from assurance.collectors.checkov.mutations import mutants
from assurance.collectors.checkov.neighbours import Neighbours
from assurance.collectors.checkov.request import Evaluated

PLACES = 60
PLACES_CONNECTED = 5

Resource = Mapping[str, Any]
Change = tuple[str, tuple[Resource, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One broken piece of a system, put to policies.

    Attributes:
        key: Unique among the cases; the scope of its entries.
        what: What was done, in words.
        policies: Those that are to be tried on it.
        entries: The broken resources, and those that they are connected with.
        passing: Policy → addresses that it passed before.
    """

    key: str
    what: str
    policies: tuple[str, ...]
    entries: tuple[Entry, ...]
    passing: Mapping[str, frozenset[str]]


def derive_cases(
    evaluated: Iterable[Evaluated], rows: Iterable[Row], policies: Iterable[str]
) -> tuple[Case, ...]:
    """Broken copies of resources that the policies pass, a few resources standing for all.

    Args:
        evaluated: The system.
        rows: The results of the evidence body.
        policies: Those to be proven.
    """
    wanted, by_environment = set(policies), _passed(rows)
    cases: list[Case] = []
    for one in evaluated:
        passed = by_environment.get((one.environment, str(one.body["root"])), {})
        chosen = _chosen(passed, wanted)
        wanted -= set().union(*chosen.values()) if chosen else set()
        neighbours = Neighbours(one.body["resources"])
        for address in sorted(chosen):
            cases += _cases_of(one.environment, address, chosen[address], neighbours)
    return tuple(cases)


def _passed(rows: Iterable[Row]) -> dict[tuple[str, str], dict[str, set[str]]]:
    """Environment and root → address → policies that pass it."""
    found: dict[tuple[str, str], dict[str, set[str]]] = {}
    for result in rows:
        if result["outcome"] == "pass" and result["environment"]:
            place = found.setdefault((result["environment"], result["root"]), defaultdict(set))
            place[result["resource"]].add(result["policy"])
    return found


def _chosen(passed: Mapping[str, set[str]], wanted: set[str]) -> dict[str, set[str]]:
    """Few addresses that together cover the wanted policies, each with what it covers."""
    left, chosen = set(wanted), {}
    while left:
        best = max(sorted(passed), key=lambda address: len(passed[address] & left), default="")
        covered = passed.get(best, set()) & left
        if not covered:
            break
        chosen[best] = covered
        left -= covered
    return chosen


def _cases_of(
    environment: str,
    address: str,
    policies: set[str],
    neighbours: Neighbours,
) -> list[Case]:
    # Only a policy on connections has to see more than the resource itself.
    connected = {policy for policy in policies if policy.startswith("CKV2_")}
    alone: list[Change] = [
        (what, (broken,)) for what, broken in _broken(neighbours.at(address), PLACES)
    ]
    pieces = [(policies - connected, change) for change in alone] if policies - connected else []
    if connected:
        pieces += [(connected, change) for change in _connected_changes(address, neighbours)]
    cases = []
    for number, (chosen, (what, resources)) in enumerate(pieces):
        key = f"{environment}\n{address}\n{number}"
        cases.append(
            Case(
                key=key,
                what=f"{address}: {what}",
                policies=tuple(sorted(chosen)),
                entries=tuple(entry(key, resource) for resource in resources),
                passing=dict.fromkeys(chosen, frozenset((address,))),
            )
        )
    return cases


def _broken(resource: Resource, places: int) -> Iterator[tuple[str, Resource]]:
    for what, values in mutants(resource["type"], resource["values"], places):
        yield what, {**resource, "values": values}
    if resource.get("lifecycle"):
        yield "without lifecycle", {**resource, "lifecycle": {}}


def _connected_changes(address: str, neighbours: Neighbours) -> Iterator[Change]:
    """The resource broken among its neighbours, and its neighbours broken or taken away."""
    own, around = neighbours.at(address), neighbours.around(address)
    yield "alone", (own,)
    for what, broken in _broken(own, PLACES):
        yield f"alone, {what}", (broken,)
    for what, broken in _broken(own, PLACES_CONNECTED):
        yield what, (*around, broken)
    for other in around:
        rest = tuple(found for found in around if found is not other)
        yield f"without {other['address']}", (*rest, own)
        for what, broken in _broken(other, PLACES_CONNECTED):
            yield f"{other['address']} {what}", (*rest, own, broken)


def case_of(
    key: str,
    what: str,
    policies: Iterable[str],
    before: Evaluated,
    after: Evaluated,
    rows: Iterable[Row],
) -> Case:
    """A case made of a counterexample that was applied to a whole root.

    Args:
        key: Unique among the cases.
        what: What was done, in words.
        policies: Those that are to catch it.
        before: The root as it is.
        after: The root, broken.
        rows: The results of the evidence body.
    """
    old = {resource["address"]: resource for resource in before.body["resources"]}
    new = {resource["address"]: resource for resource in after.body["resources"]}
    touched = {
        address for address in old.keys() | new.keys() if old.get(address) != new.get(address)
    }
    sides = (Neighbours(old.values()), Neighbours(new.values()))
    near = set(touched)
    for address in touched:
        for side in sides:
            near |= {found["address"] for found in side.around(address)}
    passed = _passed(rows).get((before.environment, str(before.body["root"])), {})
    chosen = tuple(sorted(set(policies)))
    return Case(
        key=key,
        what=what,
        policies=chosen,
        entries=tuple(entry(key, new[address]) for address in sorted(near & new.keys())),
        passing={
            policy: frozenset(
                a for a in near | new.keys() - old.keys() if policy in passed.get(a, ())
            )
            for policy in chosen
        },
    )
