"""What rises in an application's metrics when somebody sends requests."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assurance.collectors.http.client import Asked, Client, status_of
from assurance.collectors.http.description import Operation
from assurance.collectors.http.exposition import read_metrics


def rises(
    url: str, client: Client, sends: Iterable[tuple[Operation, Asked]], times: int
) -> dict[str, Any]:
    """Return a page of metrics with how much each sample rose while requests were sent."""
    before = _values(read_metrics(url, client.verification))
    probes = []
    for operation, asked in sends:
        answers = [status_of(client.send(asked)) for _ in range(times)]
        probes.append(
            {
                "method": operation.method,
                "route": operation.template,
                "status": answers[0],
                "sent": times,
            }
        )
    time.sleep(0.5)
    page = read_metrics(url, client.verification)
    for family in page["families"]:
        for sample in family["samples"]:
            sample["rise"] = round(sample["value"] - before.get(_key(sample), 0.0), 6)
        family["samples"] = [each for each in family["samples"] if each["rise"]][:50]
    return {**page, "probes": probes}


def _values(page: Mapping[str, Any]) -> dict[Any, float]:
    return {_key(sample): sample["value"] for sample in _samples(page)}


def _samples(page: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for family in page["families"]:
        yield from family["samples"]


def _key(sample: Mapping[str, Any]) -> tuple[Any, ...]:
    return (sample["name"], *sorted(sample["labels"].items()))
