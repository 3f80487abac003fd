"""What must hold of what starts pipelines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, partial

from assurance.model.actions import Publication
from assurance.model.findings import Finding, any_of
from assurance.model.pipeline_walks import stages_of, steps_of
from assurance.model.pipelines import Pipeline
from assurance.model.triggers import Source, Trigger
from assurance.rules.event_filters import lost
from assurance.rules.faults import first_fault, some

_ACTIONS = {
    "Github": ("Open", "Reopen", "Synchronize"),
    "Gitlab": ("Open", "Reopen", "Sync"),
    "Bitbucket": ("Create", "Update"),
    "AzureRepo": ("Create", "Update"),
    "Harness": ("Create", "Update", "Reopen"),
}
"""What happens to a pull request when there is something new to test.

https://developer.harness.io/docs/platform/triggers/triggers-reference#event-and-actions
"""

_PUSHED = ("<+trigger.branch>", "<+trigger.targetBranch>", "<+trigger.commitSha>")
_REQUESTED = ("<+trigger.prNumber>", "<+trigger.sourceBranch>", "<+trigger.commitSha>")
_OWN = ("Harness",)
"""Providers whose events do not leave Harness."""


def starts_on_push(pipeline: Pipeline, triggers: Iterable[Trigger], *, branch: str) -> Finding:
    """Every push to the branch starts it, and builds what was pushed."""
    return _started(
        pipeline,
        _of(triggers, Source.PUSH),
        lambda trigger: (*_whole(trigger, branch), partial(_unbuilt, trigger, (*_PUSHED, branch))),
        expected=f"every push to {branch} starts it and is built",
    )


def starts_on_pull_requests(
    pipeline: Pipeline, triggers: Iterable[Trigger], *, branch: str
) -> Finding:
    """Every pull request starts it, when it is opened and whenever it changes."""
    return _started(
        pipeline,
        _of(triggers, Source.PULL_REQUEST),
        lambda trigger: (
            *_whole(trigger, branch),
            partial(_unheard, trigger),
            partial(_unbuilt, trigger, _REQUESTED),
        ),
        expected="every pull request starts it, when opened and when changed, and is built",
    )


def _of(triggers: Iterable[Trigger], source: Source) -> tuple[Trigger, ...]:
    return tuple(found for found in triggers if found.source == source)


def _started(
    pipeline: Pipeline,
    triggers: Iterable[Trigger],
    checks: Callable[[Trigger], Iterable[Callable[[], str]]],
    *,
    expected: str,
) -> Finding:
    """Fold the triggers of a pipeline: one without fault is enough."""
    own = tuple(found for found in triggers if pipeline.subject.id in found.pipelines)
    holds, faults = some(partial(_named, trigger, checks(trigger)) for trigger in own)
    if holds:
        names = ", ".join(str(trigger.subject) for trigger in own)
        return Finding(holds=True, expected=expected, actual=f"started by {names}")
    actual = "; ".join(faults) or "no trigger of this kind starts it"
    return Finding(holds=False, expected=expected, actual=actual)


def _named(trigger: Trigger, checks: Iterable[Callable[[], str]]) -> str:
    fault = first_fault(checks)
    return f"{trigger.subject}: {fault}" if fault else ""


def _whole(trigger: Trigger, branch: str) -> tuple[Callable[[], str], ...]:
    """Return the checks that every event starts the whole pipeline, and only a true one does."""
    return (
        lambda: "" if trigger.is_enabled else "it is not enabled",
        lambda: "" if is_authenticated(trigger).holds else "its webhook is not authenticated",
        lambda: f"it runs only {', '.join(trigger.stages)}" if trigger.stages else "",
        partial(lost, trigger, branch),
    )


def _unheard(trigger: Trigger) -> str:
    wanted = _ACTIONS.get(trigger.provider, ()) if trigger.actions else ()
    missing = ", ".join(action for action in wanted if action not in trigger.actions)
    return f"it does not listen to {missing}" if missing else ""


def _unbuilt(trigger: Trigger, wanted: tuple[str, ...]) -> str:
    build = trigger.build
    if not build.value:
        return "its inputs do not say what is built"
    if build.value in wanted:
        return ""
    return f"it builds {build.kind} {build.value} instead of what changed"


def is_authenticated(trigger: Trigger) -> Finding:
    """Who sends its events proves to know a secret."""
    expected = "events are taken only from a sender that knows a secret"
    if trigger.provider in _OWN:
        return Finding(holds=True, expected=expected, actual="its events come from Harness itself")
    if trigger.secret:
        actual = f"its webhook is signed with the secret {trigger.secret}"
        return Finding(holds=True, expected=expected, actual=actual)
    if any_of(trigger.headers, lambda header: "secrets.getValue(" in header.value):
        return Finding(holds=True, expected=expected, actual="a header is held against a secret")
    actual = "encryptedWebhookSecretIdentifier is not set: anybody who knows the address starts it"
    return Finding(holds=False, expected=expected, actual=actual)


class Deploying:
    """The pipelines that deploy, and what starts them.

    Attributes:
        ids: Of the pipelines.
        identifiers: What other pipelines call them by.
        triggers: Those that start one of them.
    """

    def __init__(self, pipelines: Iterable[Pipeline], triggers: Iterable[Trigger]) -> None:
        found = tuple(pipelines)
        self.ids = frozenset(each.subject.id for each in found)
        self.identifiers = frozenset(each.identifier for each in found)
        self._triggers = tuple(triggers)

    @cached_property
    def triggers(self) -> tuple[Trigger, ...]:
        """Return them; unknown where one may start anything."""
        starts = self.ids.__contains__
        return tuple(found for found in self._triggers if any_of(found.pipelines, starts))


def is_followed_by(pipeline: Pipeline, deploying: Deploying) -> Finding:
    """Its end, or an image that it publishes, starts a pipeline that deploys."""
    expected = "its completion, or an image that it publishes, starts a CD pipeline"
    if pipeline.subject.id in deploying.ids:
        return Finding(holds=True, expected=expected, actual="it deploys by itself")
    for stage in stages_of(pipeline):
        if stage.chained in deploying.identifiers:
            actual = f"its stage {stage.identifier} runs {stage.chained}"
            return Finding(holds=True, expected=expected, actual=actual)
    return _followed(pipeline, deploying.triggers, expected)


def _followed(pipeline: Pipeline, triggers: tuple[Trigger, ...], expected: str) -> Finding:
    images = frozenset(
        part.image for placed in steps_of(pipeline) for part in placed.step.action.of(Publication)
    )
    own = tuple(found for found in triggers if _follows(found, pipeline, images))
    holds, faults = some(partial(_idle, trigger) for trigger in own)
    if holds:
        names = ", ".join(str(trigger.subject) for trigger in own)
        return Finding(holds=True, expected=expected, actual=f"followed through {names}")
    actual = "; ".join(faults) or "no trigger of a CD pipeline waits for it or for its images"
    return Finding(holds=False, expected=expected, actual=actual)


def _follows(trigger: Trigger, pipeline: Pipeline, images: frozenset[str]) -> bool:
    if trigger.source == Source.COMPLETION:
        return pipeline.subject.id in trigger.completes
    return trigger.source == Source.ARTIFACT and trigger.image in images


def _idle(trigger: Trigger) -> str:
    """Say why a trigger starts nothing after a success; empty where it does."""
    if not trigger.is_enabled:
        return f"{trigger.subject}: it is not enabled"
    if trigger.source == Source.COMPLETION and not trigger.on_success:
        return f"{trigger.subject}: it waits for a failure"
    if trigger.stages:
        return f"{trigger.subject}: it runs only {', '.join(trigger.stages)}"
    return ""
