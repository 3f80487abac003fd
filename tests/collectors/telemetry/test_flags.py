"""Evaluations of flags are found in the traces of the requests that they belong to."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assurance.collectors.http import HttpRequest
from assurance.collectors.http.client import Client
from assurance.collectors.http.description import Description
from assurance.collectors.http.people import People
from assurance.collectors.telemetry import records
from assurance.collectors.telemetry.flags import flags_in_use
from assurance.collectors.telemetry.records import Written
from tests.collectors.small_api import DOCUMENT, SmallApi, serving


@dataclass
class Traced(SmallApi):
    """Writes a span for each request for notes, with the evaluation of a flag."""

    file: Path | None = None
    reason: str = "split"

    def answer(self, method: str, path: str, token: str) -> tuple[int, Any, dict[str, str]]:
        """Return status, body and headers."""
        if path == "/ready":
            return 200, {}, {}
        return super().answer(method, path, token)

    def traced(self, method: str, path: str, parent: str) -> None:
        """Write down what was evaluated."""
        if not parent:
            return
        event = {"feature_flag.key": "order", "feature_flag.result.reason": self.reason}
        span = {
            "name": f"{method} {path}",
            "context": {"trace_id": f"0x{parent.split('-')[1]}", "span_id": "0x1"},
            "events": [
                {"name": "feature_flag.evaluation", "attributes": event},
                {"name": "exception", "attributes": {"feature_flag.key": "other"}},
            ],
        }
        if self.file is not None:
            with self.file.open("a") as written:
                written.write(json.dumps(span) + "\n")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "_WAIT", 0.4)


def in_use(tmp_path: Path, usual: Traced, twin: Traced | None, *, listening: bool = True) -> Any:
    document = copy.deepcopy(DOCUMENT)
    traces = Written([tmp_path / "traces"] if listening else [])
    usual.file = tmp_path / "traces"
    with serving(usual) as url, serving(twin or Traced()) as other, Client(url) as client:
        if twin is not None:
            twin.file = tmp_path / "traces"
        api = HttpRequest(
            base_url=url,
            openapi="/api/openapi.json",
            ready="/ready",
            backend=url,
            without_flags=other if twin else "",
        )
        return flags_in_use(api, client, Description(document, {}), People("", "", {}), traces)


def test_what_was_evaluated_with_the_service_stands_beside_what_was_without(
    tmp_path: Path,
) -> None:
    evaluations, requests = in_use(tmp_path, Traced(), Traced(reason="error"))

    (found,) = evaluations
    assert (found["operation"], found["flag"]) == ("GET /api/notes", "order")
    assert [each["feature_flag.result.reason"] for each in found["usual"]] == ["split"]
    assert [each["feature_flag.result.reason"] for each in found["without"]] == ["error"]
    assert requests == [
        {"request": "GET /api/notes", "usual": 200, "status": 200, "flagged": True},
        {"request": "GET /ready", "usual": 200, "status": 200, "flagged": False},
    ]


def test_without_a_twin_only_the_system_itself_is_looked_at(tmp_path: Path) -> None:
    evaluations, requests = in_use(tmp_path, Traced(), None)

    assert [each["without"] for each in evaluations] == [[]]
    assert requests == []


def test_without_traces_nobody_knows_where_flags_are_evaluated(tmp_path: Path) -> None:
    evaluations, requests = in_use(tmp_path, Traced(), Traced(), listening=False)

    assert evaluations == []
    assert [set(each["flagged"]) for each in requests[:-1]] == [{"$unknown"}]


def test_a_twin_that_is_gone_answers_nothing(tmp_path: Path) -> None:
    with serving(Traced()) as gone:
        pass
    traces = Written([tmp_path / "traces"])
    with serving(Traced()) as url, Client(url) as client:
        api = HttpRequest(base_url=url, openapi="", without_flags=gone)
        _, requests = flags_in_use(
            api, client, Description(DOCUMENT, {}), People("", "", {}), traces
        )

    assert [each["status"] for each in requests] == [None]
