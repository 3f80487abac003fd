"""What is wrong with a subject, where one definite fault outweighs what cannot be decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assurance.model.unknown import UnknownValue


def first_fault(checks: Iterable[Callable[[], str]]) -> str:
    """Return the first thing that is wrong; empty where nothing is.

    Args:
        checks: Each says what is wrong, or nothing.

    Raises:
        UnknownValue: Nothing is known to be wrong, and a check cannot be decided.
    """
    undecided: UnknownValue | None = None
    for check in checks:
        try:
            fault = check()
            if fault:
                return fault
        except UnknownValue as reason:
            undecided = undecided or reason
    if undecided:
        raise undecided
    return ""


def some(candidates: Iterable[Callable[[], str]]) -> tuple[bool, tuple[str, ...]]:
    """Tell whether one candidate has no fault, and what is wrong with those that have.

    Raises:
        UnknownValue: None is known to be without fault, and one cannot be decided.
    """
    faults: list[str] = []
    undecided: UnknownValue | None = None
    for candidate in candidates:
        try:
            fault = candidate()
            if not fault:
                return True, ()
            faults.append(fault)
        except UnknownValue as reason:
            undecided = undecided or reason
    if undecided:
        raise undecided
    return False, tuple(faults)
