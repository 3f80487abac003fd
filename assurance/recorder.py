"""Keeps what became of every scenario and of each of its steps, for the reports."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

import pytest

from assurance.audit import Audit
from assurance.bite import Bite
from assurance.errors import AssuranceError, NotGiven
from assurance.model.judgements import Judgement, Outcome, worst
from assurance.model.reports import ScenarioRun, ScenarioText, StepRun, StepStatus, StepText
from assurance.occasions import Occasion


@dataclass(slots=True)
class _Track:
    """One scenario run while it goes on; steps by their line in the feature file."""

    begun: dict[int, float] = field(default_factory=dict)
    seconds: dict[int, float] = field(default_factory=dict)
    status: dict[int, StepStatus] = field(default_factory=dict)
    message: str = ""
    broken: bool = False
    not_given: bool = False
    rows: tuple[Judgement, ...] = ()
    setup: float = 0.0


@dataclass(slots=True)
class Recorder:
    """The tracks of the runs under way, and the finished runs."""

    runs: list[ScenarioRun] = field(default_factory=list)
    _tracks: dict[str, _Track] = field(default_factory=dict)

    def _track(self, node: str) -> _Track:
        return self._tracks.setdefault(node, _Track())

    def begin(self, node: str, line: int) -> None:
        """A step begins."""
        self._track(node).begun[line] = time.perf_counter()

    def end(self, node: str, line: int) -> None:
        """A step ended without an exception."""
        self._finish(node, line, StepStatus.PASSED)

    def broke(self, node: str, line: int, error: Exception) -> None:
        """A step raised: the verifier broke."""
        self._finish(node, line, StepStatus.FAILED)
        track = self._track(node)
        track.broken = True
        track.not_given = isinstance(error, NotGiven)
        if isinstance(error, AssuranceError):
            track.message = error.reason if isinstance(error, NotGiven) else str(error)
        else:
            track.message = f"a step broke: {type(error).__name__}: {error}"

    def undefined(self, node: str, line: int) -> None:
        """No step definition matches a sentence."""
        self._finish(node, line, StepStatus.UNDEFINED)
        self._track(node).broken = True
        self._track(node).message = f"no step is defined for the sentence in line {line}"

    def _finish(self, node: str, line: int, status: StepStatus) -> None:
        track = self._track(node)
        now = time.perf_counter()
        track.seconds[line] = now - track.begun.get(line, now)
        track.status[line] = status

    def is_broken(self, node: str) -> bool:
        """Whether the run broke before all of its steps were judged."""
        return self._track(node).broken

    def judged(self, node: str, rows: tuple[Judgement, ...]) -> None:
        """The run was carried out, with these rows."""
        self._track(node).rows = rows

    def phase(
        self,
        audit: Audit,
        text: ScenarioText,
        occasion: Occasion,
        node: str,
        call: pytest.CallInfo[Any],
    ) -> None:
        """Close the run when its call, or its broken set-up, is over."""
        track = self._track(node)
        if call.when == "setup":
            track.setup = call.duration
            if call.excinfo is None:
                return
            track.broken = True
            track.message = f"its evidence could not be prepared: {call.excinfo.value}"
        elif call.when == "teardown":
            return
        elif _is_unjudged(track, call):
            track.broken = True
            track.message = str(call.excinfo.value) if call.excinfo else ""
        if occasion.counterexample is None:
            self._close(audit, text, occasion, track, call.duration)
        elif track.broken:
            audit.enter_broken_trial(text, occasion, track.message, Bite.MISSED)
        del self._tracks[node]

    def _close(
        self,
        audit: Audit,
        text: ScenarioText,
        occasion: Occasion,
        track: _Track,
        seconds: float,
    ) -> None:
        rows = track.rows
        if track.broken:
            outcome = Outcome.NOTCHECKED if track.not_given else Outcome.ERROR
            rows = (*rows, audit.enter_absent(text, occasion, track.message, outcome))
        self.runs.append(
            ScenarioRun(
                scenario=text,
                environment=occasion.environment.name,
                layer=occasion.layer,
                outcome=worst(tuple(row.outcome for row in rows)),
                steps=tuple(_step_run(track, step, rows) for step in text.steps),
                seconds=track.setup + seconds,
                message=track.message,
            )
        )


def _is_unjudged(track: _Track, call: pytest.CallInfo[Any]) -> bool:
    """Whether the run ended before its first step: the view is asked for only then."""
    raised = call.excinfo is not None and not call.excinfo.errisinstance(pytest.skip.Exception)
    return raised and not track.rows and not track.broken


_BAD = (Outcome.FAIL, Outcome.ERROR, Outcome.UNKNOWN)


def _step_run(track: _Track, step: StepText, rows: tuple[Judgement, ...]) -> StepRun:
    """Return what became of a step: its judgements decide, not whether it returned."""
    own = tuple(row for row in rows if row.step == step.text)
    status = track.status.get(step.line, StepStatus.SKIPPED)
    bad = [row for row in own if row.outcome in _BAD]
    if status is StepStatus.PASSED and bad:
        status = StepStatus.FAILED
    elif (
        status is StepStatus.PASSED
        and own
        and all(row.outcome is Outcome.NOTAPPLICABLE for row in own)
    ):
        status = StepStatus.SKIPPED
    told = "\n".join(f"{row.outcome}: {row.subject}: {row.actual}" for row in bad)
    message = told or (track.message if status in (StepStatus.UNDEFINED, StepStatus.FAILED) else "")
    return StepRun(
        step=step, status=status, seconds=track.seconds.get(step.line, 0.0), message=message
    )
