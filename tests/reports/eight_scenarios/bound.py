"""The steps of the eight scenarios, and what binds seven of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_bdd import given, scenario, then, when

from assurance.judge import Judge
from assurance.model.findings import Finding

FEATURE = str(Path(__file__).with_name("things.feature"))


@given("a thing")
def a_thing() -> None:
    """There is one."""


@when("a step breaks")
def a_step_breaks() -> None:
    """It raises what nobody expected."""
    raise KeyError


@when("a step skips itself")
def a_step_skips_itself() -> None:
    """It leaves, as a step that misses a tool might."""
    pytest.skip("no tool")


@then("the system holds")
def the_system_holds(judge: Judge) -> None:
    """Judge the one subject."""
    judge.system(lambda: Finding(holds=True, expected="it", actual="it"))


@scenario(FEATURE, "It holds")
def test_it_holds() -> None:
    """Passes."""


@scenario(FEATURE, "A step breaks")
def test_a_step_breaks() -> None:
    """Fails midway."""


@scenario(FEATURE, "Nobody knows the first step")
def test_nobody_knows_the_first_step() -> None:
    """Fails before anything."""


@scenario(FEATURE, "Nobody knows the second step")
def test_nobody_knows_the_second_step() -> None:
    """Fails after its first step."""


@scenario(FEATURE, "The set-up is denied")
def test_the_set_up_is_denied() -> None:
    """Breaks before its first step."""


@scenario(FEATURE, "It is left out")
def test_it_is_left_out() -> None:
    """Is deselected."""


@scenario(FEATURE, "A step skips itself")
def test_a_step_skips_itself() -> None:
    """Skips midway."""
