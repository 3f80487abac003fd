"""Sentences about insights, alarms, topics and dashboards."""

from __future__ import annotations

from pytest_bdd import parsers, then

from assurance.judge import Judge
from assurance.rules import alarms, dashboards, database_alarms
from assurance.rules import observability as rules


@then("every cluster has container insights")
def clusters_have_insights(judge: Judge) -> None:
    """Container insights are on."""
    judge.every("cluster", rules.has_insights)


@then("every service has an alarm on its error rate")
def error_rates_are_watched(judge: Judge) -> None:
    """Errors raise an alarm."""
    balancers = judge.view.load_balancers.records
    judge.every("service", alarms.error_rate_is_watched, judge.view.alarms, balancers)


@then("every service has an alarm on its latency")
def latencies_are_watched(judge: Judge) -> None:
    """Slowness raises an alarm."""
    balancers = judge.view.load_balancers.records
    judge.every("service", alarms.latency_is_watched, judge.view.alarms, balancers)


@then("every service has an alarm on its unhealthy targets")
def targets_are_watched(judge: Judge) -> None:
    """Unhealthy targets raise an alarm."""
    judge.every("service", alarms.targets_are_watched, judge.view.alarms)


@then("every service has an alarm on its CPU")
def service_cpus_are_watched(judge: Judge) -> None:
    """CPU raises an alarm."""
    judge.every("service", alarms.cpu_is_watched, judge.view.alarms)


@then("every service has an alarm on its memory")
def service_memories_are_watched(judge: Judge) -> None:
    """Memory raises an alarm."""
    judge.every("service", alarms.memory_is_watched, judge.view.alarms)


@then("every database has an alarm on its CPU")
def database_cpus_are_watched(judge: Judge) -> None:
    """CPU of the database raises an alarm."""
    judge.every("database", database_alarms.cpu_is_watched, judge.view.alarms)


@then("every database has an alarm on its storage")
def database_storages_are_watched(judge: Judge) -> None:
    """Storage that runs out raises an alarm."""
    judge.every("database", database_alarms.storage_is_watched, judge.view.alarms)


@then("every database has an alarm on its connections")
def database_connections_are_watched(judge: Judge) -> None:
    """Connections that run out raise an alarm."""
    judge.every("database", database_alarms.connections_are_watched, judge.view.alarms)


@then("every notification topic has a subscriber")
def topics_have_subscribers(judge: Judge) -> None:
    """Somebody is subscribed."""
    judge.every("notification topic", rules.has_subscriber)


@then("every notification topic is encrypted")
def topics_are_encrypted(judge: Judge) -> None:
    """A key encrypts the topic."""
    judge.every("notification topic", rules.is_encrypted)


@then(parsers.parse("the dashboards show {sign}"))
def dashboards_show(judge: Judge, sign: str) -> None:
    """Some widget shows the sign."""
    made_of = ("aws_cloudwatch_dashboard",)
    judge.system(dashboards.show, judge.view.dashboards, sign=sign, made_of=made_of)


@then("every dashboard refers only to what exists")
def dashboards_refer_to_what_exists(judge: Judge) -> None:
    """No widget names something that is not declared."""
    judge.every("dashboard", dashboards.refers_to_what_exists)
