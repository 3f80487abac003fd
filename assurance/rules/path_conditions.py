"""Whether something runs: the status so far, its expression, its repetition."""

from __future__ import annotations

import re

from assurance.model.flow import Condition, Loop, Status
from assurance.model.records import record
from assurance.model.unknown import is_unknown, why_unknown

_TRUE = frozenset({"true", "<+true>"})
_FALSE = frozenset({"false", "<+false>"})
_NAMES = re.compile(r"<\+([^<>]*)>")
_FIXED = re.compile(r"(trigger|codebase|pipeline\.variables|pipeline\.triggerType|org|project)\b")


@record()
class Admission:
    """One way for a node to be run or to be skipped.

    Attributes:
        runs: Whether it runs.
        words: What must be so for it that is not ordinary; empty where nothing must.
        doubt: Empty, or why it is not known whether it can be so.
    """

    runs: bool
    words: str = ""
    doubt: str = ""


RUNS, SKIPPED = Admission(True), Admission(False)


def is_ordinary(condition: Condition, loops: tuple[Loop, ...]) -> bool:
    """Whether a node runs once, exactly when everything before it succeeded."""
    status = condition.status
    return (
        not loops
        and not is_unknown(status)
        and status is Status.SUCCESS
        and condition.expression in ("", "true", "<+true>")
    )


def may_follow_failure(condition: Condition) -> bool:
    """Whether a node may run after something before it has failed."""
    status = condition.status
    return is_unknown(status) or status is not Status.SUCCESS


def admissions(
    condition: Condition,
    loops: tuple[Loop, ...],
    *,
    failed: bool,
    assumed: frozenset[str],
) -> tuple[Admission, ...]:
    """Return the ways in which a node can be run or skipped.

    Args:
        condition: Its condition.
        loops: Its repetition.
        failed: Whether something before it has failed.
        assumed: Expressions that are true on the path that is looked for.
    """
    status = condition.status
    if is_unknown(status):
        why = why_unknown(status)
        return (
            Admission(True, "it may run", why),
            Admission(False, "it may be skipped", why),
        )
    if status is not Status.ALL and (status is Status.FAILURE) is not failed:
        return (SKIPPED,)
    if any(not is_unknown(loop.count) and loop.count == 0 for loop in loops):
        return (SKIPPED,)
    return (*_by_expression(condition.expression, assumed), *_by_count(loops))


def _by_expression(expression: str, assumed: frozenset[str]) -> tuple[Admission, ...]:
    if not expression or expression in _TRUE:
        return (RUNS,)
    if expression in _FALSE:
        return (SKIPPED,)
    words = f"skipped: its condition `{expression}` is false"
    if expression not in assumed:
        return RUNS, Admission(False, words)
    if is_fixed(expression):
        return (RUNS,)
    return RUNS, Admission(
        False, words, f"whether `{expression}` changes during the run is unknown"
    )


def is_fixed(expression: str) -> bool:
    """Whether an expression says the same throughout a run."""
    names = _NAMES.findall(expression)
    return bool(names) and all(_FIXED.match(name.strip()) for name in names)


def _by_count(loops: tuple[Loop, ...]) -> tuple[Admission, ...]:
    return tuple(
        Admission(False, "skipped: it runs for none", why_unknown(loop.count))
        for loop in loops
        if is_unknown(loop.count)
    )
