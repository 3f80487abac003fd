"""What must hold of security groups: who may speak to whom, and on which port."""

from __future__ import annotations

from collections.abc import Callable

from assurance.model.addresses import contains, is_anywhere, is_public
from assurance.model.findings import Finding, NotApplicable, Verdict, any_of, each
from assurance.model.load_balancers import LoadBalancer
from assurance.model.networks import PeerKind, SecurityGroup, SecurityGroupRule
from assurance.model.parties import Behind, Parties, Party, Role
from assurance.model.unknown import UnknownValue, is_unknown
from assurance.rules.listeners import redirects_only
from assurance.rules.passages import elements, first, ingress_of, through_groups

Held = Callable[[SecurityGroupRule], Finding]


def is_open_to_the_internet(rule: SecurityGroupRule) -> bool:
    """Whether a rule names a range that holds an address of the internet."""
    return rule.peer.kind == PeerKind.CIDR and is_public(rule.peer.value)


def admits_the_internet_only_at_the_load_balancer(
    group: SecurityGroup, parties: Parties
) -> Finding:
    """A group that admits a range of the internet is held by internet-facing load balancers only."""
    holders = parties.holding(group.subject.id)
    others = [one.subject.id for one in holders if not _faces_the_internet(one)]
    held = f"held by {', '.join(others)}" if others else "held by no load balancer"

    def judged(rule: SecurityGroupRule) -> Finding:
        if not is_open_to_the_internet(rule):
            return _good(f"{rule}")
        if holders and not others:
            return _good(f"{rule}, at the load balancer")
        return _bad(rule, f"it admits {rule} and is {held}")

    return _all_rules(
        elements(group.ingress),
        judged,
        expected="no range of the internet, but at the load balancer",
        none="it admits nobody",
    )


def _faces_the_internet(party: Party) -> bool:
    return party.role == Role.LOAD_BALANCER and party.has_public_address


def is_open_on_agreed_ports(
    balancer: LoadBalancer, *, ports: list[int], redirect_ports: list[int]
) -> Verdict:
    """The internet reaches an internet-facing load balancer on the agreed ports only."""
    if balancer.is_internal:
        return NotApplicable("internal")
    expected = f"open to the internet on {_list(ports)}, and on {_list(redirect_ports)} to redirect"
    redirecting = [port for port in redirect_ports if _is_redirected(balancer, port)]
    allowed = [*ports, *redirecting]

    def judged(rule: SecurityGroupRule) -> Finding:
        if not is_open_to_the_internet(rule) or _is_within(rule, allowed):
            return _good(f"{rule}")
        return _bad(rule, f"it admits {rule}")

    if not elements(balancer.security_groups):
        wrong = [str(one.port) for one in balancer.listeners if one.port not in allowed]
        text = ", ".join(wrong) or "no other port"
        return Finding(
            holds=not wrong, expected=expected, actual=f"without a group it listens on {text}"
        )
    rules = ingress_of(balancer.security_groups)
    return _all_rules(rules, judged, expected=expected, none="its groups admit nobody")


def _is_redirected(balancer: LoadBalancer, port: int) -> bool:
    return all(
        redirects_only(listener).holds for listener in balancer.listeners if listener.port == port
    )


def _is_within(rule: SecurityGroupRule, ports: list[int]) -> bool:
    """Whether a rule admits TCP (or UDP, for HTTP/3) to no other port than these."""
    if rule.ports.protocol not in ("tcp", "udp"):
        return False
    span = range(rule.ports.first, rule.ports.last + 1)
    return len(span) <= len(ports) and all(port in ports for port in span)


def accepts_only_the_hop_before(party: Party, parties: Parties) -> Finding:
    """Every rule of a task's or database's groups names the group of the hop before, on its port."""
    return _all_rules(
        ingress_of(party.security_groups),
        lambda rule: _is_hop_before(party, rule, parties),
        expected=f"only {_hops(party)}, on {_list(party.ports) or 'no port'}",
        none="it accepts nobody",
    )


def _hops(party: Party) -> str:
    if party.role == Role.DATABASE:
        return "the groups of services"
    return "the groups of its load balancer and of services"


def _is_hop_before(party: Party, rule: SecurityGroupRule, parties: Parties) -> Finding:
    reason = _wrong_peer(party, rule, parties)
    if reason:
        return _bad(rule, f"it accepts {rule}: {reason}")
    if not _is_within(rule, list(party.ports)):
        return _bad(rule, f"it accepts {rule}: more than its port")
    return _good(f"{rule}")


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
    wrong = [one.subject.id for one in holders if not _may_call(one, party)]
    if wrong:
        return f"{', '.join(wrong)} is not the hop before"
    if not holders:
        raise UnknownValue(f"nothing that is written here holds {peer.text}")
    return ""


def _may_call(caller: Party, party: Party) -> bool:
    if party.role == Role.DATABASE:
        return caller.role in (Role.SERVICE, Role.ROTATION, Role.DATABASE)
    if caller.role == Role.LOAD_BALANCER:
        return any_of(party.behind, lambda place: caller.subject.id in place.load_balancers)
    return caller.role == Role.SERVICE or caller is party


def _unfiltered_ranges(party: Party, parties: Parties) -> tuple[str, ...]:
    """Return the ranges of load balancers without groups before a service: the only way to name them."""
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
    expected = f"it accepts a service on {_list(database.ports)}"
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


def states_its_egress(group: SecurityGroup) -> Finding:
    """No egress rule opens everything to everywhere."""

    def judged(rule: SecurityGroupRule) -> Finding:
        anywhere = rule.peer.kind == PeerKind.CIDR and is_anywhere(rule.peer.value)
        if anywhere and rule.ports.is_everything:
            return _bad(rule, f"it lets out {rule}")
        return _good(f"{rule}")

    return _all_rules(
        elements(group.egress),
        judged,
        expected="egress names ports or peers",
        none="it lets nothing out",
    )


def lets_nothing_out(party: Party) -> Finding:
    """No group of the party has an egress rule."""

    def judged(group: SecurityGroup) -> Finding:
        rules = elements(group.egress)
        text = "; ".join(f"{group.subject.id} lets out {rule}" for rule in rules)
        return Finding(
            holds=not rules, expected="", actual=text or f"{group.subject.id} lets nothing out"
        )

    return each(
        elements(party.security_groups),
        judged,
        expected="no egress at all",
        none="it has no security group",
    )


def is_closed(group: SecurityGroup) -> Finding:
    """The default group of a VPC has no rule at all."""
    rules = (*elements(group.ingress), *elements(group.egress))
    return _all_rules(
        rules,
        lambda rule: _bad(rule, f"it has a rule for {rule}"),
        expected="no rule at all",
        none="it has no rule",
    )


def _all_rules(
    rules: tuple[SecurityGroupRule, ...], judged: Held, *, expected: str, none: str
) -> Finding:
    """Fold over rules; a group without rules opens nothing, and so holds."""
    if not rules:
        return Finding(holds=True, expected=expected, actual=none)
    return each(rules, judged, expected=expected, none=none)


def _good(text: str) -> Finding:
    return Finding(holds=True, expected="", actual=text)


def _bad(rule: SecurityGroupRule, text: str) -> Finding:
    return Finding(holds=False, expected="", actual=text, location=rule.location)


def _list(ports: list[int] | tuple[int, ...]) -> str:
    return ", ".join("?" if is_unknown(port) else str(port) for port in elements(ports))
