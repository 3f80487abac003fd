"""Sentences about the number of tasks."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import scaling as rules


@then("every service tracks its CPU")
def services_track_cpu(judge: Judge) -> None:
    """Target tracking on CPU."""
    judge.every("service", rules.tracks_cpu, judge.view.scaling, judge.view.delegates)


@then("every service tracks its memory")
def services_track_memory(judge: Judge) -> None:
    """Target tracking on memory."""
    judge.every("service", rules.tracks_memory, judge.view.scaling, judge.view.delegates)


@then("every service tracks its requests per target")
def services_track_requests(judge: Judge) -> None:
    """Target tracking on requests per target."""
    judge.every("service", rules.tracks_requests, judge.view.scaling, judge.view.delegates)


@then("every service scales between one task for each zone and a maximum")
def services_have_bounds(judge: Judge) -> None:
    """Minimum and maximum fit the zones."""
    view = judge.view
    limits = {"tasks": judge.limit("tasks_per_zone"), "production": view.environment.production}
    judge.every("service", rules.has_bounds, view.scaling, view.delegates, **limits)


@then("every service runs several tasks")
def services_run_several_tasks(judge: Judge) -> None:
    """Never fewer tasks than agreed."""
    limits = {"tasks": judge.limit("tasks"), "production": judge.view.environment.production}
    judge.every("service", rules.runs_several_tasks, judge.view.scaling, **limits)
