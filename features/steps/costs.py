"""Sentences about costs and tags."""

from __future__ import annotations

from pytest_bdd import given, then

from assurance.judge import Judge
from assurance.rules import costs as rules
from assurance.rules import economy, tags


@given("an environment other than production")
def not_production(judge: Judge) -> None:
    """In production every subject is not applicable."""
    judge.only(where=not judge.view.environment.production, otherwise="production")


@then("every resource carries the cost tags")
def carries_tags(judge: Judge) -> None:
    """As far as AWS offers tags for it."""
    judge.every("resource", tags.carries_tags, tags=judge.limit("tags"))


@then("every service passes its tags on to its tasks")
def tags_its_tasks(judge: Judge) -> None:
    """Tasks are what Fargate charges for."""
    judge.every("service with tasks", tags.tags_its_tasks)


@then("a budget notifies of actual and forecasted costs")
def has_budget(judge: Judge) -> None:
    """One budget does both."""
    judge.system(rules.has_budget, judge.view.costs, made_of=("aws_budgets_budget",))


@then("an alarm on the estimated charges notifies")
def has_billing_alarm(judge: Judge) -> None:
    """In the region where AWS publishes them."""
    alarm = ("aws_cloudwatch_metric_alarm",)
    judge.system(rules.has_billing_alarm, judge.view.costs, made_of=alarm)


@then("every service rests outside hours")
def rests_outside_hours(judge: Judge) -> None:
    """By schedules of its capacity."""
    view = judge.view
    judge.every("service", economy.rests_outside_hours, view.scaling, view.delegates)


@then("no database pays for a standby")
def has_no_standby(judge: Judge) -> None:
    """Zones of its own are for production."""
    judge.every("database", economy.has_no_standby)


@then("every database is small")
def is_small(judge: Judge) -> None:
    """The sizes are a parameter of the requirement."""
    judge.every("database", economy.is_small, sizes=judge.limit("sizes"))


@then("a commitment is bought or watched")
def has_commitment(judge: Judge) -> None:
    """By a resource or by a budget of its coverage."""
    bought = ("aws_budgets_budget", "aws_savingsplans_plan")
    judge.system(rules.has_commitment, judge.view.costs, made_of=bought)


@then("the recorded baseline is the minimum capacity of all services")
def records_baseline(judge: Judge) -> None:
    """In CPU and in memory."""
    view = judge.view
    records = (view.costs, view.services, view.scaling)
    judge.system(rules.records_baseline, *records, made_of=("aws_ssm_parameter",))


@then("costs are broken down by the cost tags")
def breaks_costs_down(judge: Judge) -> None:
    """As active cost allocation tags."""
    limits = {"tags": judge.limit("tags"), "made_of": ("aws_ce_cost_allocation_tag",)}
    judge.system(rules.breaks_costs_down, judge.view.costs, **limits)


@then("cost data reaches the delivery platform")
def delivers_costs(judge: Judge) -> None:
    """Through a connector or a report that its role reads."""
    reports = ("aws_cur_report_definition", "aws_bcmdataexports_export")
    judge.system(rules.delivers_costs, judge.view.costs, made_of=reports)


@then("a dashboard shows the costs")
def shows_costs(judge: Judge) -> None:
    """In one of its widgets."""
    dashboard = ("aws_cloudwatch_dashboard",)
    judge.system(rules.shows_costs, judge.view.dashboards, made_of=dashboard)
