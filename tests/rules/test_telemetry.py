"""Rules about metrics, traces, logs and secrets: what conforms, and each way not to."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import Finding
from assurance.model.subjects import Location, Subject
from assurance.model.telemetry import (
    FailedRequest,
    FollowedRequest,
    LogLine,
    MetricsPage,
    Sample,
    Sent,
    Span,
    Surface,
)
from assurance.model.unknown import UnknownValue
from assurance.rules import telemetry as rules

SUBJECT = Subject(id="it", location=Location(file="it"))
TRACE, PARENT = "a" * 32, "b" * 16


def sample(kind: str = "counter", rise: float = 4, **labels: str) -> Sample:
    named = {"route": "/notes", "status": "401", **labels}
    return Sample(family="requests", kind=kind, name="requests_total", labels=named, rise=rise)


def page(*samples: Sample, **changes: Any) -> MetricsPage:
    fields: dict[str, Any] = {
        "media": "text/plain; version=0.0.4",
        "fault": "",
        "samples": samples,
        "sent": (Sent(route="/notes", status=401, count=4),),
    }
    return MetricsPage(subject=SUBJECT, **(fields | changes))


def test_requests_errors_and_durations_are_counted_by_route() -> None:
    assert rules.is_readable(page()).holds
    assert rules.counts_requests(page(sample())).holds
    assert rules.counts_errors(page(sample())).holds
    assert rules.measures_duration(page(sample("histogram"))).holds


@pytest.mark.parametrize(
    "found",
    [
        page(),
        page(sample("gauge")),
        page(sample(rise=0)),
        page(sample(route="/others")),
        page(sample(), sent=()),
    ],
    ids=["nothing", "no counter", "does not rise", "another route", "nothing was sent"],
)
def test_requests_that_are_not_counted_by_route_show(found: MetricsPage) -> None:
    assert not rules.counts_requests(found).holds


def test_errors_must_be_told_from_the_rest() -> None:
    assert not rules.counts_errors(page(sample(status="200"))).holds
    assert rules.counts_errors(page(sample(status="4xx"))).holds


def test_a_page_that_cannot_be_parsed_is_no_standard_format() -> None:
    assert not rules.is_readable(page(fault="ValueError")).holds
    assert not rules.is_readable(page(media="text/html")).holds


def span(id_: str, parent: str, kind: str = "server", **attributes: str) -> Span:
    named = {name.replace("_", "."): value for name, value in attributes.items()}
    return Span(name=id_, kind=kind, id=id_, parent=parent, attributes=named)


def line(**fields: Any) -> LogLine:
    return LogLine(text=f"{TRACE} {fields}", structured=True, fields=fields)


def request(**changes: Any) -> FollowedRequest:
    fields: dict[str, Any] = {
        "status": 200,
        "trace": TRACE,
        "parent": PARENT,
        "returned": (TRACE,),
        "begun": ("c" * 32,),
        "spans": (span("server", "proxy"), span("query", "server", "client", db_system="x")),
        "lines": (line(span_id="proxy", parent_span_id=PARENT),),
    }
    return FollowedRequest(subject=SUBJECT, **(fields | changes))


ALL = (
    rules.returns_its_trace,
    rules.begins_a_trace,
    rules.reaches_the_database,
    rules.hangs_together,
    rules.is_logged_with_its_trace,
)


def test_a_request_can_be_followed() -> None:
    assert all(rule(request()).holds for rule in ALL)


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        (rules.returns_its_trace, {"returned": ()}),
        (rules.begins_a_trace, {"begun": ()}),
        (rules.begins_a_trace, {"begun": (TRACE,)}),
        (rules.begins_a_trace, {"begun": ("0" * 32,)}),
        (rules.reaches_the_database, {"spans": (span("server", PARENT),)}),
        (rules.reaches_the_database, {"spans": (span("query", "x", "client", db_system="x"),)}),
        (rules.hangs_together, {"spans": ()}),
        (rules.hangs_together, {"lines": ()}),
        (rules.hangs_together, {"lines": (line(span_id="proxy", parent_span_id="?"),)}),
        (rules.is_logged_with_its_trace, {"lines": ()}),
    ],
)
def test_a_request_that_is_lost_on_the_way_shows(rule: Any, changes: dict[str, Any]) -> None:
    assert not rule(request(**changes)).holds


def test_plain_text_is_no_structured_log() -> None:
    plain = LogLine(text=TRACE, structured=False, fields={})

    assert not rules.is_logged_with_its_trace(request(lines=(plain,))).holds


GOOD = {"level": "error", "route": "/notes", "error": "OperationalError"}


def failed(*lines: LogLine) -> FailedRequest:
    return FailedRequest(subject=SUBJECT, trace=TRACE, person="ada@example.org", lines=lines)


def test_an_error_is_tracked_without_the_person() -> None:
    assert rules.is_tracked(failed(line(**GOOD))).holds
    assert rules.keeps_the_person_out(failed(line(**GOOD))).holds


@pytest.mark.parametrize("name", ["level", "route", "error"])
def test_an_error_that_lacks_something_is_not_tracked(name: str) -> None:
    fields = {key: value for key, value in GOOD.items() if key != name}

    assert not rules.is_tracked(failed(line(**fields))).holds


def test_what_was_not_logged_is_neither_tracked_nor_clean() -> None:
    assert not rules.is_tracked(failed()).holds
    assert not rules.keeps_the_person_out(failed()).holds


def test_a_person_in_a_log_shows() -> None:
    finding = rules.keeps_the_person_out(failed(line(**GOOD, who="ada@example.org")))

    assert finding.actual == "1 lines hold ada@example.org"


@pytest.mark.parametrize(
    ("looked_at", "found", "holds"), [(3, (), True), (0, (), False), (3, ("a token",), False)]
)
def test_a_place_was_searched_and_is_clean(
    looked_at: int, found: tuple[str, ...], holds: bool
) -> None:
    finding = rules.shows_no_secret(surface(looked_at, found), names=("logs",))

    assert isinstance(finding, Finding)
    assert finding.holds is holds


def surface(looked_at: int, found: tuple[str, ...], unanswered: int = 0) -> Surface:
    return Surface(
        subject=SUBJECT, name="logs", looked_at=looked_at, unanswered=unanswered, found=found
    )


@pytest.mark.parametrize("looked_at", [0, 3])
def test_of_a_place_that_never_answered_nobody_knows_what_it_shows(looked_at: int) -> None:
    with pytest.raises(UnknownValue, match=f"2 of {looked_at + 2} never came"):
        rules.shows_no_secret(surface(looked_at, (), unanswered=2), names=("logs",))

    shown = rules.shows_no_secret(surface(3, ("a token",), unanswered=2), names=("logs",))
    assert isinstance(shown, Finding)
    assert not shown.holds
