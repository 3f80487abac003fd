"""Who may call a party at all, before routes and ACLs are asked: those that its groups may mean."""

from __future__ import annotations

from functools import lru_cache

from assurance.model.networks import PeerKind
from assurance.model.parties import Parties, Party
from assurance.model.unknown import is_unknown
from assurance.rules.passages import ingress_of


def may_call(party: Party, parties: Parties) -> tuple[Party, ...]:
    """Return every party that a rule of the groups may mean.

    A rule for a range, or one that is not known, may mean everybody; one for a group means those
    that hold it, and those whose groups are not all known.
    """
    if is_unknown(party.is_filtered) or not party.is_filtered:
        return parties.all
    for rule in ingress_of(party.security_groups):
        if is_unknown(rule) or rule.peer.kind != PeerKind.GROUP or is_unknown(rule.peer.value):
            return parties.all
    return named_callers(party, parties)


def named_callers(party: Party, parties: Parties) -> tuple[Party, ...]:
    """Return those that hold a group which a rule names, and those that may hold it."""
    named = {
        holder: None
        for rule in ingress_of(party.security_groups)
        if not is_unknown(rule) and not is_unknown(rule.peer.value)
        for holder in parties.holding(rule.peer.value)
    }
    return tuple(named | dict.fromkeys(_doubtful(parties)))


@lru_cache(maxsize=8)
def _doubtful(parties: Parties) -> tuple[Party, ...]:
    """Return the parties whose groups are not all known."""
    return tuple(
        party
        for party in parties.all
        if is_unknown(party.security_groups)
        or any(is_unknown(group) for group in party.security_groups)
    )
