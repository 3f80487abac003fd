"""Keeps of the operations that were used what every good answer tells: its status, its headers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assurance.collectors.http.client import status_of
from assurance.collectors.http.description import Description, Operation

_SECRET = frozenset({"set-cookie"})
"""Headers whose values are nobody's but the client's."""


def good_answers(
    described: Description,
    answers: Iterable[tuple[str, Mapping[str, Any]]],
    tried: Iterable[Mapping[str, Any]] = (),
) -> Iterator[dict[str, Any]]:
    """Yield for each operation its first success, or which statuses came instead.

    Args:
        described: The operations.
        answers: Operations with what came back when they were used.
        tried: What came back to a generator, by operation.
    """
    found = [*answers, *(each for operation in tried for each in _generated(operation))]
    for each in described.operations:
        own = [exchange for name, exchange in found if name == each.name]
        good = next((exchange for exchange in own if _is_good(each, exchange)), None)
        told = {"operation": each.name, "instead": [status_of(exchange) for exchange in own]}
        yield told if good is None else {"operation": each.name, "response": _seen(good)}


def _generated(tried: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for status, headers in tried["headers"].items():
        yield tried["operation"], {"response": {"status": int(status), "headers": headers}}


def _is_good(operation: Operation, exchange: Mapping[str, Any]) -> bool:
    """Whether an operation did what it is for; some of them only lead on."""
    status = status_of(exchange) or 0
    leads_on = not any(each.startswith("2") for each in operation.answers)
    return status // 100 == (3 if leads_on else 2)


def _seen(exchange: Mapping[str, Any]) -> dict[str, Any]:
    answer = exchange["response"]
    told = {name.lower(): text for name, text in answer["headers"].items()}
    headers = {name: text for name, text in told.items() if name not in _SECRET}
    return {"status": answer["status"], "headers": headers}
