"""An unknown value refuses every use that could turn it into a verdict."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import pytest

from assurance.model.findings import Finding, all_of, any_of, each
from assurance.model.unknown import UnknownValue, is_unknown, unknown, why_unknown

USES: list[Callable[[Any], object]] = [
    bool,
    len,
    iter,
    hash,
    str,
    int,
    float,
    "{}".format,
    lambda value: value == 1,
    lambda value: value != 1,
    lambda value: value < 1,
    lambda value: value >= 1,
    lambda value: 1 in value,
    lambda value: value in ("a", "b"),
    lambda value: value in {"a", "b"},
    lambda value: value["a"],
    lambda value: value.name,
    lambda value: value + 1,
    lambda value: 1 - value,
    lambda value: value * 2,
    lambda value: 2 / value,
    lambda value: max(value, 1),
    lambda value: sum([1, value]),
    ",".join,
    operator.neg,
]


@pytest.mark.parametrize("use", USES)
def test_every_use_raises_with_the_reason(use: Callable[[Any], object]) -> None:
    with pytest.raises(UnknownValue, match="var\\.size has no value"):
        use(unknown("var.size has no value"))


def test_it_can_be_recognised_without_raising() -> None:
    value = unknown("var.size has no value")

    assert is_unknown(value)
    assert why_unknown(value) == "var.size has no value"
    assert not is_unknown("var.size")


def is_five(part: Any) -> Finding:
    return Finding(holds=part == 5, expected="5", actual=f"{part}")


def test_a_part_that_is_wrong_decides_beside_one_that_is_unknown() -> None:
    finding = each([unknown("x"), 4], is_five, expected="5", none="none")

    assert (finding.holds, finding.actual) == (False, "4")


def test_a_part_that_is_unknown_leaves_the_whole_undecided() -> None:
    with pytest.raises(UnknownValue):
        each([5, unknown("x")], is_five, expected="5", none="none")


def test_a_whole_without_parts_does_not_hold() -> None:
    finding = each([], is_five, expected="5", none="there is none")

    assert (finding.holds, finding.actual) == (False, "there is none")


def test_any_and_all_are_decided_by_what_is_known() -> None:
    parts = [unknown("x"), 5]

    assert any_of(parts, lambda part: part == 5)
    assert not all_of(parts, lambda part: part == 4)
    with pytest.raises(UnknownValue):
        any_of(parts, lambda part: part == 4)
    with pytest.raises(UnknownValue):
        all_of(parts, lambda part: part == 5)
