"""Sets of older Rego mean for the interpreter what they mean for Open Policy Agent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assurance.errors import PolicyError
from assurance.rego.dialect import as_sets
from assurance.rego.evaluation import Evaluator, rego_of

HERE = Path("policy.rego")
STAGES = {"pipeline": {"stages": [{"name": "a"}, {"name": "b"}]}}

DRAWN = """package pipeline

deny[m] { s := names[_]; m := s }

names[n] { n := input.pipeline.stages[_].name }
"""
UNITED = """package pipeline

first[n] { n := input.pipeline.stages[0].name }
second[n] { n := input.pipeline.stages[1].name }
both := first | second
deny[m] { m := both[_] }
"""
LESS = """package pipeline

names[n] { n := input.pipeline.stages[_].name }
deny[m] { rest := names - {"a"}; rest[m] }
"""
BODIES = """package pipeline

deny[m] {
	m := input.pipeline.stages[0].name
} {
	m := input.pipeline.stages[1].name
}
"""
CALL = """package pipeline

deny[sprintf("%s of %v", [s.name, [s.name]])] { s := input.pipeline.stages[1] }
"""
OBJECT = """package pipeline

names[i] = n { n := input.pipeline.stages[i].name }
deny[m] { m := names[1] }
"""
KEYWORDS = """package pipeline
import future.keywords.in

deny[m] { some s in names; m := s }
names[n] { some stage in input.pipeline.stages; n := stage.name }
"""
NEW = """package pipeline
import rego.v1

deny contains m if {
	some m in names
}

names contains n if some n in {stage.name | some stage in input.pipeline.stages}
"""
OTHER = """package company.delivery

deny[m] { m := input.pipeline.stages[0].name }
"""
QUOTES = """package pipeline

deny[m] { m := sprintf("stage \\"%s\\" is 'b'", [input.pipeline.stages[1].name]) }
"""
QUOTED = """package pipeline
# http.send({})
deny[m] { m := "a.b() # c.d()"; m != `
e.f()`; input.pipeline.stages[0] }
"""
TRUTH = """package pipeline
default deny = false
deny { input.pipeline.stages[_].name == "b" }
"""


@pytest.fixture(scope="module")
def evaluator() -> Iterator[Evaluator]:
    with Evaluator() as found:
        yield found


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (DRAWN, ("a", "b")),
        (UNITED, ("a", "b")),
        (LESS, ("b",)),
        (BODIES, ("a", "b")),
        (CALL, ('b of ["b"]',)),
        (OBJECT, ("b",)),
        (KEYWORDS, ("a", "b")),
        (NEW, ("a", "b")),
        (OTHER, ("a",)),
        (TRUTH, ("denied",)),
        (QUOTES, ("stage \"b\" is 'b'",)),
        (QUOTED, ("a.b() # c.d()",)),
    ],
)
def test_a_policy_says_what_open_policy_agent_says(
    text: str, messages: tuple[str, ...], evaluator: Evaluator
) -> None:
    rego = rego_of(text, HERE)

    assert evaluator.denials(rego, [STAGES, {"pipeline": {"stages": []}}]) == (messages, ())


def test_lines_stay_where_they_are() -> None:
    lines = as_sets(BODIES).splitlines()

    assert lines[2] == "deny contains m if {"
    assert lines[4] == "} deny contains m if {"
    assert len(lines) == len(BODIES.splitlines())


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("package pipeline\n\nimport data.lib.steps\n\ndeny[m] { m := steps[_] }\n", 3, "data.lib"),
        (
            'package pipeline\n\ndeny[m] {\n\tr := http.send({})\n\tm := "x"\n}\n',
            4,
            "`http.send`",
        ),
        (
            'package pipeline\n\ndeny[m] {\n\tnet.cidr_contains("a", "b")\n\tm := "x"\n}\n',
            4,
            "net.",
        ),
    ],
)
def test_what_would_be_empty_in_silence_is_refused(
    text: str, line: int, message: str, evaluator: Evaluator
) -> None:
    """The interpreter takes what it does not know for undefined, and the policy for silent."""
    with pytest.raises(PolicyError, match=message) as caught:
        evaluator.denials(rego_of(text, HERE), [{}])

    assert caught.value.line == line


def test_the_same_is_asked_once(evaluator: Evaluator) -> None:
    rego = rego_of(OBJECT, HERE)
    there = evaluator.denials(rego, [STAGES])
    evaluator.close()

    assert evaluator.denials(rego, [{"pipeline": dict(STAGES["pipeline"])}]) == there
    assert evaluator._process is None
