"""What must hold of security groups: what they admit from the internet, and let out."""

from __future__ import annotations

from assurance.model.addresses import is_anywhere, is_public
from assurance.model.findings import Finding, NotApplicable, Verdict, each
from assurance.model.load_balancers import LoadBalancer
from assurance.model.networks import PeerKind, SecurityGroup, SecurityGroupRule
from assurance.model.parties import Parties, Party, Role
from assurance.rules.group_rules import bad, fold_rules, good, is_within, listed
from assurance.rules.listeners import redirects_only
from assurance.rules.passages import elements, ingress_of


def is_open_to_the_internet(rule: SecurityGroupRule) -> bool:
    """Whether a rule names a range that holds an address of the internet."""
    return rule.peer.kind == PeerKind.CIDR and is_public(rule.peer.value)


def admits_the_internet_only_at_the_load_balancer(
    group: SecurityGroup, parties: Parties
) -> Finding:
    """A group that admits the internet is held by internet-facing load balancers only."""
    holders = parties.holding(group.subject.id)
    others = [one.subject.id for one in holders if not _faces_the_internet(one)]
    held = f"held by {', '.join(others)}" if others else "held by no load balancer"

    def judged(rule: SecurityGroupRule) -> Finding:
        if not is_open_to_the_internet(rule):
            return good(f"{rule}")
        if holders and not others:
            return good(f"{rule}, at the load balancer")
        return bad(rule, f"it admits {rule} and is {held}")

    return fold_rules(
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
    expected = (
        f"open to the internet on {listed(ports)}, and on {listed(redirect_ports)} to redirect"
    )
    redirecting = [port for port in redirect_ports if _is_redirected(balancer, port)]
    allowed = [*ports, *redirecting]

    def judged(rule: SecurityGroupRule) -> Finding:
        if not is_open_to_the_internet(rule) or is_within(rule, allowed):
            return good(f"{rule}")
        return bad(rule, f"it admits {rule}")

    if not elements(balancer.security_groups):
        wrong = [str(one.port) for one in balancer.listeners if one.port not in allowed]
        text = ", ".join(wrong) or "no other port"
        return Finding(
            holds=not wrong, expected=expected, actual=f"without a group it listens on {text}"
        )
    rules = ingress_of(balancer.security_groups)
    return fold_rules(rules, judged, expected=expected, none="its groups admit nobody")


def _is_redirected(balancer: LoadBalancer, port: int) -> bool:
    return all(
        redirects_only(listener).holds for listener in balancer.listeners if listener.port == port
    )


def states_its_egress(group: SecurityGroup) -> Finding:
    """No egress rule opens everything to everywhere."""

    def judged(rule: SecurityGroupRule) -> Finding:
        anywhere = rule.peer.kind == PeerKind.CIDR and is_anywhere(rule.peer.value)
        if anywhere and rule.ports.is_everything:
            return bad(rule, f"it lets out {rule}")
        return good(f"{rule}")

    return fold_rules(
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
    return fold_rules(
        rules,
        lambda rule: bad(rule, f"it has a rule for {rule}"),
        expected="no rule at all",
        none="it has no rule",
    )
