"""What is said of pipelines and alarms that tell nobody, or not everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assurance.model.findings import Finding, NotApplicable, Verdict
from assurance.model.notifications import Notifications
from assurance.model.pipelines import Pipeline
from assurance.model.unknown import UnknownValue
from assurance.rules import notifications as rules
from tests.harness_states import definition, harness_view
from tests.states import managed, unknown_because

Judged = Callable[[Pipeline, Notifications], Verdict]

SLACK: dict[str, Any] = {"type": "Slack", "spec": {"webhookUrl": "<+secrets.getValue('chat')>"}}
MAIL: dict[str, Any] = {"type": "Email", "spec": {"userGroups": [], "recipients": ["a@b.example"]}}
PAGER: dict[str, Any] = {"type": "PagerDuty", "spec": {"userGroups": ["duty"]}}
NOBODY: dict[str, Any] = {"type": "Email", "spec": {"userGroups": [], "recipients": []}}


def rule(method: dict[str, Any], *events: Any, **changes: Any) -> dict[str, Any]:
    listed = [event if isinstance(event, dict) else {"type": event} for event in events]
    return {
        "name": method["type"],
        "enabled": True,
        "pipelineEvents": listed,
        "notificationMethod": method,
        **changes,
    }


def judged(asked: Judged, *listed: dict[str, Any], approval: bool = True) -> Verdict:
    step = {"type": "HarnessApproval", "identifier": "ask", "spec": {}}
    stages: list[dict[str, Any]] = [
        {"stage": {"identifier": name, "type": "Deployment", "spec": {}}}
        for name in ("staging", "production")
    ]
    if approval:
        gate = {"identifier": "gate", "type": "Approval"}
        stages.append({"stage": {**gate, "spec": {"execution": {"steps": [{"step": step}]}}}})
    values = {"identifier": "cd", "stages": stages, "notificationRules": list(listed)}
    view = harness_view(definition("harness_pipeline", values))
    return asked(view.pipelines[0], view.delivery.notifications)


def holds(asked: Judged, *listed: dict[str, Any]) -> bool:
    verdict = judged(asked, *listed)
    assert isinstance(verdict, Finding)
    return verdict.holds


@pytest.mark.parametrize("event", ["PipelineSuccess", "PipelineEnd", "AllEvents"])
@pytest.mark.parametrize(
    "method", [SLACK, MAIL, {"type": "MsTeams", "spec": {"msTeamKeys": ["x"]}}]
)
def test_any_message_of_success_will_do(event: str, method: dict[str, Any]) -> None:
    assert holds(rules.tells_of_success, rule(method, event))


@pytest.mark.parametrize(
    ("listed", "why"),
    [
        ((), "it has no notification rule"),
        ((rule(SLACK, "PipelineFailed"),), "Slack tells PipelineFailed by chat"),
        ((rule(SLACK, "PipelineSuccess", enabled=False),), "and is not enabled"),
        ((rule(NOBODY, "PipelineSuccess"),), "by e-mail to nobody"),
        ((rule(PAGER, "PipelineSuccess"),), "PagerDuty tells PipelineSuccess by other"),
        ((rule(SLACK),), "Slack tells nothing by chat"),
    ],
)
def test_what_is_told_instead_is_named(listed: tuple[dict[str, Any], ...], why: str) -> None:
    verdict = judged(rules.tells_of_success, *listed)

    assert isinstance(verdict, Finding)
    assert not verdict.holds
    assert why in verdict.actual


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ("PipelineFailed", True),
        ("PipelineEnd", True),
        ({"type": "StageFailed", "forStages": ["AllStages"]}, True),
        ({"type": "StageFailed", "forStages": ["staging", "production", "gate"]}, True),
        ({"type": "StageFailed", "forStages": ["production"]}, False),
        ("PipelineSuccess", False),
        ("StepFailed", False),
    ],
)
def test_a_failure_is_told_wherever_it_happens(event: Any, told: bool) -> None:
    assert holds(rules.tells_of_failure, rule(MAIL, event)) is told


@pytest.mark.parametrize(
    ("asked", "event"),
    [
        (rules.announces_failures, "PipelineFailed"),
        (rules.announces_approvals, "WaitingForUserAction"),
        (rules.announces_deployments, "PipelineSuccess"),
        (
            rules.announces_deployments,
            {"type": "StageSuccess", "forStages": ["staging", "production"]},
        ),
        (rules.announces_rollbacks, "PipelineFailed"),
        (
            rules.announces_rollbacks,
            {"type": "StageFailed", "forStages": ["staging", "production"]},
        ),
    ],
)
def test_an_announcement_takes_both_chat_and_mail(asked: Judged, event: Any) -> None:
    assert holds(asked, rule(SLACK, event), rule(MAIL, event))
    for one, missing in ((rule(SLACK, event), "e-mail"), (rule(MAIL, event), "chat")):
        verdict = judged(asked, one)
        assert isinstance(verdict, Finding)
        assert not verdict.holds
        assert f"not told by {missing}" in verdict.actual


def test_a_deployment_of_one_stage_is_not_all_deployments() -> None:
    one = {"type": "StageSuccess", "forStages": ["staging"]}

    assert not holds(rules.announces_deployments, rule(SLACK, one), rule(MAIL, one))


def test_without_an_approval_none_is_announced() -> None:
    verdict = judged(rules.announces_approvals, approval=False)

    assert verdict == NotApplicable("without_approval")


def test_a_switch_that_the_run_decides_is_unknown() -> None:
    with pytest.raises(UnknownValue, match="whether the rule is enabled"):
        judged(rules.tells_of_success, rule(MAIL, "AllEvents", enabled="<+input>"))


def topic(*endpoints: tuple[Any, Any], bot: bool = False) -> Finding:
    alarm = managed(
        "aws_cloudwatch_metric_alarm.cpu",
        alarm_name="cpu",
        alarm_actions=["${aws_sns_topic.alarms.arn}"],
    )
    resources = [alarm, managed("aws_sns_topic.alarms"), managed("aws_sns_topic.unused")]
    for index, (protocol, endpoint) in enumerate(endpoints):
        resources.append(
            managed(
                f"aws_sns_topic_subscription.s{index}",
                topic_arn="${aws_sns_topic.alarms.arn}",
                protocol=protocol,
                endpoint=endpoint,
            )
        )
    if bot:
        resources.append(
            managed(
                "aws_chatbot_slack_channel_configuration.it",
                sns_topic_arns=["${aws_sns_topic.alarms.arn}"],
            )
        )
    view = harness_view(terraform=tuple(resources))
    (found,) = view.delivery.alarm_topics
    return rules.reaches_chat_and_mail(found)


PERSON = ("email", "team@shop.example")


@pytest.mark.parametrize(
    "chat",
    [
        ("email", "alarms-aaaaexample@shop.slack.com"),
        ("email-json", "0123.shop.example@emea.teams.ms"),
        ("https", "https://hooks.slack.com/services/T/B/x"),
        ("https", "https://shop.webhook.office.com/webhookb2/x"),
    ],
)
def test_channels_of_chat_products_are_known_by_their_addresses(chat: tuple[str, str]) -> None:
    assert topic(PERSON, chat).holds


def test_a_chatbot_reaches_chat() -> None:
    assert topic(PERSON, bot=True).holds


def test_an_alarm_that_only_mails_fails() -> None:
    finding = topic(PERSON)

    assert not finding.holds
    assert finding.actual == "it reaches e-mail; nothing reaches chat"


def test_an_alarm_that_only_chats_fails() -> None:
    assert topic(bot=True).actual == "it reaches chat; nothing reaches e-mail"


def test_a_topic_without_subscribers_reaches_nobody() -> None:
    assert topic().actual == "it reaches nobody; nothing reaches chat or e-mail"


@pytest.mark.parametrize(
    "other",
    [("lambda", "arn:x"), ("https", "https://pager.example/x"), (unknown_because("later"), "x")],
)
def test_what_a_program_does_with_an_alarm_is_unknown(other: tuple[Any, Any]) -> None:
    with pytest.raises(UnknownValue):
        topic(PERSON, other)
    assert topic(PERSON, ("email", "a@shop.slack.com"), other).holds
