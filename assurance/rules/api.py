"""What must hold for an API's document, its operations, its health and its limits."""

from __future__ import annotations

from http import HTTPStatus

from assurance.model.api import Burst, Document, Probe, TriedOperation
from assurance.model.findings import Finding, NotApplicable, Verdict
from assurance.model.unknown import UnknownValue
from assurance.rules.lists import listing

_TURNED_AWAY = frozenset({"401", "403", "405", "429"})
"""Answers that come before an operation is carried out."""


def is_valid(document: Document) -> Finding:
    """It is what the specification of its version asks for."""
    return Finding(
        holds=not document.fault,
        expected="a valid OpenAPI document",
        actual=document.fault or f"valid OpenAPI {document.version}",
    )


def was_tried(operation: TriedOperation) -> Finding:
    """The generator reached it; unknown where it never got past the door."""
    _got_in(operation)
    answered = sum(operation.statuses.values())
    return Finding(
        holds=answered > 0 and not operation.errors,
        expected="requests made from its description, each answered",
        actual=listing(operation.errors) or f"{answered} requests were answered",
    )


def _got_in(operation: TriedOperation) -> None:
    """Leave unknown what only turned callers away: of the operation itself nothing was seen."""
    statuses = set(operation.statuses)
    if statuses and statuses <= _TURNED_AWAY and not operation.failures:
        raise UnknownValue(
            f"only {listing(sorted(statuses))} came back, so the operation itself was not tried"
        )


def succeeds(operation: TriedOperation) -> Finding:
    """It did what it is for at least once; unknown where the requests did not fit what is there."""
    worked = [status for status in operation.statuses if _is_success(status, operation)]
    broke = [status for status in operation.statuses if status.startswith("5")]
    told = listing(f"{s} × {n}" for s, n in operation.statuses.items())
    if not worked and not broke:
        raise UnknownValue(
            f"no success was seen, only {told or 'no answer'}: name a body or parameters with which"
            " it succeeds, under `bodies` or `parameters` of its application, or give tokens of"
            " people for whom it does"
        )
    return Finding(holds=bool(worked), expected="at least one success", actual=told)


def _is_success(status: str, operation: TriedOperation) -> bool:
    """Whether a status says that an operation did what it is for; some of them only lead on."""
    leads_on = not any(each.startswith("2") for each in operation.announced)
    return status.startswith("2") or (status.startswith("3") and leads_on)


def keeps_its_word(operation: TriedOperation) -> Finding:
    """No check of the generator failed: statuses, schemas, headers, types, refusals."""
    _got_in(operation)
    found = [f"{check}: {what}" for check, what in sorted(operation.failures.items())]
    return Finding(
        holds=not found and bool(operation.statuses),
        expected="answers of the announced statuses and schemas",
        actual="; ".join(found)
        or listing(f"{s} × {n}" for s, n in operation.statuses.items())
        or "it was not tried",
    )


def answers_announced(operation: TriedOperation) -> Finding:
    """Every status that came back is one that it announces, or that its methods are bound to."""
    stray = sorted(
        status
        for status in operation.statuses
        if status not in operation.announced
        and f"{status[0]}XX" not in operation.announced
        and "default" not in operation.announced
        and status != str(HTTPStatus.METHOD_NOT_ALLOWED.value)
    )
    return Finding(
        holds=not stray and bool(operation.statuses),
        expected=f"one of {listing(sorted(operation.announced), 'or')}",
        actual=listing(stray) or listing(sorted(operation.statuses)) or "it was not tried",
    )


def answers_health(probe: Probe, *, name: str, without_database: bool) -> Verdict:
    """A probe says that all is well, or, as readiness without the database, that it is not."""
    if probe.name != name or probe.without_database != without_database:
        return NotApplicable("other_probe")
    fails = without_database and name == "ready"
    wanted = (HTTPStatus.SERVICE_UNAVAILABLE,) if fails else (HTTPStatus.OK, HTTPStatus.NO_CONTENT)
    return Finding(
        holds=probe.answer.status in wanted,
        expected=f"status {listing((status.value for status in wanted), 'or')}",
        actual=f"status {probe.answer.status}" if probe.answer.status else probe.answer.error,
    )


def survives(burst: Burst) -> Finding:
    """Everybody is served, or told to come again."""
    fine = {"200", "204", "304", "429", "503"}
    stray = sorted(set(burst.statuses) - fine)
    served = burst.statuses.get("200", 0)
    return Finding(
        holds=not stray and served > 0,
        expected="200, or 429 and 503 for those who must come again",
        actual=listing(f"{status} × {count}" for status, count in burst.statuses.items()),
    )


def ends_in_time(burst: Burst, *, seconds: int) -> Finding:
    """Nobody waits for a connection without end."""
    return Finding(
        holds=0 < burst.slowest <= seconds * 1000,
        expected=f"every answer within {seconds} s",
        actual=f"the slowest after {burst.slowest / 1000:.1f} s",
    )


def stays_within_pool(burst: Burst) -> Finding:
    """No more connections are in use than the pool is said to hold."""
    if not burst.measured:
        return Finding(
            holds=False,
            expected="metrics of the pool's connections in use and of its bound",
            actual="no such metrics",
        )
    return Finding(
        holds=burst.most_connections <= burst.bound,
        expected=f"at most {burst.bound:g} connections",
        actual=f"{burst.most_connections:g} connections",
    )
