"""What must hold for the place where all logs come together."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from assurance.model.audit import Archive
from assurance.model.central_logs import CentralLogs, LogKind, LogSource
from assurance.model.findings import Finding, any_of, each
from assurance.rules.audit import refuses_deletion
from assurance.rules.buckets import is_private, is_versioned
from assurance.rules.lists import listing

_DEMANDED = (LogKind.AUDIT, LogKind.FLOW)
"""Kinds that every system has; a system without containers or requests has no logs of those."""


def ends_in_centre(source: LogSource, logs: CentralLogs) -> Finding:
    """Its log reaches the place that most others reach."""
    centre = logs.centre
    holds = bool(centre) and any_of(source.places, lambda place: place == centre)
    return Finding(
        holds=holds,
        expected=f"its {source.kind} log ends in {centre or 'a bucket, with the others'}",
        actual=f"ends in {centre}" if holds else _ends(source),
    )


def _ends(source: LogSource) -> str:
    return f"reaches {listing(source.places)} only" if source.places else "is written nowhere"


def has_every_kind(logs: CentralLogs) -> Finding:
    """The kinds of log that every system has are there."""
    kinds = {source.kind for source in logs.sources}
    missing = tuple(kind for kind in _DEMANDED if kind not in kinds)
    return Finding(
        holds=not missing,
        expected=f"{listing(_DEMANDED)} logs are written",
        actual=f"no {listing(missing, 'or')} log is written" if missing else "all are written",
    )


def centre_is_protected(logs: CentralLogs) -> Finding:
    """The central place is private, keeps old versions and refuses deletion."""
    expected = "one place that is private, versioned and refuses deletion"
    found = [archive for archive in logs.archives if archive.bucket.subject.id == logs.centre]
    if not found:
        return Finding(holds=False, expected=expected, actual="there is no central place")
    return each(_guards(found[0]), lambda guard: guard(), expected=expected, none="")


def _guards(archive: Archive) -> tuple[Callable[[], Finding], ...]:
    """Return the judgements of each protection, so that one that fails decides."""

    def refusal() -> Finding:
        holds = refuses_deletion(archive)
        actual = "refuses deletion" if holds else "lets its objects be deleted"
        return Finding(holds=holds, expected="", actual=f"{archive.bucket.subject} {actual}")

    return (partial(is_private, archive.bucket), partial(is_versioned, archive.bucket), refusal)
