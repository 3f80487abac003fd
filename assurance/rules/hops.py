"""The chain of security groups: each hop accepts the one before, and nobody else."""

from __future__ import annotations

from assurance.model.addresses import contains
from assurance.model.findings import Finding, NotApplicable, Verdict, any_of, each
from assurance.model.networks import PeerKind, SecurityGroupRule
from assurance.model.parties import Behind, Parties, Party, Role
from assurance.model.unknown import UnknownValue
from assurance.rules.group_rules import bad, fold_rules, good, is_within, listed
from assurance.rules.passages import first, ingress_of, through_groups


def accepts_only_the_hop_before(party: Party, parties: Parties) -> Finding:
    """Every rule of the groups names the group of the hop before, on the party's port."""
    return fold_rules(
        ingress_of(party.security_groups),
        lambda rule: _is_hop_before(party, rule, parties),
        expected=f"only {_hops(party)}, on {listed(party.ports) or 'no port'}",
        none="it accepts nobody",
    )


def _hops(party: Party) -> str:
    if party.role == Role.DATABASE:
        return "the groups of services"
    return "the groups of its load balancer and of services"


def _is_hop_before(party: Party, rule: SecurityGroupRule, parties: Parties) -> Finding:
    reason = _wrong_peer(party, rule, parties)
    if reason:
        return bad(rule, f"it accepts {rule}: {reason}")
    if not is_within(rule, list(party.ports)):
        return bad(rule, f"it accepts {rule}: more than its port")
    return good(f"{rule}")


def _wrong_peer(party: Party, rule: SecurityGroupRule, parties: Parties) -> str:
    """Return why the other end of a rule is not the hop before; empty where it is."""
    peer = rule.peer
    if peer.kind == PeerKind.CIDR:
        if any(contains(cidr, peer.value) for cidr in _unfiltered_ranges(party, parties)):
            return ""
        return "a range, not a security group"
    if peer.kind != PeerKind.GROUP:
        return f"a {peer.kind}, not a security group"
    holders = parties.holding(peer.value)
    wrong = [one.subject.id for one in holders if not _may_call(one, party, parties)]
    if wrong:
        return f"{', '.join(wrong)} is not the hop before"
    if not holders:
        raise UnknownValue(f"nothing that is written here holds {peer.text}")
    return ""


def _may_call(caller: Party, party: Party, parties: Parties) -> bool:
    if parties.carries_tasks(caller):
        return True
    if party.role == Role.DATABASE:
        return caller.role in (Role.SERVICE, Role.ROTATION, Role.DATABASE)
    if caller.role == Role.LOAD_BALANCER:
        return any_of(party.behind, lambda place: caller.subject.id in place.load_balancers)
    return caller.role == Role.SERVICE or caller is party


def _unfiltered_ranges(party: Party, parties: Parties) -> tuple[str, ...]:
    """Return the ranges of load balancers without groups: the only way to name those."""
    return tuple(
        cidr
        for place in party.behind
        for balancer in parties.of(Role.LOAD_BALANCER)
        if balancer.subject.id in place.load_balancers and not balancer.is_filtered
        for subnet in balancer.subnets
        for cidr in subnet.cidr_blocks
    )


def accepts_the_hop_before(party: Party, parties: Parties) -> Verdict:
    """A service accepts each load balancer that forwards to it; a database at least one service."""
    if party.role == Role.DATABASE:
        return _accepts_a_service(party, parties)
    if not party.behind:
        return NotApplicable("without_load_balancer")

    def judged(place: Behind) -> Finding:
        balancers = [
            one for one in parties.of(Role.LOAD_BALANCER) if one.subject.id in place.load_balancers
        ]
        missing = [one.subject.id for one in balancers if not _admits(party, one, place.port)]
        if not balancers:
            name = place.target_group.subject.id
            raise UnknownValue(f"no load balancer that is written here forwards to {name}")
        accepted = ", ".join(one.subject.id for one in balancers)
        text = f"it accepts {accepted} on {place.port}"
        if missing:
            text = f"it does not accept {', '.join(missing)} on {place.port}"
        return Finding(holds=not missing, expected="", actual=text)

    return each(party.behind, judged, expected="it accepts its load balancer on its port", none="")


def _accepts_a_service(database: Party, parties: Parties) -> Finding:
    expected = f"it accepts a service on {listed(database.ports)}"
    service = first(
        parties.of(Role.SERVICE),
        lambda one: one if any(_admits(database, one, port) for port in database.ports) else None,
    )
    if service is not None:
        return Finding(holds=True, expected=expected, actual=f"it accepts {service.subject.id}")
    if not parties.of(Role.SERVICE):
        raise UnknownValue("no service is written here that could use the database")
    return Finding(holds=False, expected=expected, actual="it accepts no service")


def _admits(party: Party, caller: Party, port: int) -> bool:
    return (
        first(
            caller.subnets,
            lambda here: (
                here if through_groups(party, caller, here, port, outward=False).is_open else None
            ),
        )
        is not None
    )
