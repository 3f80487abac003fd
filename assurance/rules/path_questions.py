"""What is asked about the paths of a pipeline, and what one step means for the question."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from assurance.model.actions import Part
from assurance.model.pipeline_walks import Placed
from assurance.model.pipelines import Hidden, Stage
from assurance.model.records import record
from assurance.model.unknown import UnknownValue

Choice = Callable[[Part, Placed], bool]
"""Picks the parts of steps that are meant; raises `UnknownValue` where it cannot tell."""


def may_be_anything(hidden: Hidden, stage: Stage | None) -> bool:
    """Tell that something that cannot be seen may be what is meant."""
    del hidden, stage
    return True


@record(kw_only=True)
class Question:
    """Whether a gate stands on every path.

    Attributes:
        target: What must not happen without the gate.
        gate: What must have succeeded; failed and passed over is not enough.
        gate_name: The gate in words: `approval`.
        follows: Whether the gate must come after the target on every path that succeeds, rather
            than before it on every path.
        undo: After what the gate must come once more before the target, such as a build after
            which an earlier scan says nothing; None for nothing.
        may_hide: Whether something that cannot be seen may be, or hold, the target.
        people_may_pass: Whether it counts as success when a person who is asked lets a failed gate
            pass.
    """

    target: Choice
    gate: Choice
    gate_name: str
    follows: bool = False
    undo: Choice | None = None
    may_hide: Callable[[Hidden, Stage | None], bool] = may_be_anything
    people_may_pass: bool = False

    @property
    def is_settled_by_gate(self) -> bool:
        """Whether a path is out of the question for good once the gate has succeeded."""
        undo = self.undo
        return not self.follows and undo is None


class Known(IntEnum):
    """Whether something is so."""

    NO = 0
    YES = 1
    MAYBE = 2


SAFE, OPEN = 0, 1
"""Whether the gate has succeeded, or is still to be waited for."""


@record()
class Sight:
    """What one step means for a question, once it has run to its end.

    Attributes:
        offends: Whether it offends, by whether the gate was open before it.
        opens: Whether the gate is open after it, likewise.
        is_gate: Whether it is the gate.
        doubt: Why something of it is not known.
    """

    offends: tuple[Known, Known]
    opens: tuple[Known, Known]
    is_gate: Known
    doubt: str


PLAIN = Sight((Known.NO, Known.NO), (Known.NO, Known.YES), Known.NO, "")


@record()
class _Meaning:
    """What one part of a step is."""

    target: Known
    opener: Known
    gate: Known

    def follow(self, offends: Known, opened: Known) -> tuple[Known, Known]:
        """Return whether something offends, and whether the gate is open, after this part."""
        if self.target != Known.NO and opened is not Known.NO:
            sure = self.target == Known.YES and opened is Known.YES
            offends = Known.YES if sure or offends is Known.YES else Known.MAYBE
        if self.opener != Known.NO and opened is not Known.YES:
            opened = self.opener
        if self.gate != Known.NO and opened is not Known.NO:
            opened = Known.NO if self.gate == Known.YES else Known.MAYBE
        return offends, opened


def look(question: Question, placed: Placed) -> Sight:
    """Return what a step means for a question; its parts run one after another."""
    doubts: list[str] = []
    meanings = [_meaning(question, part, placed, doubts) for part in placed.step.action.parts]
    ends = []
    for opened in (Known.NO, Known.YES):
        offends = Known.NO
        for meaning in meanings:
            offends, opened = meaning.follow(offends, opened)  # noqa: PLW2901  it is what changes
        ends.append((offends, opened))
    gates = {meaning.gate for meaning in meanings}
    return Sight(
        offends=(ends[0][0], ends[1][0]),
        opens=(ends[0][1], ends[1][1]),
        is_gate=Known.YES if Known.YES in gates else max(gates),
        doubt="; ".join(dict.fromkeys(doubts)),
    )


def concerns(question: Question, placed: Placed) -> bool:
    """Whether a step is anything to the question, or may be; most are nothing to most questions."""
    target, gate, undo = question.target, question.gate, question.undo
    try:
        for part in placed.step.action.parts:
            if target(part, placed) or gate(part, placed) or (undo and undo(part, placed)):
                return True
    except UnknownValue:
        return True
    return False


def _meaning(question: Question, part: Part, placed: Placed, doubts: list[str]) -> _Meaning:
    """Return what a part is."""
    target = _ask(question.target, part, placed, doubts)
    gate = _ask(question.gate, part, placed, doubts)
    opener, undo = (target if question.follows else Known.NO), question.undo
    if undo is not None:
        opener = _ask(undo, part, placed, doubts)
    return _Meaning(Known.NO if question.follows else target, opener, gate)


def _ask(choice: Choice, part: Part, placed: Placed, doubts: list[str]) -> Known:
    try:
        return Known.YES if choice(part, placed) else Known.NO
    except UnknownValue as unknown:
        doubts.append(unknown.reason)
        return Known.MAYBE
