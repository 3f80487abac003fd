"""What must hold for the metrics, traces and logs of an application."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assurance.model.findings import Finding, NotApplicable, Verdict
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
from assurance.rules.lists import listing

_FORMATS = ("text/plain", "application/openmetrics-text")
_ERRORS = ("error", "critical", "fatal", "err")
_WANTED: Mapping[str, tuple[str, ...]] = {
    "level": ("level", "severity", "severity_text", "levelname"),
    "route": ("route", "http.route", "path", "url", "endpoint"),
    "error class": (
        *("error", "error.type", "error_class", "exception", "exception.type", "exc_type"),
        *("exception_class", "kind"),
    ),
}
"""What a line of an error tells, by the names that log schemas use for it."""


def is_readable(page: MetricsPage) -> Finding:
    """It is served in the format of Prometheus or OpenMetrics, and can be parsed."""
    media = page.media.partition(";")[0]
    return Finding(
        holds=not page.fault and media in _FORMATS,
        expected=listing(_FORMATS, "or"),
        actual=page.fault or media,
    )


def counts_requests(page: MetricsPage) -> Finding:
    """A counter rises by the route of what was sent."""
    return _all_count(page, page.sent, ("counter",), by_status=False)


def counts_errors(page: MetricsPage) -> Finding:
    """A counter tells the refused requests of a route from the others, by their status."""
    refused = tuple(each for each in page.sent if each.status >= 400)
    return _all_count(page, refused, ("counter",), by_status=True)


def measures_duration(page: MetricsPage) -> Finding:
    """A distribution of durations grows by the route of what was sent."""
    return _all_count(page, page.sent, ("histogram", "summary"), by_status=False)


def _all_count(
    page: MetricsPage, sent: Iterable[Sent], kinds: tuple[str, ...], *, by_status: bool
) -> Finding:
    wanted = tuple(sent)
    missing = [
        f"{each.status} at {each.route}"
        for each in wanted
        if not any(_counts(sample, each, kinds, by_status=by_status) for sample in page.samples)
    ]
    by = "by route and status" if by_status else "by route"
    return Finding(
        holds=bool(wanted) and not missing,
        expected=f"a {listing(kinds, 'or')} that counts what was sent, {by}",
        actual=f"none for {listing(missing)}" if missing else f"{len(wanted)} kinds were counted",
    )


def _counts(sample: Sample, sent: Sent, kinds: tuple[str, ...], *, by_status: bool) -> bool:
    values = tuple(sample.labels.values())
    told = str(sent.status) in values or f"{str(sent.status)[0]}xx" in values
    return (
        sample.kind in kinds
        and sample.rise >= 1
        and any(value.rstrip("/").endswith(sent.route) for value in values)
        and (told or not by_status)
    )


def returns_its_trace(request: FollowedRequest) -> Finding:
    """Its answer names the trace that it carried."""
    return Finding(
        holds=request.trace in request.returned,
        expected=f"a header that names trace {request.trace}",
        actual=listing(request.returned) or "no header names a trace",
    )


def begins_a_trace(request: FollowedRequest) -> Finding:
    """The answer to the same request without a context names a new one."""
    new = [found for found in request.begun if found != request.trace and set(found) != {"0"}]
    return Finding(
        holds=bool(new),
        expected="a header that names a new trace",
        actual=listing(request.begun) or "no header names a trace",
    )


def reaches_the_database(request: FollowedRequest) -> Finding:
    """Its trace has a span of the database, below a span of the server."""
    spans = {span.id: span for span in request.spans}
    found = [
        span.name
        for span in request.spans
        if any(name.startswith("db.") for name in span.attributes)
        and any(above.kind == "server" for above in _above(span, spans))
    ]
    return Finding(
        holds=bool(found),
        expected="a span of the database below one of the server",
        actual=listing(found) or f"spans: {listing(span.name for span in request.spans) or 'none'}",
    )


def hangs_together(request: FollowedRequest) -> Finding:
    """From the client's span to the last one every parent is known: no hop lost the context.

    A hop that exports no spans, such as a proxy, is known by the ids in its log lines.
    """
    logged = {str(line.fields.get("span_id", "")): line for line in request.lines}
    known = {request.parent, *(span.id for span in request.spans)}
    known |= {id_ for id_, line in logged.items() if _carried(line) in known}
    lost = [span.name for span in request.spans if span.parent not in known]
    return Finding(
        holds=bool(request.spans) and not lost,
        expected="every span below the one that the client sent",
        actual=f"{listing(lost)} with an unknown parent"
        if lost
        else f"{len(request.spans)} spans in one tree",
    )


def _carried(line: LogLine) -> str:
    return str(line.fields.get("parent_span_id", line.fields.get("parent_id", "")))


def _above(span: Span, spans: Mapping[str, Span]) -> Iterable[Span]:
    seen: set[str] = set()
    while span.parent in spans and span.parent not in seen:
        seen.add(span.parent)
        span = spans[span.parent]
        yield span


def is_logged_with_its_trace(request: FollowedRequest) -> Finding:
    """A structured line names the trace."""
    lines = [line for line in request.lines if line.structured and request.trace in line.text]
    return Finding(
        holds=bool(lines),
        expected=f"a structured log line with trace {request.trace}",
        actual=f"{len(lines)} lines",
    )


def is_tracked(failed: FailedRequest) -> Finding:
    """A structured line of an error tells level, trace id, route and class of the error."""
    errors = [line for line in failed.lines if line.structured and _level(line) in _ERRORS]
    complete = [line for line in errors if failed.trace in line.text and not _missing(line)]
    lacking = sorted({name for line in errors for name in _missing(line)})
    return Finding(
        holds=bool(complete),
        expected="a structured line with level, trace id, route and error class",
        actual=f"{len(complete)} lines"
        if complete
        else f"without {listing(lacking)}"
        if lacking
        else "no line of an error names the trace",
    )


def _level(line: LogLine) -> str:
    found = (line.fields.get(name) for name in _WANTED["level"])
    return next((str(value).lower() for value in found if value), "")


def _missing(line: LogLine) -> list[str]:
    return [
        what for what, names in _WANTED.items() if not any(line.fields.get(name) for name in names)
    ]


def keeps_the_person_out(failed: FailedRequest) -> Finding:
    """Personal data that the request carried are in no line of it."""
    told = [line.text for line in failed.lines if failed.person in line.text]
    return Finding(
        holds=not told and bool(failed.lines),
        expected="no personal data in the lines of the request",
        actual=f"{len(told)} lines hold {failed.person}"
        if told
        else f"{len(failed.lines)} lines without them",
    )


def shows_no_secret(surface: Surface, *, names: tuple[str, ...]) -> Verdict:
    """It was searched, and nothing secret was seen.

    Raises:
        UnknownValue: A part of it never came, so nobody knows what it shows.
    """
    if surface.name not in names:
        return NotApplicable("other_place")
    if surface.unanswered and not surface.found:
        raise UnknownValue(
            f"{surface.unanswered} of {surface.looked_at + surface.unanswered} never came"
        )
    return Finding(
        holds=surface.looked_at > 0 and not surface.found,
        expected="nothing secret",
        actual=listing(surface.found) or f"nothing in {surface.looked_at} searched",
    )
