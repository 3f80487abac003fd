"""What people must be told, and how."""

from __future__ import annotations

from collections.abc import Callable

from assurance.model.checks import Approval
from assurance.model.findings import Finding, NotApplicable, Verdict, any_of
from assurance.model.notifications import AlarmTopic, Channel, Event, Notifications, Rule
from assurance.model.pipeline_walks import stages_of, steps_of
from assurance.model.pipelines import Pipeline, Stage

Tells = Callable[[Event], bool]

_SUCCEEDED = ("PipelineSuccess", "PipelineEnd", "AllEvents")
_FAILED = ("PipelineFailed", "PipelineEnd", "AllEvents")
_WAITING = ("WaitingForUserAction", "AllEvents")
_READ = (Channel.CHAT, Channel.MAIL)


def tells_of_success(pipeline: Pipeline, notifications: Notifications) -> Finding:
    """Who changed something hears that it worked, by chat or e-mail."""
    return _by_any(pipeline, notifications, lambda event: event.type in _SUCCEEDED, "a success")


def tells_of_failure(pipeline: Pipeline, notifications: Notifications) -> Finding:
    """Who changed something hears that it did not work, by chat or e-mail."""
    return _by_any(pipeline, notifications, _failure(pipeline), "a failure")


def announces_failures(pipeline: Pipeline, notifications: Notifications) -> Finding:
    """A failed run is told by chat and by e-mail."""
    return _by_both(pipeline, notifications, _failure(pipeline), "a failed run")


def announces_approvals(pipeline: Pipeline, notifications: Notifications) -> Verdict:
    """An approval that waits is told by chat and by e-mail."""
    if not any(placed.step.action.of(Approval) for placed in steps_of(pipeline)):
        return NotApplicable("without_approval")
    return _by_both(
        pipeline, notifications, lambda event: event.type in _WAITING, "an approval that waits"
    )


def announces_deployments(pipeline: Pipeline, notifications: Notifications) -> Finding:
    """A finished deployment is told by chat and by e-mail."""
    stages = _deploying(pipeline)

    def tells(event: Event) -> bool:
        return event.type in _SUCCEEDED or _of_stages(event, "StageSuccess", stages)

    return _by_both(pipeline, notifications, tells, "a finished deployment")


def announces_rollbacks(pipeline: Pipeline, notifications: Notifications) -> Finding:
    """A rollback, which fails its stage and the run, is told by chat and by e-mail."""
    stages = _deploying(pipeline)

    def tells(event: Event) -> bool:
        return event.type in _FAILED or _of_stages(event, "StageFailed", stages)

    return _by_both(pipeline, notifications, tells, "a rollback")


def reaches_chat_and_mail(topic: AlarmTopic) -> Finding:
    """An alarm is told by chat and by e-mail."""
    missing = " or ".join(channel for channel in _READ if not _is_reached(topic, channel))
    expected = "an alarm reaches chat and e-mail"
    if not missing:
        return Finding(holds=True, expected=expected, actual="it reaches chat and e-mail")
    known = ", ".join(dict.fromkeys(topic.channels)) or "nobody"
    actual = f"it reaches {known}; nothing reaches {missing}"
    return Finding(holds=False, expected=expected, actual=actual)


def _is_reached(topic: AlarmTopic, channel: Channel) -> bool:
    return any_of(topic.channels, lambda found: found == channel)


def _failure(pipeline: Pipeline) -> Tells:
    stages = stages_of(pipeline)
    return lambda event: event.type in _FAILED or _of_stages(event, "StageFailed", stages)


def _deploying(pipeline: Pipeline) -> tuple[Stage, ...]:
    found = stages_of(pipeline)
    own = tuple(stage for stage in found if stage.type in ("Deployment", "Pipeline"))
    return own or found


def _of_stages(event: Event, type_: str, stages: tuple[Stage, ...]) -> bool:
    """Whether an event of stages happens to each of the given ones."""
    return event.type == type_ and (
        not event.stages or all(stage.identifier in event.stages for stage in stages)
    )


def _by_any(pipeline: Pipeline, notifications: Notifications, tells: Tells, what: str) -> Finding:
    rules = _rules(pipeline, notifications)
    told = [channel for channel in _READ if _reaches(rules, channel, tells)]
    return Finding(
        holds=bool(told),
        expected=f"{what} is told by chat or e-mail",
        actual=f"told by {' and '.join(told)}" if told else _untold(rules, what),
    )


def _by_both(pipeline: Pipeline, notifications: Notifications, tells: Tells, what: str) -> Finding:
    rules = _rules(pipeline, notifications)
    missing = [channel for channel in _READ if not _reaches(rules, channel, tells)]
    actual = "told by chat and e-mail"
    if missing:
        actual = f"not told by {' or '.join(missing)}: {_untold(rules, what)}"
    return Finding(holds=not missing, expected=f"{what} is told by chat and e-mail", actual=actual)


def _rules(pipeline: Pipeline, notifications: Notifications) -> tuple[Rule, ...]:
    return notifications.get(pipeline.subject.id, ())


def _reaches(rules: tuple[Rule, ...], channel: Channel, tells: Tells) -> bool:
    return any_of(
        rules,
        lambda rule: (
            rule.channel == channel
            and any(tells(event) for event in rule.events)
            and rule.reaches_somebody
            and rule.is_enabled
        ),
    )


def _untold(rules: tuple[Rule, ...], what: str) -> str:
    """Say what the rules that there are tell instead."""
    if not rules:
        return "it has no notification rule"
    described = (
        f"{rule.name} tells {', '.join(event.type for event in rule.events) or 'nothing'}"
        f" by {rule.channel}{_lame(rule)}"
        for rule in rules
    )
    return f"no rule tells of {what}; {'; '.join(described)}"


def _lame(rule: Rule) -> str:
    if not rule.reaches_somebody:
        return " to nobody"
    return "" if rule.is_enabled else ", and is not enabled"
