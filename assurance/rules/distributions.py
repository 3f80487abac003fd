"""What must hold of distributions: TLS to the viewer, and no way past them to the origin."""

from __future__ import annotations

import re

from assurance.model.distributions import Admission, Behaviour, Distribution, Origin, OriginKind
from assurance.model.findings import Finding, NotApplicable, Verdict, any_of, each
from assurance.model.load_balancers import Action, Listener, LoadBalancer
from assurance.rules.listeners import denies_by_default
from assurance.rules.passages import elements, first, ingress_of
from assurance.rules.security_groups import is_open_to_the_internet

_MODERN = re.compile(r"^TLSv1\.[23](_|$)")


def delivers_over_tls(distribution: Distribution) -> Finding:
    """No path of the distribution is served over plain HTTP."""

    def judged(behaviour: Behaviour) -> Finding:
        return Finding(
            holds=behaviour.viewer_protocol in ("https-only", "redirect-to-https"),
            expected="",
            actual=f"{behaviour.path}: {behaviour.viewer_protocol}",
        )

    return each(
        elements(distribution.behaviours),
        judged,
        expected="every path is served over TLS, or redirected to it",
        none="it serves no path",
    )


def refuses_old_tls(distribution: Distribution) -> Verdict:
    """Viewers speak TLS 1.2 or newer, where the distribution can choose."""
    if distribution.has_default_certificate:
        return NotApplicable("default_certificate")
    oldest = distribution.oldest_tls
    return Finding(
        holds=_MODERN.match(str(oldest)) is not None,
        expected="TLS 1.2 or newer",
        actual=f"it accepts {oldest} and newer",
    )


def hides_its_origins(distribution: Distribution) -> Finding:
    """Each origin is reached through the distribution only."""
    return each(
        elements(distribution.origins),
        _is_hidden,
        expected="every origin is reached through the distribution only",
        none="it has no origin",
    )


def _is_hidden(origin: Origin) -> Finding:
    if origin.kind == OriginKind.WEBSITE:
        return _found(origin, f"{origin.text} is a public website of a bucket")
    if origin.kind == OriginKind.BUCKET:
        return _found(origin, _bucket_gap(origin))
    return _found(origin, _balancer_gap(origin))


def _found(origin: Origin, gap: str) -> Finding:
    text = gap or f"{origin.text} answers the distribution only"
    location = origin.location if gap else None
    return Finding(holds=not gap, expected="", actual=text, location=location)


def _bucket_gap(origin: Origin) -> str:
    """Return how a bucket is reached past the distribution, or not at all; empty for no gap."""
    if not origin.is_signed:
        return f"requests to {origin.text} are not signed, so it has to be public"
    anybody = first(origin.admissions, lambda one: one if one.is_anybody else None)
    if anybody is not None:
        return f"{origin.text} admits {anybody.principal}"
    if not any_of(elements(origin.admissions), _is_network):
        return f"{origin.text} does not admit the distribution"
    return ""


def _is_network(admission: Admission) -> bool:
    return admission.is_network


def _balancer_gap(origin: Origin) -> str:
    if origin.is_internal:
        return ""
    (balancer,) = origin.load_balancers
    if balancer.is_internal or not _is_open(balancer) or _asks_for_header(balancer, origin):
        return ""
    return f"{origin.text} admits the internet beside the distribution"


def _is_open(balancer: LoadBalancer) -> bool:
    groups = elements(balancer.security_groups)
    return not groups or any_of(ingress_of(groups), is_open_to_the_internet)


def _asks_for_header(balancer: LoadBalancer, origin: Origin) -> bool:
    """Whether every listener that forwards does so only with a header of the distribution."""
    secrets = {name.lower() for name in origin.secret_headers}

    def asks(listener: Listener) -> bool:
        forwards = [rule for rule in listener.rules if _forwards(rule.actions)]
        guarded = all(secrets & {name.lower() for name in rule.headers} for rule in forwards)
        return guarded and (denies_by_default(listener) or not _forwards(listener.default_actions))

    return bool(secrets) and all(asks(listener) for listener in balancer.listeners)


def _forwards(actions: tuple[Action, ...]) -> bool:
    return any_of(elements(actions), lambda action: action.kind == "forward")
