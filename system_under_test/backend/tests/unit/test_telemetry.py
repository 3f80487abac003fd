"""A request can be followed: context in, out, in logs and problem documents."""

import json
import logging
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from workshop.application import create_app
from workshop.logs import JsonFormatter
from workshop.settings import read_settings

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = f"00-{TRACE}-00f067aa0ba902b7-01"


@pytest.fixture
def plain(variables: dict[str, str]) -> FlaskClient:
    return create_app(read_settings(variables)).test_client()


def test_the_trace_of_the_caller_goes_on(plain: FlaskClient) -> None:
    answer = plain.get("/api/v1/nothing", headers={"traceparent": PARENT})

    assert answer.headers["X-Trace-Id"] == TRACE
    assert answer.headers["traceresponse"].startswith(f"00-{TRACE}-")
    assert "00f067aa0ba902b7" not in answer.headers["traceresponse"]
    assert answer.json is not None
    assert answer.json["trace_id"] == TRACE


@pytest.mark.parametrize("parent", ["", "nonsense", f"00-{'0' * 32}-00f067aa0ba902b7-01"])
def test_without_a_usable_context_a_trace_begins(plain: FlaskClient, parent: str) -> None:
    answer = plain.get("/api/v1/features", headers={"traceparent": parent})

    assert len(answer.headers["X-Trace-Id"]) == 32
    assert set(answer.headers["X-Trace-Id"]) != {"0"}


def test_a_request_is_logged_with_its_trace_and_route_and_nobody_in_it(
    plain: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        plain.get("/api/v1/modules/ada-lovelace?q=ada@example.org", headers={"traceparent": PARENT})

    record = next(record for record in caplog.records if record.message == "request")
    assert record.fields["route"] == "/api/v1/modules/<slug>"  # type: ignore[attr-defined]
    lines = [JsonFormatter().format(record) for record in caplog.records]
    assert all("ada" not in line and "127.0.0.1" not in line for line in lines)


def test_a_log_line_is_one_json_object() -> None:
    try:
        int("secret")
    except ValueError:
        record = logging.LogRecord(
            "a", logging.ERROR, "f", 1, "%s\nfailed", ("it",), sys.exc_info()
        )

    line = JsonFormatter().format(record)

    assert "\n" not in line
    assert "secret" not in line
    parsed = json.loads(line)
    assert (parsed["level"], parsed["message"]) == ("error", "it\nfailed")
    assert parsed["error"] == "builtins.ValueError"


def test_probes_are_logged_only_when_they_fail(
    away: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        away.get("/health/live")
        away.get("/health/ready")

    routes = [record.fields["route"] for record in caplog.records if record.message == "request"]  # type: ignore[attr-defined]
    assert routes == ["/health/ready"]


def test_spans_are_written_to_the_file(variables: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "spans.jsonl"
    given = {"OTEL_TRACES_EXPORTER": "file", "TRACES_FILE": str(path)}
    made: Flask = create_app(read_settings(variables | given))

    made.test_client().get("/api/v1/features", headers={"traceparent": PARENT})
    made.tracer_provider.force_flush()  # type: ignore[attr-defined]

    spans = [json.loads(line) for line in path.read_text().splitlines()]
    assert [span["name"] for span in spans] == ["GET /api/v1/features"]
    assert spans[0]["context"]["trace_id"] == f"0x{TRACE}"
    assert spans[0]["parent_id"] == "0x00f067aa0ba902b7"
    assert spans[0]["attributes"]["http.response.status_code"] == 200


@pytest.mark.parametrize("exporter", ["console", "otlp"])
def test_the_other_exporters_can_be_chosen(
    variables: dict[str, str],
    exporter: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "1")
    made = create_app(read_settings(variables | {"OTEL_TRACES_EXPORTER": exporter}))

    assert made.test_client().get("/api/v1/features").status_code == 200
    made.tracer_provider.shutdown()  # type: ignore[attr-defined]
    shown = capsys.readouterr().out
    assert ("GET /api/v1/features" in shown) == (exporter == "console")
