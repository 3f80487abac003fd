"""Reads whom pipelines notify, and whom alarms do.

https://developer.harness.io/docs/category/notify-users-of-pipeline-events
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from assurance.model.alarms import Alarms
from assurance.model.notifications import AlarmTopic, Channel, Event, Notifications, Rule
from assurance.model.observability import Subscription, Topic
from assurance.model.pipelines import Pipeline
from assurance.model.subjects import Location
from assurance.model.unknown import is_unknown, unknown, why_unknown
from assurance.readers.kinds import Kind
from assurance.readers.state import Resource, State

_CHANNELS = {"Slack": Channel.CHAT, "MsTeams": Channel.CHAT, "Email": Channel.MAIL}
_ADDRESSES = ("userGroups", "webhookUrl", "recipients", "msTeamKeys")
_CHAT_MAIL = re.compile(r"@[\w.-]*(slack\.com|teams\.ms|chat\.google\.com)$", re.IGNORECASE)
_CHAT_ADDRESS = re.compile(
    r"^https://([\w.-]+\.)?(slack\.com|office\.com|logic\.azure\.com|chat\.googleapis\.com)/",
    re.IGNORECASE,
)
_CHATBOTS = (
    "aws_chatbot_slack_channel_configuration",
    "aws_chatbot_teams_channel_configuration",
    "awscc_chatbot_slack_channel_configuration",
    "awscc_chatbot_microsoft_teams_channel_configuration",
)


def read_notifications(pipelines: Iterable[Pipeline], state: State) -> Notifications:
    """Return the notification rules of every pipeline."""
    sources = {found.id: found for found in state.of("harness_pipeline")}
    return {
        pipeline.subject.id: tuple(_rules(pipeline, sources[pipeline.subject.id]))
        for pipeline in pipelines
    }


def _rules(pipeline: Pipeline, resource: Resource) -> Iterable[Rule]:
    listed = pipeline.values.get("notificationRules")
    for index, item in enumerate(listed if isinstance(listed, list | tuple) else ()):
        if isinstance(item, dict):
            yield _rule(item, resource.location_of(f"/notificationRules/{index}"))


def _rule(item: Mapping[str, Any], location: Location) -> Rule:
    method = item.get("notificationMethod")
    method = method if isinstance(method, dict) else {}
    spec = method.get("spec")
    return Rule(
        name=str(item.get("name") or item.get("identifier") or ""),
        is_enabled=_flag(item.get("enabled", False)),
        channel=_CHANNELS.get(str(method.get("type")), Channel.OTHER),
        reaches_somebody=isinstance(spec, dict) and any(spec.get(key) for key in _ADDRESSES),
        events=tuple(_events(item.get("pipelineEvents"))),
        location=location,
    )


def _flag(value: Any) -> Any:
    if isinstance(value, str) and "<+" in value:
        return unknown(f"whether the rule is enabled: {value}")
    return str(value).lower() == "true"


def _events(listed: Any) -> Iterable[Event]:
    for item in listed if isinstance(listed, list | tuple) else ():
        if isinstance(item, dict):
            stages = item.get("forStages")
            named = tuple(str(stage) for stage in stages or () if stage != "AllStages")
            yield Event(type=str(item.get("type")), stages=named)


def read_alarm_topics(
    alarms: Alarms, topics: Iterable[Topic], state: State
) -> tuple[AlarmTopic, ...]:
    """Return the topics that alarms notify, with how they reach people."""
    receivers = {
        str(receiver)
        for alarm in alarms.alarms
        for receiver in alarm.receivers
        if not is_unknown(receiver)
    }
    return tuple(
        AlarmTopic(
            subject=topic.subject,
            channels=(
                *(_channel(found) for found in topic.subscriptions),
                *_chatbots(topic, state),
            ),
        )
        for topic in topics
        if topic.subject.id in receivers
    )


def _channel(subscription: Subscription) -> Any:
    """Chat products give each channel an e-mail address and an address for webhooks."""
    for value in (subscription.protocol, subscription.endpoint):
        if is_unknown(value):
            return unknown(f"whom a subscription reaches: {why_unknown(value)}")
    if subscription.protocol.startswith("email"):
        return Channel.CHAT if _CHAT_MAIL.search(subscription.endpoint) else Channel.MAIL
    if subscription.protocol == "https" and _CHAT_ADDRESS.match(subscription.endpoint):
        return Channel.CHAT
    if subscription.protocol in ("lambda", "https", "http", "sqs", "firehose"):
        return unknown(f"what {subscription.endpoint} does with an alarm is not written here")
    return Channel.OTHER


def _chatbots(topic: Topic, state: State) -> Iterable[Channel]:
    for bot in state.of(*_CHATBOTS):
        if any(
            target is not None and target.id == topic.subject.id
            for target in bot.targets("sns_topic_arns", "aws_sns_topic")
        ):
            yield Channel.CHAT


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="alarm topic",
        plural="alarm topics",
        population=lambda view: view.delivery.alarm_topics,
        made_of=("aws_cloudwatch_metric_alarm", "aws_sns_topic"),
    ),
)
