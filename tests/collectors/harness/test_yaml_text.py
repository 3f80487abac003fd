"""YAML 1.2 is read as its authors wrote it, with lines, and nothing in it breaks anything."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from assurance.collectors.harness.yaml_documents import Document
from assurance.collectors.harness.yaml_text import read_documents


def one(text: str) -> Document:
    (document,) = read_documents(text)
    return document


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"),
        ("yes", "yes"),
        ("No", "No"),
        ("true", True),
        ("FALSE", False),
        ("", None),
        ("~", None),
        ("null", None),
        ("010", 10),
        ("0o10", 8),
        ("0x1f", 31),
        ("-12", -12),
        ("1e3", 1000.0),
        (".5", 0.5),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("1e999", "1e999"),
        ("9" * 41, "9" * 41),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("2026-01-31", "2026-01-31"),
        ('"1"', "1"),
        ("'true'", "true"),
        ("!!str 5", "5"),
        ("!!int 5", 5),
        ("<+input>", "<+input>"),
    ],
)
def test_a_scalar_means_what_the_core_schema_says(text: str, value: object) -> None:
    found = one(f"key: {text}\n").values["key"]

    assert found == value
    assert type(found) is type(value)


def test_words_that_yaml_1_1_takes_for_booleans_are_keys_too() -> None:
    assert one("on: push\nyes: 1\nno: 2\n8080: http\n").values == {
        "on": "push",
        "yes": 1,
        "no": 2,
        "8080": "http",
    }


def test_every_value_has_the_line_of_its_key_or_item() -> None:
    text = "a:\n  - b: 1\n    c/d~:\n      x\n  - |\n    text\n"

    assert one(text).lines == {
        "": 1,
        "/a": 1,
        "/a/0": 2,
        "/a/0/b": 2,
        "/a/0/c~1d~0": 3,
        "/a/1": 5,
    }


def test_documents_of_one_file_are_apart_and_keep_their_lines() -> None:
    first, second = read_documents("a: 1\n---\nb: 2\n")

    assert (first.values, second.values) == ({"a": 1}, {"b": 2})
    assert second.lines["/b"] == 3


def test_a_key_written_twice_names_both_lines() -> None:
    document = one("steps:\n  timeout: 1h\n  name: x\n  timeout: 2h\n")

    (fault,) = document.faults
    assert fault.message == 'the key "timeout" is written twice, at lines 2 and 4'
    assert fault.line == 4
    assert not document.is_readable


def test_a_fault_of_syntax_costs_what_follows_it_only() -> None:
    first, second = read_documents("a: 1\n---\nb: [1,\n")

    assert first.is_readable
    assert not second.is_readable
    assert second.faults[0].message.startswith("not valid YAML: did not find expected")
    assert second.faults[0].line == 4


def test_a_control_character_is_found_by_line() -> None:
    (document,) = read_documents("a: 1\nb: \x01\n")

    assert document.faults[0].line == 2
    assert "control character" in document.faults[0].message


def test_an_alias_repeats_its_value_where_it_stands() -> None:
    document = one("a: &x\n  b: [1]\nc: *x\n")

    assert document.values == {"a": {"b": [1]}, "c": {"b": [1]}}
    assert document.values["a"] is not document.values["c"]
    assert document.lines["/c"] == 3
    assert document.lines["/c/b/0"] == 2


def test_a_merged_mapping_yields_to_what_is_written_beside_it() -> None:
    document = one("a: &a {x: 1, y: 1}\nb: &b {x: 2, z: 2}\nc:\n  <<: [*a, *b]\n  y: 3\n")

    assert document.values["c"] == {"y": 3, "x": 1, "z": 2}


def test_anchors_may_be_named_anew() -> None:
    assert one("a: &n 1\nb: *n\nc: &n 2\nd: *n\n").values == {"a": 1, "b": 1, "c": 2, "d": 2}


def test_aliases_that_explode_are_stopped_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    started = time.process_time()

    document = one("\n".join(lines))

    assert time.process_time() - started < 5
    (fault,) = document.faults
    assert fault.message == "aliases stand for more than 100000 values"
    assert fault.line == 6


def test_aliases_that_nest_too_deep_are_stopped() -> None:
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 300))]

    document = one("\n".join(lines))

    assert document.faults[0].message == "aliases nest more than 100 levels"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: &a [*a]", "the alias *a stands inside what it repeats"),
        ("a: *b", "the alias *b repeats nothing"),
        ("a: &a x\n*a : 1", "a key that is an alias"),
        ("? [1, 2]\n: x", "a key that is not text"),
        ("? {a: 1}\n: {b: [2]}", "a key that is not text"),
        ("[" * 150 + "]" * 150, "nested more than 100 levels deep"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(text: str, message: str) -> None:
    (fault,) = one(text).faults

    assert fault.message == message
    assert fault.line == (2 if text.startswith("a: &a x") else 1)
    assert fault.remedy


def test_what_stands_after_an_unreadable_key_is_still_read() -> None:
    assert one("? [1]\n: x\nb: 2\n").values["b"] == 2


def test_a_tag_that_nobody_knows_is_told_and_its_value_kept() -> None:
    document = one("a: !vault abc\nb: !ref {c: 1}\n")

    assert document.values == {"a": "abc", "b": {"c": 1}}
    assert [fault.message for fault in document.faults] == [
        "the tag !vault is not read",
        "the tag !ref is not read",
    ]
    assert document.is_readable


def test_empty_text_has_no_documents() -> None:
    assert read_documents("") == ()
    assert read_documents("# nothing\n") == ()


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
@settings(deadline=None)
def test_no_text_is_too_strange(text: str) -> None:
    for document in read_documents(text):
        json.dumps(document.values, allow_nan=False)
        assert document.is_readable or all(fault.message for fault in document.faults)


@given(st.text(alphabet="ab:-*&!?|>[]{},'\"#%@ \n<", max_size=80))
@settings(deadline=None, max_examples=500)
def test_no_heap_of_signs_is_too_strange(text: str) -> None:
    for document in read_documents(text):
        json.dumps(document.values, allow_nan=False)


PRINTABLE = st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufeff")
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(alphabet=PRINTABLE),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(alphabet="abc/~ é", min_size=1, max_size=6), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(JSON)
@settings(deadline=None)
def test_json_comes_back_as_it_went(value: Any) -> None:
    document = one(json.dumps(value, ensure_ascii=False))

    assert document.values == value
    assert document.is_readable


@given(JSON)
@settings(deadline=None)
def test_json_has_a_line_for_every_value(value: Any) -> None:
    document = one(json.dumps({"a": value}, indent=2, ensure_ascii=False))

    assert set(document.lines) == set(_pointers({"a": value}))


def _pointers(value: Any, pointer: str = "") -> list[str]:
    found = [pointer]
    items: Any = value.items() if isinstance(value, dict) else ()
    items = enumerate(value) if isinstance(value, list) else items
    for key, item in items:
        found += _pointers(item, f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}")
    return found


@given(
    st.dictionaries(
        st.text(alphabet="abcxyz_", min_size=1, max_size=8),
        st.sampled_from(["on", "yes", "010", "1.5", "x: y", "a\nb\n", "", "#", True, None, 3]),
        min_size=1,
        max_size=6,
    )
)
@settings(deadline=None, max_examples=60)
def test_another_reader_of_yaml_1_2_reads_the_same(value: dict[str, Any]) -> None:
    text = json.dumps(value)
    other = YAML(typ="safe", pure=True).load(text)

    assert one(text).values == dict(other)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("pipeline:\n\tidentifier: a\n", 2),
        ("pipeline:\n  identifier: a\n\tname: a\n", 3),
        ("pipeline:\n  \tidentifier: a\n", 2),
        ("pipeline:\n  stages:\n    - a\n\t- b\n", 4),
        ("pipeline:\n  command: |\n    one\n\ttwo\n", 4),
    ],
)
def test_a_tab_that_indents_is_named(text: str, line: int) -> None:
    (fault,) = one(text).faults

    assert fault.message == "not valid YAML: the line is indented by a tab"
    assert fault.line == line
    assert fault.remedy.startswith("Indent it by spaces")


def test_another_fault_is_not_blamed_on_tabs() -> None:
    (fault,) = one("a:\tb\nc: @d\te\n").faults

    assert "cannot start any token" in fault.message
