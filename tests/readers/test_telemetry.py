"""What an application told becomes records: its own spans of a trace, the fields of a line."""

from __future__ import annotations

from typing import Any

from assurance.readers.telemetry import read_telemetry
from tests.observed_states import observed, seen

TRACE = "a" * 32


def span(trace: str, id_: str) -> dict[str, Any]:
    return {
        "name": "GET /",
        "kind": "server",
        "trace_id": trace,
        "span_id": id_,
        "parent_id": "p",
        "attributes": {"http.route": "/"},
        "events": [],
    }


def line(fields: dict[str, Any] | None) -> dict[str, Any]:
    return {"file": "log", "text": "as written", "fields": fields}


def followed(**changes: Any) -> Any:
    values: dict[str, Any] = {
        "operation": "GET /",
        "status": 200,
        "trace_id": TRACE,
        "parent_id": "p",
        "returned": [TRACE],
        "begun": ["b" * 32],
        "spans": [],
        "lines": [],
    }
    return read_telemetry(observed(seen("telemetry_trace", **(values | changes)))).requests[0]


def test_of_what_was_given_only_what_is_there_is_told() -> None:
    source = seen("telemetry_source", given={"metrics": True, "logs": False, "traces": True})

    assert read_telemetry(observed(source)).given == {"metrics", "traces"}
    assert read_telemetry(observed()).given == frozenset()


def test_a_page_has_every_sample_with_its_metric_and_what_was_sent_meanwhile() -> None:
    sample = {"name": "requests_total", "labels": {"route": "/"}, "value": 9, "rise": 4}
    page = seen(
        "telemetry_metrics",
        content_type="text/plain",
        fault="",
        families=[{"name": "requests", "type": "counter", "samples": [sample, sample]}],
        probes=[{"method": "GET", "route": "/", "status": None, "sent": 4}],
    )

    (found,) = read_telemetry(observed(page)).pages

    assert [(each.family, each.kind, each.rise) for each in found.samples] == [
        ("requests", "counter", 4)
    ] * 2
    assert [(each.route, each.status, each.count) for each in found.sent] == [("/", 0, 4)]


def test_spans_of_other_traces_are_left_out() -> None:
    found = followed(spans=[span(TRACE, "1"), span("c" * 32, "2")])

    assert [(each.id, each.parent, each.attributes) for each in found.spans] == [
        ("1", "p", {"http.route": "/"})
    ]


def test_a_request_that_nobody_answered_has_status_zero() -> None:
    found = followed(status=None, returned=[], begun=[])

    assert (found.status, found.returned, found.begun) == (0, (), ())


def test_a_line_that_is_no_object_is_not_structured() -> None:
    plain, structured = followed(lines=[line(None), line({"Level": "ERROR"})]).lines

    assert (plain.structured, plain.fields) == (False, {})
    assert (structured.structured, structured.fields) == (True, {"level": "ERROR"})


def test_fields_within_others_go_by_their_last_name() -> None:
    (found,) = followed(lines=[line({"error": {"Type": "KeyError"}, "level": "error"})]).lines

    assert found.fields["type"] == "KeyError"
    assert found.fields["level"] == "error"


def test_a_failed_request_keeps_the_person_to_look_for() -> None:
    failed = seen(
        "telemetry_error", trace_id=TRACE, person="ada@example.org", lines=[line({"a": 1})]
    )

    (found,) = read_telemetry(observed(failed)).failures

    assert (found.trace, found.person, len(found.lines)) == (TRACE, "ada@example.org", 1)


def test_a_place_tells_how_much_of_it_was_searched() -> None:
    place = seen("telemetry_surface", surface="logs", looked_at=0, unanswered=2, found=["a token"])

    (found,) = read_telemetry(observed(place)).surfaces

    assert (found.name, found.looked_at, found.found) == ("logs", 0, ("a token",))
    assert found.unanswered == 2
