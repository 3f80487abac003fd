"""Ways in from the internet: address, route, ACL and security group have to be open at once."""

from __future__ import annotations

from assurance.model.addresses import EPHEMERAL, is_public
from assurance.model.findings import Finding
from assurance.model.networks import PeerKind, SecurityGroup, SecurityGroupRule, Subnet
from assurance.model.parties import Party
from assurance.model.unknown import is_unknown
from assurance.rules.acl_regions import Region
from assurance.rules.passages import (
    Passage,
    elements,
    first,
    through_acl,
    through_gateway,
    walk,
)

_PROTOCOLS = ("tcp", "udp")
_IPV4, _IPV6 = 4, 6


def is_not_reached_from_the_internet(party: Party) -> Finding:
    """No way leads from the internet to any interface of the party."""
    expected = "no way leads from the internet to it"
    closed: list[str] = []

    def way_in(subnet: Subnet) -> Passage | None:
        found = [_from_internet(party, subnet, version) for version in (_IPV4, _IPV6)]
        closed.extend(one.text for one in found if not one.is_open)
        return next((one for one in found if one.is_open), None)

    if _has_no_address(party):
        return Finding(
            holds=True, expected=expected, actual=f"{party.subject.id} has no public address"
        )
    way = first(party.subnets, way_in)
    if way is not None:
        return Finding(holds=False, expected=expected, actual=f"internet → {way.text}")
    return Finding(holds=True, expected=expected, actual="; ".join(dict.fromkeys(closed)))


def _has_no_address(party: Party) -> bool:
    """Whether it has neither a public IPv4 address nor, as far as is written, an IPv6 one."""
    public = party.has_public_address
    if is_unknown(public) or public:
        return False
    return not any(
        ":" in cidr
        for subnet in elements(party.subnets)
        if not is_unknown(subnet) and not is_unknown(subnet.cidr_blocks)
        for cidr in subnet.cidr_blocks
    )


def _from_internet(party: Party, subnet: Subnet, version: int) -> Passage:
    return walk(
        (
            lambda: through_gateway(subnet, version),
            lambda: _address(party, subnet, version),
            lambda: _filters(party, subnet, version),
        )
    )


def _address(party: Party, subnet: Subnet, version: int) -> Passage:
    name = party.subject.id
    has = (
        party.has_public_address if version == _IPV4 else any(":" in c for c in subnet.cidr_blocks)
    )
    if has:
        return Passage(is_open=True, text=f"public address of {name} in {subnet.subject.id}")
    return Passage(is_open=False, text=f"{name} has no public IPv{version} address")


def _filters(party: Party, subnet: Subnet, version: int) -> Passage:
    """Whether a rule of its groups and the ACL let packets of the internet in and answers out."""

    def by_rule(rule: SecurityGroupRule, group: SecurityGroup) -> Passage | None:
        if rule.peer.kind != PeerKind.CIDR or not is_public(rule.peer.value):
            return None
        if (":" in rule.peer.value) is not (version == _IPV6):
            return None
        way = _through_acls(rule, subnet)
        if way is None:
            return None
        text = f"{way} → {group.subject.id} ({rule}) → {party.subject.id}"
        return Passage(is_open=True, text=text)

    found = first(
        party.security_groups, lambda group: first(group.ingress, lambda r: by_rule(r, group))
    )
    if found is not None:
        return found
    return Passage(
        is_open=False, text=f"groups or ACL of {party.subject.id} admit no internet range"
    )


def _through_acls(rule: SecurityGroupRule, subnet: Subnet) -> str | None:
    for protocol in _PROTOCOLS:
        if not rule.ports.admits(protocol, rule.ports.first):
            continue
        cidr = rule.peer.value
        ask = Region(cidr=cidr, protocol=protocol, first=rule.ports.first, last=rule.ports.last)
        answer = Region(cidr=cidr, protocol=protocol, first=EPHEMERAL[0], last=EPHEMERAL[1])
        inward = through_acl(subnet, ask, outward=False)
        if inward.is_open and through_acl(subnet, answer, outward=True).is_open:
            return inward.text
    return None
