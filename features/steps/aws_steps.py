"""Steps about what reaches into AWS."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import aws_steps as rules


@then("every step that reaches into AWS runs on a selected delegate")
def aws_steps_run_on_delegates(judge: Judge) -> None:
    """Its own choice, or that of what it stands in or uses."""
    judge.every("step that reaches into AWS", rules.runs_on_selected_delegates)


@then("every step that reaches into AWS runs where its connectors are meant to")
def aws_steps_run_where_connectors_do(judge: Judge) -> None:
    """A group that selects the delegate of another environment goes before the connector."""
    judge.every("step that reaches into AWS", rules.runs_where_its_connectors_do)
