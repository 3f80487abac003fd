"""Lines and spans are read from where a file ended, in both shapes that spans are written in."""

from __future__ import annotations

import json
from pathlib import Path

from assurance.collectors.telemetry.leaks import Planted
from assurance.collectors.telemetry.records import Written, parsed, spans

SDK = {
    "name": "GET /notes",
    "kind": "SpanKind.SERVER",
    "context": {"trace_id": "0xaa", "span_id": "0xbb"},
    "parent_id": "0xcc",
    "attributes": {"http.route": "/notes"},
    "events": [{"name": "told", "timestamp": "", "attributes": {"of": "it"}}],
}
OTLP = {
    "resourceSpans": [
        {
            "scopeSpans": [
                {
                    "spans": [
                        {
                            "name": "GET /notes",
                            "kind": 2,
                            "traceId": "aa",
                            "spanId": "bb",
                            "parentSpanId": "cc",
                            "attributes": [
                                {"key": "http.route", "value": {"stringValue": "/notes"}}
                            ],
                            "events": [
                                {
                                    "name": "told",
                                    "attributes": [{"key": "of", "value": {"stringValue": "it"}}],
                                }
                            ],
                        }
                    ]
                }
            ]
        }
    ]
}


def test_both_shapes_of_spans_mean_the_same() -> None:
    wanted = {
        "name": "GET /notes",
        "kind": "server",
        "trace_id": "aa",
        "span_id": "bb",
        "parent_id": "cc",
        "attributes": {"http.route": "/notes"},
        "events": [{"name": "told", "attributes": {"of": "it"}}],
    }

    assert list(spans([json.dumps(SDK), json.dumps(OTLP), "not a span"])) == [wanted, wanted]


def test_only_what_is_new_is_read(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text("old\n")
    written = Written([log, tmp_path / "missing"])

    with log.open("a") as file:
        file.write("new trace\nother\n")

    assert list(written.lines()) == [(log, "new trace"), (log, "other")]
    assert written.holding("trace") == [(log, "new trace")]


def test_a_line_that_is_no_object_is_plain_text() -> None:
    assert parsed('{"level": "info"}') == {"level": "info"}
    assert parsed("[1]") is None
    assert parsed("Listening on :80") is None


def test_planted_secrets_and_forms_of_credentials_are_found() -> None:
    planted = Planted("a.b.signature-of-a-token")
    secret = planted.values["password"]

    assert planted.found_in("nothing") == set()
    assert planted.found_in(f"x {secret} y") == {"the planted password"}
    assert planted.found_in("signature-of-a-token") == {"a token that was accepted"}
    assert planted.found_in("key AKIA" + "ABCDEFGHIJKLMNOP") == {"AWS Access Key"}
