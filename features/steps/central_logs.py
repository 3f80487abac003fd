"""Sentences about the place where all logs come together."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import central_logs as rules


@then("every source of logs ends in the central place")
def logs_end_in_centre(judge: Judge) -> None:
    """Every log reaches the place that the others reach."""
    judge.every("source of logs", rules.ends_in_centre, judge.view.central_logs)


@then("audit and flow logs are written")
def demanded_logs_are_written(judge: Judge) -> None:
    """The kinds that every system has are there."""
    kinds = ("aws_cloudtrail", "aws_flow_log")
    judge.system(rules.has_every_kind, judge.view.central_logs, made_of=kinds)


@then("the central place of logs is protected")
def centre_is_protected(judge: Judge) -> None:
    """It is private, versioned and refuses deletion."""
    judge.system(rules.centre_is_protected, judge.view.central_logs, made_of=("aws_s3_bucket",))
