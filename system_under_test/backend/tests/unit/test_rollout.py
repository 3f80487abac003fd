"""Rollouts are gradual, stable, and take nothing away when they grow."""

import json
import math
from collections import Counter

import pytest

from workshop.errors import FlagFileError
from workshop.flags.rollout import Flag, decide, parse, place

USERS = [f"user-{number}" for number in range(20_000)]


def at_percent(share: float) -> Flag:
    return Flag(
        variants={"on": True, "off": False},
        default="off",
        rollout={"on": share, "off": 100 - share},
    )


@pytest.mark.parametrize("share", [1.0, 10.0, 33.3, 50.0, 90.0])
def test_the_share_of_users_is_the_share_of_the_rollout(share: float) -> None:
    seen = sum(decide("feature", at_percent(share), user) == "on" for user in USERS)

    expected, spread = share / 100, math.sqrt(share / 100 * (1 - share / 100) / len(USERS))
    assert abs(seen / len(USERS) - expected) < 4 * spread


def test_nobody_loses_a_feature_when_its_share_grows() -> None:
    before = {user for user in USERS if decide("feature", at_percent(20), user) == "on"}
    after = {user for user in USERS if decide("feature", at_percent(40), user) == "on"}

    assert before < after


def test_a_choice_is_the_same_in_every_process() -> None:
    """The number is fixed here: another hash would move every user."""
    assert place("recommendations", "ada") == 69.286


def test_flags_choose_independently_of_each_other() -> None:
    flag = at_percent(50)
    pairs = Counter((decide("one", flag, user), decide("two", flag, user)) for user in USERS)

    assert all(abs(count / len(USERS) - 0.25) < 0.02 for count in pairs.values())


@pytest.mark.parametrize("share", [0.0, 100.0])
def test_nobody_and_everybody_are_exact(share: float) -> None:
    seen = {decide("feature", at_percent(share), user) for user in USERS}

    assert seen == {"on" if share else "off"}


def test_who_has_no_key_gets_the_default() -> None:
    assert decide("feature", at_percent(100), None) == "off"


def test_a_disabled_flag_gives_the_default() -> None:
    flag = Flag(state="disabled", variants={"on": True, "off": False}, default="off")

    assert decide("feature", flag, "ada") == "off"


def flags(**members: object) -> str:
    return json.dumps({"flags": {"feature": members}})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"flags": []}',
        "[" * 100_000,
        flags(variants={}, default="on"),
        flags(variants={"on": True}, default="off"),
        flags(variants={"on": True}, default="on", rollout={"off": 10}),
        flags(variants={"on": True, "off": False}, default="on", rollout={"on": 60, "off": 60}),
        flags(variants={"on": True, "off": False}, default="on", rollout={"on": -1}),
        flags(variants={"on": True}, default="on", rollout={"on": float("nan")}),
        flags(variants={"on": True, "off": "no"}, default="on"),
        flags(variants={"on": True}, default="on", rollout={"on": "50"}),
        flags(variants={"on": True}, default="on", surplus=1),
    ],
)
def test_a_file_that_cannot_be_carried_out_is_refused(text: str) -> None:
    with pytest.raises(FlagFileError, match="the flag file cannot be used"):
        parse(text)
