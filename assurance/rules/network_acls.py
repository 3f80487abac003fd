"""What must hold of network ACLs: they guard, they block nothing needed, they open nothing else."""

from __future__ import annotations

from functools import lru_cache

from assurance.model.addresses import EPHEMERAL, is_anywhere, is_public, overlap
from assurance.model.findings import Finding, each
from assurance.model.networks import AclEntry, NetworkAcl, Networks, Subnet
from assurance.model.parties import Parties
from assurance.model.unknown import UnknownValue, is_unknown, why_unknown
from assurance.rules.acl_regions import Region, refused
from assurance.rules.needs import INTERNET, Half, halves
from assurance.rules.passages import elements, first

_HARMLESS = ("icmp", "icmpv6")


def is_guarded(subnet: Subnet) -> Finding:
    """The ACL of the subnet does not let everything in."""
    acl = subnet.acl
    entry = first(acl.ingress, lambda one: one if _admits_everything(one) else None)
    actual = f"{acl.subject.id} guards it" if entry is None else f"{acl.subject.id}, {entry}"
    return Finding(holds=entry is None, expected="an ACL that limits what comes in", actual=actual)


def _admits_everything(entry: AclEntry) -> bool:
    return entry.allows and entry.ports.is_everything and is_anywhere(entry.cidr)


def lets_needed_flows_pass(subnet: Subnet, parties: Parties) -> Finding:
    """Every flow that groups open passes the ACL of the subnet, and so does its answer."""
    expected = "every flow that the security groups open, and its answer, passes"
    found = tuple(halves(parties, subnet))
    if not found:
        return Finding(holds=True, expected=expected, actual="no flow passes this subnet's ACL")

    def judged(half: Half) -> Finding:
        acl = subnet.acl
        region = Region(cidr=half.cidr, protocol="tcp", first=half.first, last=half.last)
        entries = acl.egress if half.outward else acl.ingress
        reason = refused(entries, region, is_broad=half.cidr == INTERNET)
        what = f"{'the answer of ' if half.is_answer else ''}{half.need}"
        way = "out of" if half.outward else "into"
        if reason:
            text = f"{what} is blocked {way} {subnet.subject.id}: {reason} of {acl.subject.id}"
            return Finding(holds=False, expected="", actual=text)
        return Finding(holds=True, expected="", actual=f"{half.need} passes")

    return each(found, judged, expected=expected, none="")


def lets_nothing_else_pass(subnet: Subnet, networks: Networks, parties: Parties) -> Finding:
    """Every entry that allows something is used by a needed flow, and is no wider than it."""
    expected = "every entry that allows something is needed, and no wider than needed"
    acl = subnet.acl
    found = _halves_of(acl, networks, parties)
    parts = [
        *((entry, False) for entry in elements(acl.ingress)),
        *((entry, True) for entry in elements(acl.egress)),
    ]
    if not parts:
        return Finding(holds=True, expected=expected, actual="it allows nothing")
    return each(
        parts,
        lambda part: _is_needed(part[0], found, acl.subject.id, outward=part[1]),
        expected=expected,
        none="",
    )


@lru_cache(maxsize=256)
def _halves_of(acl: NetworkAcl, networks: Networks, parties: Parties) -> tuple[Half, ...]:
    """Return what passes an ACL in any of its subnets."""
    guarded = [one for one in networks.subnets if not is_unknown(one.acl) and one.acl == acl]
    return tuple(half for one in guarded for half in halves(parties, one))


def _is_needed(entry: AclEntry, found: tuple[Half, ...], acl: str, *, outward: bool) -> Finding:
    way = "out" if outward else "in"
    if not entry.allows or entry.ports.protocol in _HARMLESS:
        return Finding(holds=True, expected="", actual=f"{way}: {entry}")
    known = [half for half in found if not _is_doubtful(half) and half.outward == outward]
    reason = _too_wide(entry, [half for half in known if _uses(half, entry)])
    doubts = [_doubt(half) for half in found if _is_doubtful(half)]
    if reason and doubts and not entry.ports.is_everything:
        raise doubts[0]
    text = f"{acl} {way}: {entry}{', ' if reason else ''}{reason}"
    place = entry.location if reason else None
    return Finding(holds=not reason, expected="", actual=text, location=place)


def _is_doubtful(half: Half) -> bool:
    return is_unknown(half) or is_unknown(half.cidr)


def _doubt(half: Half) -> UnknownValue:
    return UnknownValue(why_unknown(half if is_unknown(half) else half.cidr))


def _uses(half: Half, entry: AclEntry) -> bool:
    if not any(entry.ports.admits("tcp", port) for port in (half.first, half.last)):
        return False
    if half.cidr == INTERNET:
        return is_public(entry.cidr)
    return overlap(half.cidr, entry.cidr)


def _too_wide(entry: AclEntry, used: list[Half]) -> str:
    """Return why an entry opens more than the flows that use it; empty where it does not."""
    if entry.ports.is_everything:
        return "which names no port"
    if not used:
        return "which no flow needs"
    if is_public(entry.cidr) and not any(half.cidr == INTERNET for half in used):
        return "which no flow from the internet needs"
    answers = any(half.is_answer for half in used)
    if answers and EPHEMERAL[0] <= entry.ports.first:
        return ""
    asked = {half.first for half in used if not half.is_answer}
    span = range(entry.ports.first, entry.ports.last + 1)
    if len(span) <= len(asked) and all(port in asked for port in span):
        return ""
    return f"of which only {', '.join(str(port) for port in sorted(asked)) or 'answers'} is needed"
