"""Sentences about the source of pages."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import page_sources as rules


@then("every page can be generated when it is built")
def is_generated(judge: Judge) -> None:
    """Nothing in it waits for a request."""
    judge.every("page of the source", rules.is_generated)


@then("every page says which values its path takes")
def knows_its_values(judge: Judge) -> None:
    """Where it stands for many."""
    judge.every("page of the source", rules.knows_its_values)
