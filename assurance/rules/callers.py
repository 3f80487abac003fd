"""Who may call a party at all, before routes and ACLs are asked: those that its groups may mean."""

from __future__ import annotations

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
    named: dict[Party, None] = {}
    for rule in ingress_of(party.security_groups):
        if is_unknown(rule) or rule.peer.kind != PeerKind.GROUP or is_unknown(rule.peer.value):
            return parties.all
        named.update(dict.fromkeys(parties.holding(rule.peer.value)))
    return tuple(one for one in parties.all if one in named or _is_doubtful(one))


def _is_doubtful(party: Party) -> bool:
    groups = party.security_groups
    return is_unknown(groups) or any(is_unknown(group) for group in groups)
