"""Substitution of made-up values, as pure functions."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from assurance.collectors.terraform.tokens import UNKNOWN, Origins, merge, variables_in

_WORD = st.text(string.ascii_lowercase + string.digits, min_size=8, max_size=8)
_PLAIN = st.text("ABCDEF /:._-", max_size=12)


def _origins(**values: str) -> Origins:
    origins = Origins()
    for name, value in values.items():
        origins.learn(value, f"${{x.{name}}}")
    origins.finish()
    return origins


def _why() -> str:
    return "because"


@given(_WORD, _WORD, _PLAIN, _PLAIN)
def test_a_word_is_found_again_anywhere(first: str, second: str, left: str, right: str) -> None:
    pair = (_origins(id=first), _origins(id=second))

    merged = merge(left + first + right, left + second + right, pair, _why)

    assert merged == (left + "${x.id}" + right if first != second else left + first + right)


@given(_WORD, _WORD)
def test_a_derived_form_wins_over_the_word_inside(first: str, second: str) -> None:
    pair = tuple(
        _origins(id=word, arn=f"arn:aws:sns:eu-west-1:1:{word}") for word in (first, second)
    )

    merged = merge(
        f"arn:aws:sns:eu-west-1:1:{first}",
        f"arn:aws:sns:eu-west-1:1:{second}",
        (pair[0], pair[1]),
        _why,
    )

    assert first == second or merged == "${x.arn}"


@given(_WORD, _WORD)
def test_a_cut_word_is_unknown(first: str, second: str) -> None:
    pair = (_origins(id=first), _origins(id=second))

    merged = merge(first[:4], second[:4], pair, _why)

    assert merged == (first[:4] if first[:4] == second[:4] else {UNKNOWN: "because"})


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
        ),
    )
)
def test_what_is_equal_in_both_is_kept(value: object) -> None:
    assert merge(value, value, (_origins(), _origins()), _why) == value


def test_the_smallest_place_is_unknown() -> None:
    merged = merge(
        {"a": [1, {"b": True}]}, {"a": [1, {"b": False}]}, (_origins(), _origins()), _why
    )

    assert merged == {"a": [1, {"b": {UNKNOWN: "because"}}]}


def test_lists_of_other_lengths_are_unknown() -> None:
    assert merge([1], [1, 2], (_origins(), _origins()), _why) == {UNKNOWN: "because"}


def test_sets_sorted_by_made_up_words_are_aligned() -> None:
    pair = (_origins(a="aaaaaaa1", b="bbbbbbb1"), _origins(a="zzzzzzz1", b="yyyyyyy1"))

    merged = merge(["aaaaaaa1", "bbbbbbb1"], ["yyyyyyy1", "zzzzzzz1"], pair, _why)

    assert merged == ["${x.a}", "${x.b}"]


def test_a_number_is_a_reference_only_when_one_attribute_has_it() -> None:
    first, second = Origins(), Origins()
    for origins, port in ((first, 21001), (second, 41001)):
        origins.learn(port, "${db.port}")
        origins.finish()

    assert merge(21001, 41001, (first, second), _why) == "${db.port}"
    assert merge("h:21001/x", "h:41001/x", (first, second), _why) == "h:${db.port}/x"
    assert merge(21001, 21001, (first, second), _why) == 21001


def test_a_placeholder_makes_a_text_unknown_by_name() -> None:
    pair = (Origins(), Origins())
    for origins, word in zip(pair, ("xone", "xtwo"), strict=True):
        origins.learn_variable({"name": word}, "service")
        origins.finish()

    assert merge("a-xone", "a-xtwo", pair, _why) == {UNKNOWN: "var.service, which has no value"}
    assert variables_in("plain") == []
