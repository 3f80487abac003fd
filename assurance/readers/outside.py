"""Populations of things that a system may write down elsewhere.

A system whose network or entrance is another repository's has them all the same: what refers to
them shows it. They are judged, as unknown, instead of being reported as missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from assurance.model.elsewhere import Elsewhere
from assurance.model.parties import Party, Role
from assurance.model.subjects import Subject
from assurance.model.unknown import is_unknown, unknown, why_unknown
from assurance.readers.kinds import Judged

if TYPE_CHECKING:
    from assurance.readers.view import View

Doubt = Callable[[Party], Any]


def or_elsewhere(
    records: Iterable[Judged], noun: str, parties: Iterable[Party], doubt: Doubt
) -> tuple[Judged, ...]:
    """Return the records, or one that stands for those elsewhere.

    Args:
        records: What is written here.
        noun: What one of them is called.
        parties: Those that may refer to some.
        doubt: Returns what a party refers to, unknown where it is elsewhere.
    """
    found = tuple(records)
    if found:
        return found
    for party in parties:
        value = doubt(party)
        if is_unknown(value):
            subject = Subject(
                id=f"{noun} of {party.subject.id}",
                location=party.subject.location,
                evidence=party.subject.evidence,
            )
            return (Elsewhere(subject, why_unknown(value)),)
    return ()


def first_unknown(values: Any) -> Any:
    """Return the values if they are unknown, else the first of them that is."""
    if is_unknown(values):
        return values
    return next((value for value in values if is_unknown(value)), None)


def subnets_of(party: Party) -> Any:
    """Return a subnet of a party that is unknown, or whose routes are."""
    doubt = first_unknown(party.subnets)
    if is_unknown(doubt):
        return doubt
    return first_unknown(tuple(subnet.route_table for subnet in party.subnets))


def groups_of(party: Party) -> Any:
    """Return a group of a party that is unknown."""
    return first_unknown(party.security_groups)


def target_groups_of(party: Party) -> Any:
    """Return a target group, or the load balancers before it, that are unknown to a party."""
    for place in party.behind:
        if is_unknown(place.target_group):
            return place.target_group
    return None


def load_balancers_of(party: Party) -> Any:
    """Return the doubt about what forwards to a party.

    ECS refuses a service whose target group nothing forwards to: where no load balancer here does,
    one elsewhere must.
    """
    doubt = target_groups_of(party)
    if is_unknown(doubt):
        return doubt
    for place in party.behind:
        if not is_unknown(place.load_balancers) and not place.load_balancers:
            group = place.target_group.subject.id
            return unknown(f"no load balancer that is written here forwards to {group}")
    return None


def placed(view: View) -> tuple[Party, ...]:
    """Return the parties that are placed in subnets by the configuration."""
    return view.parties.of(
        Role.LOAD_BALANCER, Role.SERVICE, Role.DELEGATE, Role.DATABASE, Role.FUNCTION
    )
