"""Sentences about what an application tells of itself."""

from __future__ import annotations

from pytest_bdd import given, parsers, then

from assurance.judge import Judge
from assurance.model.judgements import Reason
from assurance.rules import telemetry as rules

_NEEDS = {
    "metrics": ("metrics", Reason.METRICS),
    "logs": ("logs", Reason.LOGS),
    "traces": ("traces", Reason.TRACES),
    "a twin that fails": ("twin", Reason.TWIN),
}


@given(parsers.parse("{what} to listen to"))
def needed(judge: Judge, what: str) -> None:
    """The run may do without."""
    name, reason = _NEEDS[what]
    judge.need(given=lambda: name in judge.view.telemetry.given, otherwise=reason)


@then("every page of metrics is in a standard format")
def is_readable(judge: Judge) -> None:
    """Prometheus or OpenMetrics."""
    judge.every("page of metrics", rules.is_readable)


@then("every page of metrics counts requests by route")
def counts_requests(judge: Judge) -> None:
    """By what rose."""
    judge.every("page of metrics", rules.counts_requests)


@then("every page of metrics tells refused requests of a route from others")
def counts_errors(judge: Judge) -> None:
    """By what rose."""
    judge.every("page of metrics", rules.counts_errors)


@then("every page of metrics measures durations by route")
def measures_duration(judge: Judge) -> None:
    """By what rose."""
    judge.every("page of metrics", rules.measures_duration)


@then("every followed request names its trace in the answer")
def returns_its_trace(judge: Judge) -> None:
    """That it carried."""
    judge.every("followed request", rules.returns_its_trace)


@then("every request without a trace gets one")
def begins_a_trace(judge: Judge) -> None:
    """A new one."""
    judge.every("followed request", rules.begins_a_trace)


@then("every followed request is seen down to the database")
def reaches_the_database(judge: Judge) -> None:
    """By a span of a statement."""
    judge.every("followed request", rules.reaches_the_database)


@then("no hop of a followed request loses its trace")
def hangs_together(judge: Judge) -> None:
    """All is one tree."""
    judge.every("followed request", rules.hangs_together)


@then("every followed request is found in the logs by its trace")
def is_logged_with_its_trace(judge: Judge) -> None:
    """In structured lines."""
    judge.every("followed request", rules.is_logged_with_its_trace)


@then("every failed request leaves a line that tells level, trace, route and class of the error")
def is_tracked(judge: Judge) -> None:
    """In a structured log."""
    judge.every("failed request", rules.is_tracked)


@then("no line of a failed request holds personal data")
def keeps_the_person_out(judge: Judge) -> None:
    """That it carried."""
    judge.every("failed request", rules.keeps_the_person_out)


@then(parsers.parse("no secret shows in {places}"))
def shows_no_secret(judge: Judge, places: str) -> None:
    """Neither one that was planted nor anything in the form of a credential."""
    judge.every("visible place", rules.shows_no_secret, names=(places,))
