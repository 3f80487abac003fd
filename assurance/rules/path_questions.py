"""What is asked about the paths of a pipeline, and what one step means for the question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from assurance.model.actions import Part
from assurance.model.pipeline_walks import Placed
from assurance.model.pipelines import Hidden, Stage
from assurance.model.unknown import UnknownValue

Choice = Callable[[Part, Placed], bool]
"""Picks the parts of steps that are meant; raises `UnknownValue` where it cannot tell."""


def may_be_anything(hidden: Hidden, stage: Stage | None) -> bool:
    """Tell that something that cannot be seen may be what is meant."""
    del hidden, stage
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Whether a gate stands on every path.

    Attributes:
        target: What must not happen without the gate.
        gate: What must have succeeded; failed and passed over is not enough.
        gate_name: The gate in words: `approval`.
        follows: Whether the gate must come after the target on every path that succeeds, rather
            than before it on every path.
        may_hide: Whether something that cannot be seen may be, or hold, the target.
        people_may_pass: Whether it counts as success when a person who is asked lets a failed gate
            pass.
    """

    target: Choice
    gate: Choice
    gate_name: str
    follows: bool = False
    may_hide: Callable[[Hidden, Stage | None], bool] = may_be_anything
    people_may_pass: bool = False


class Known(IntEnum):
    """Whether a step is what is meant."""

    NO = 0
    YES = 1
    MAYBE = 2


@dataclass(frozen=True, slots=True)
class Sight:
    """What one step means for a question.

    Attributes:
        target: Whether it is the target, not yet guarded by a gate within the step itself.
        gate: Whether its success is that of the gate.
        doubt: Why one of them is not known.
    """

    target: Known
    gate: Known
    doubt: str


PLAIN = Sight(Known.NO, Known.NO, "")


def look(question: Question, placed: Placed) -> Sight:
    """Return what a step means for a question; its parts run one after another."""
    target = gate = Known.NO
    doubts: list[str] = []
    for part in placed.step.action.parts:
        is_target = _ask(question.target, part, placed, doubts)
        is_gate = _ask(question.gate, part, placed, doubts)
        if is_target is Known.NO and is_gate is Known.NO:
            continue
        if is_target is not Known.NO:
            target, gate = _meet(question, is_target, target, gate)
        gate = _better(gate, is_gate)
    if target is Known.NO and gate is Known.NO:
        return PLAIN
    return Sight(target, gate, "; ".join(dict.fromkeys(doubts)))


def _meet(question: Question, is_target: Known, target: Known, gate: Known) -> tuple[Known, Known]:
    """Return target and gate after a part that is the target."""
    if question.follows:
        # What was verified before the target says nothing of it.
        return _better(target, is_target), gate if is_target is Known.MAYBE else Known.NO
    if gate is Known.YES:
        return target, gate
    return _better(target, Known.MAYBE if gate is Known.MAYBE else is_target), gate


def _better(one: Known, other: Known) -> Known:
    return Known.YES if Known.YES in (one, other) else max(one, other)


def _ask(choice: Choice, part: Part, placed: Placed, doubts: list[str]) -> Known:
    try:
        return Known.YES if choice(part, placed) else Known.NO
    except UnknownValue as unknown:
        doubts.append(unknown.reason)
        return Known.MAYBE
