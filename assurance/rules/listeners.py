"""What must hold of listeners: TLS, certificates and redirects."""

from __future__ import annotations

import re

from assurance.model.findings import Finding, NotApplicable, Verdict, all_of, any_of, each
from assurance.model.load_balancers import Action, Certificate, Listener, LoadBalancer
from assurance.rules.passages import elements

_SECURE = ("HTTPS", "TLS")
_PLAIN_PORT = 80
_POLICY = re.compile(r"^ELBSecurityPolicy-(?:TLS13|TLS|FS)-1-(\d)\b")
_OLD = re.compile(r"^ELBSecurityPolicy-(?:2015-05|2016-08|FS-2018-06)$")


def terminates_tls(balancer: LoadBalancer) -> Verdict:
    """A listener for HTTPS, or for TLS, ends the encryption at the load balancer."""
    if balancer.type == "gateway":
        return NotApplicable("gateway")
    secure = any_of(elements(balancer.listeners), lambda one: one.protocol in _SECURE)
    spoken = ", ".join(f"{one.protocol} {one.port}" for one in balancer.listeners) or "nothing"
    return Finding(holds=secure, expected="a listener for HTTPS", actual=f"it listens for {spoken}")


def speaks_modern_tls(listener: Listener, *, version: str) -> Verdict:
    """The security policy of a TLS listener refuses everything older than the agreed version."""
    if listener.protocol not in _SECURE:
        return NotApplicable("no_tls")
    oldest = _oldest(listener.tls_policy)
    return Finding(
        holds=_number(oldest) >= _number(version),
        expected=f"TLS {version} or newer",
        actual=f"{listener.tls_policy} accepts TLS {oldest}",
    )


def _oldest(policy: str) -> str:
    """Return the oldest version that one of AWS's security policies accepts.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
    """
    found = _POLICY.match(str(policy))
    if found:
        return f"1.{found[1]}"
    return "1.0" if _OLD.match(policy) else "of a version that no policy of AWS's states"


def _number(version: str) -> tuple[int, ...]:
    parts = version.split(".")
    return tuple(int(part) for part in parts) if all(map(str.isdecimal, parts)) else (0,)


def has_managed_certificates(listener: Listener) -> Verdict:
    """Every certificate of a TLS listener was issued by AWS, which renews it."""
    if listener.protocol not in _SECURE:
        return NotApplicable("no_tls")

    def judged(certificate: Certificate) -> Finding:
        word = (
            "is issued and renewed by AWS" if certificate.is_managed else "was brought in by hand"
        )
        return Finding(
            holds=certificate.is_managed, expected="", actual=f"{certificate.text} {word}"
        )

    return each(
        elements(listener.certificates),
        judged,
        expected="certificates that AWS issues and renews",
        none="it has no certificate",
    )


def redirects_plain_http(listener: Listener) -> Verdict:
    """A listener for plain HTTP redirects every request to HTTPS."""
    if listener.protocol in _SECURE or not _is_plain_http(listener):
        return NotApplicable("no_plain_http")
    return redirects_only(listener)


def _is_plain_http(listener: Listener) -> bool:
    """Whether it speaks HTTP, or hands port 80 through."""
    return listener.protocol == "HTTP" or listener.port == _PLAIN_PORT


def redirects_only(listener: Listener) -> Finding:
    """Every action of the listener, and of its rules, is a redirect to HTTPS."""
    actions = (
        *elements(listener.default_actions),
        *(action for rule in listener.rules for action in elements(rule.actions)),
    )
    return each(
        actions,
        _is_redirect,
        expected="every action redirects to HTTPS",
        none="it states no action",
    )


def _is_redirect(action: Action) -> Finding:
    if action.kind != "redirect":
        return Finding(
            holds=False, expected="", actual=f"an action is {action.kind}", location=action.location
        )
    protocol = "HTTP, as it came" if action.protocol == "#{protocol}" else action.protocol
    return Finding(
        holds=action.protocol == "HTTPS",
        expected="",
        actual=f"it redirects to {protocol}",
        location=action.location,
    )


def denies_by_default(listener: Listener) -> bool:
    """Whether a request that no rule matches gets a fixed answer."""
    return all_of(elements(listener.default_actions), lambda one: one.kind == "fixed-response")
