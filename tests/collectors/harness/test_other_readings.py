"""What other programs read differently is said, and nothing else is."""

from __future__ import annotations

import pytest

from assurance.collectors.harness.other_readings import (
    definitions_after_the_first,
    words_of_older_yaml,
)
from assurance.collectors.harness.yaml_text import read_documents


def words(text: str) -> list[tuple[int, str]]:
    faults = tuple(words_of_older_yaml(read_documents(text)))
    assert not any(fault.is_fatal for fault in faults)
    return [(fault.line, fault.message.split("`")[1]) for fault in faults]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pipeline:\n  enabled: yes\n", [(2, "yes")]),
        ("pipeline:\n  on: push\n", [(2, "on")]),
        ("pipeline: {enabled: No, tags: [off]}\n", [(1, "No")]),
        ("pipeline:\n  tags:\n    - a\n    - Off # why\n", [(4, "Off")]),
        ("a: 1\n---\nb:\n  c: ON\n", [(4, "ON")]),
        ("a:\n  - on: 1\n    b: yes\n", [(2, "on"), (3, "yes")]),
    ],
)
def test_words_that_older_yaml_takes_for_truth_are_named(
    text: str, found: list[tuple[int, str]]
) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "a: 'yes'\n",
        'a: "on"\n"off": 1\n',
        "a: true\nb: false\n",
        "a: yes and no\nb: on-call\nonly: offer\n",
        "command: |\n  on: push\n  enabled: yes\n",
        "command: >-\n  yes\n",
        "# enabled: yes\na: 1\n",
        "a: &x b\n",
    ],
)
def test_what_everybody_reads_alike_is_not(text: str) -> None:
    assert words(text) == []


def test_definitions_after_the_first_are_named() -> None:
    text = "pipeline:\n  identifier: a\n---\nsecret:\n  identifier: b\n---\n# nothing\n"

    (fault,) = definitions_after_the_first(read_documents(text))

    assert (fault.line, fault.is_fatal) == (3, False)
    assert fault.message == "document 2 of the file: Harness keeps one definition a file"
