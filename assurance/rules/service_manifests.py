"""What must hold for the manifests by which Harness replaces the tasks of a service."""

from __future__ import annotations

from collections.abc import Iterable

from assurance.model.findings import Finding, NotApplicable, Verdict
from assurance.model.service_manifests import ServiceManifest
from assurance.model.services import Service

_FULL = 100


def _settled(manifest: ServiceManifest, services: Iterable[Service]) -> Verdict | None:
    """Return the verdict on a manifest that leaves a service as something else makes it."""
    if manifest.shifts_traffic:
        return NotApplicable("blue_green")
    known = any(service.name == manifest.name for service in services)
    if manifest.states_deployment or not known:
        return None
    return Finding(
        holds=True,
        expected="what Terraform states for the service, which is judged there",
        actual=f"the manifest leaves {manifest.name} as Terraform states it",
    )


def keeps_full_capacity(
    manifest: ServiceManifest, services: Iterable[Service], *, least: int
) -> Verdict:
    """No task goes before its successor is healthy."""
    settled = _settled(manifest, services)
    if settled:
        return settled
    percent = manifest.minimum_healthy
    return Finding(
        holds=percent >= least,
        expected=f"minimum healthy percent of at least {least}",
        actual=f"minimum healthy percent {percent}",
    )


def bounds_surplus(manifest: ServiceManifest, services: Iterable[Service], *, most: int) -> Verdict:
    """There is room for successors, and no more than as many as there are tasks."""
    settled = _settled(manifest, services)
    if settled:
        return settled
    percent = manifest.maximum
    return Finding(
        holds=_FULL < percent <= most,
        expected=f"maximum percent above {_FULL} and at most {most}",
        actual=f"maximum percent {percent}",
    )


def rolls_back(manifest: ServiceManifest, services: Iterable[Service]) -> Verdict:
    """The circuit breaker takes a failed deployment back."""
    settled = _settled(manifest, services)
    if settled:
        return settled
    return Finding(
        holds=manifest.rolls_back,
        expected="a circuit breaker that rolls back",
        actual=f"the circuit breaker {'rolls' if manifest.rolls_back else 'does not roll'} back",
    )
