"""What must hold of trails, and of what watches an account."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from assurance.model.audit import Archive, Audit, Recorder, Trail
from assurance.model.findings import Finding, any_of
from assurance.model.identities import Statement
from assurance.model.unknown import UnknownValue
from assurance.rules.actions import covers
from assurance.rules.buckets import is_private, is_versioned

Check = tuple[Callable[[], bool], str]
"""Whether there is a fault, and the fault in words."""

_RECORDED = (
    "a trail that records the management events of all regions, validated, encrypted with a "
    "customer managed key, and switched on"
)

_DELETIONS = ("s3:DeleteObject", "s3:DeleteObjectVersion")


def is_recorded(audit: Audit) -> Finding:
    """One trail does all that is asked; others may do less."""
    holds = any_of(audit.trails, lambda trail: not _trail_faults(trail))
    faults = "" if holds else "; ".join(map(_described, audit.trails))
    actual = faults or ("there is one" if holds else "there is no trail")
    return Finding(holds=holds, expected=_RECORDED, actual=actual)


def _described(trail: Trail) -> str:
    return f"{trail.subject.id} {', '.join(_trail_faults(trail))}"


def _trail_faults(trail: Trail) -> tuple[str, ...]:
    return _faults(
        (
            (lambda: not trail.is_multi_region, "records one region only"),
            (lambda: not trail.includes_global, "leaves global services such as IAM out"),
            (lambda: not trail.is_validated, "does not validate its files"),
            (lambda: not trail.is_logging, "is switched off"),
            (lambda: trail.management != "All", "does not record all management events"),
            (lambda: not trail.key.is_customer_managed, "has no customer managed key"),
        )
    )


def keeps_its_trail(trail: Trail) -> Finding:
    """The bucket of a trail is private, versioned, and nothing in it can be deleted."""
    archive = trail.archive
    faults = _faults(
        (
            (lambda: not is_private(archive.bucket).holds, "is not private"),
            (lambda: not is_versioned(archive.bucket).holds, "is not versioned"),
            (lambda: not refuses_deletion(archive), "lets its objects be deleted"),
            (lambda: bool(archive.is_emptied), "is emptied to be destroyed (force_destroy)"),
        )
    )
    return Finding(
        holds=not faults,
        expected="a bucket that is private, versioned, and refuses deletion",
        actual=f"{archive.bucket.subject} {', '.join(faults) or 'is all that'}",
    )


def refuses_deletion(archive: Archive) -> bool:
    """Whether a lock, a second factor or a denial to everybody stands against deletion."""
    guards: tuple[Callable[[], bool], ...] = (
        lambda: archive.lock != "",
        lambda: bool(archive.needs_factor),
        lambda: all(
            any_of(archive.bucket.statements, partial(_denies, action)) for action in _DELETIONS
        ),
    )
    return any_of(guards, lambda guard: guard())


def _denies(action: str, statement: Statement) -> bool:
    """Whether a statement denies an action to everybody, always."""
    if statement.allows or statement.conditions:
        return False
    return (
        any_of(statement.principals, lambda principal: principal.name == "*")
        and any_of(statement.resources, lambda target: target.text.endswith("*"))
        and any_of(statement.actions, lambda pattern: covers(pattern, action))
    )


def watches_compliance(audit: Audit) -> Finding:
    """Configurations are recorded continuously, all of them."""
    expected = "a configuration recorder that records every type, is on, and delivers"
    holds = any_of(audit.recorders, lambda recorder: not _recorder_faults(recorder))
    if holds or not audit.recorders:
        actual = "there is one" if holds else "there is no configuration recorder"
        return Finding(holds=holds, expected=expected, actual=actual)
    actual = "; ".join(
        f"{found.subject.id} {', '.join(_recorder_faults(found))}" for found in audit.recorders
    )
    return Finding(holds=False, expected=expected, actual=actual)


def _recorder_faults(recorder: Recorder) -> tuple[str, ...]:
    return _faults(
        (
            (lambda: not recorder.records_all, "records some types only"),
            (lambda: not recorder.is_on, "is not started"),
            (lambda: not recorder.delivers, "has no delivery channel"),
        )
    )


def watches_threats(audit: Audit) -> Finding:
    """Threats are detected."""
    holds = any_of(audit.detectors, lambda detector: bool(detector.is_on))
    off = ", ".join(found.subject.id for found in audit.detectors)
    actual = "there is one" if holds else f"{off} is off" if off else "there is no threat detector"
    return Finding(holds=holds, expected="a threat detector that is on", actual=actual)


def _faults(checks: Iterable[Check]) -> tuple[str, ...]:
    """Return the faults that are known; where there is none, an unknown setting raises."""
    found: list[str] = []
    doubt: UnknownValue | None = None
    for is_faulty, text in checks:
        try:
            found += [text] if is_faulty() else []
        except UnknownValue as reason:
            doubt = doubt or reason
    if doubt and not found:
        raise doubt
    return tuple(found)
