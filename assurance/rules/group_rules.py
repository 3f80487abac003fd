"""Folding what is said of single rules into what is said of their group."""

from __future__ import annotations

from collections.abc import Callable

from assurance.model.findings import Finding, each
from assurance.model.networks import SecurityGroupRule
from assurance.model.unknown import is_unknown
from assurance.rules.passages import elements

Held = Callable[[SecurityGroupRule], Finding]


def fold_rules(
    rules: tuple[SecurityGroupRule, ...], judged: Held, *, expected: str, none: str
) -> Finding:
    """Fold over rules; a group without rules opens nothing, and so holds."""
    if not rules:
        return Finding(holds=True, expected=expected, actual=none)
    return each(rules, judged, expected=expected, none=none)


def is_within(rule: SecurityGroupRule, ports: list[int]) -> bool:
    """Whether a rule admits TCP (or UDP, for HTTP/3) to no other port than these."""
    if rule.ports.protocol not in ("tcp", "udp"):
        return False
    span = range(rule.ports.first, rule.ports.last + 1)
    return len(span) <= len(ports) and all(port in ports for port in span)


def good(text: str) -> Finding:
    """Return that a rule is as it should be."""
    return Finding(holds=True, expected="", actual=text)


def bad(rule: SecurityGroupRule, text: str) -> Finding:
    """Return that a rule is wrong, with its place."""
    return Finding(holds=False, expected="", actual=text, location=rule.location)


def listed(ports: list[int] | tuple[int, ...]) -> str:
    """Return ports in words, those that cannot be known as a question mark."""
    return ", ".join("?" if is_unknown(port) else str(port) for port in elements(ports))
