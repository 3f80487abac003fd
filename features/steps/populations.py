"""Populations: what a scenario quantifies over, and where it applies."""

from __future__ import annotations

from pytest_bdd import given, parsers

from assurance.judge import Judge


@given(parsers.parse("at least one {noun}"))
def at_least_one(judge: Judge, noun: str) -> None:
    """The population is not empty; what an empty one means is said by the catalogue."""
    judge.require(noun)


@given("a production environment")
def a_production_environment(judge: Judge) -> None:
    """Elsewhere every subject is not applicable."""
    judge.only(where=judge.view.environment.production, otherwise="not_production")
