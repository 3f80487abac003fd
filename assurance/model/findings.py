"""What a rule says about one subject, before the judge makes an outcome of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from assurance.model.records import record
from assurance.model.subjects import Location
from assurance.model.unknown import UnknownValue

T = TypeVar("T")


@record(kw_only=True)
class Finding:
    """The rule was evaluated on known values.

    Attributes:
        holds: Whether the subject does what is expected.
        expected: What the requirement wants, in words and values.
        actual: What the evidence shows, in words and values.
        location: A closer place than the subject's own.
    """

    holds: bool
    expected: str
    actual: str
    location: Location | None = None


@record()
class NotApplicable:
    """The rule does not concern the subject; `case` names the catalogue's reason for that."""

    case: str


Verdict = Finding | NotApplicable


def each(parts: Iterable[T], rule: Callable[[T], Finding], *, expected: str, none: str) -> Finding:
    """Fold a rule over the parts of a subject into one finding.

    It holds when there are parts and the rule holds for all of them. A part that is known to be
    wrong decides even beside parts that are unknown; else an unknown part raises.

    Args:
        parts: What the subject is made of.
        rule: Judges one part.
        expected: What is wanted of every part.
        none: What `actual` says when there are no parts.
    """
    good, bad, unknowns = _judged(parts, rule)
    if bad:
        return Finding(
            holds=False,
            expected=expected,
            actual="; ".join(dict.fromkeys(finding.actual for finding in bad)),
            location=next((finding.location for finding in bad if finding.location), None),
        )
    if unknowns:
        raise unknowns[0]
    actual = "; ".join(dict.fromkeys(finding.actual for finding in good))
    return Finding(holds=bool(good), expected=expected, actual=actual if good else none)


def _judged(
    parts: Iterable[T], rule: Callable[[T], Finding]
) -> tuple[list[Finding], list[Finding], list[UnknownValue]]:
    good: list[Finding] = []
    bad: list[Finding] = []
    unknowns: list[UnknownValue] = []
    for part in parts:
        try:
            finding = rule(part)
        except UnknownValue as reason:
            unknowns.append(reason)
        else:
            (good if finding.holds else bad).append(finding)
    return good, bad, unknowns


def any_of(parts: Iterable[T], predicate: Callable[[T], bool]) -> bool:
    """Whether one part satisfies the predicate; raises only when it is undecided."""
    return _decided(parts, predicate, wanted=True)


def all_of(parts: Iterable[T], predicate: Callable[[T], bool]) -> bool:
    """Whether all parts satisfy the predicate (true of none); raises only when it is undecided."""
    return not _decided(parts, predicate, wanted=False)


def _decided(parts: Iterable[T], predicate: Callable[[T], bool], *, wanted: bool) -> bool:
    undecided: UnknownValue | None = None
    for part in parts:
        try:
            if bool(predicate(part)) is wanted:
                return True
        except UnknownValue as reason:
            undecided = undecided or reason
    if undecided:
        raise undecided
    return False
