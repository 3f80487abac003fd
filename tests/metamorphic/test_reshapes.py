"""No verdict depends on the shape in which a pipeline is written.

The definitions of the reference, whole and broken by the counterexamples of the catalogue, are
written in other shapes that mean the same; every scenario says of them what it said before. With
ASSURANCE_SHAPES set, that many sequences are tried instead of a few.
"""

from __future__ import annotations

import os
import random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assurance.counterexamples import break_state
from assurance.model.judgements import Layer, Outcome
from assurance.model.requirements import Counterexample
from assurance.reshaping.definitions import Definitions, Place, Reshape
from assurance.reshaping.evidence import definitions_of
from assurance.reshaping.groups import WRAP_IN_GROUP
from assurance.reshaping.parallels import WRAP_IN_PARALLEL
from assurance.reshaping.reshapes import RESHAPES
from assurance.reshaping.templates import EXTRACT
from tests.metamorphic.verdicts import Suite, Verdicts, shared_suite

SEQUENCES = int(os.environ.get("ASSURANCE_SHAPES", "12"))
SHORTEST, LONGEST = 10, 16
"""Of a sequence: with those here, each run applies hundreds of reshapes."""

Applied = tuple[Reshape, Place]

pytestmark = [pytest.mark.xdist_group("metamorphic"), pytest.mark.takes(60)]
metamorphic = settings(
    max_examples=SEQUENCES,
    deadline=None,
    derandomize="ASSURANCE_SHAPES" not in os.environ,
    database=None,
    phases=(Phase.generate,),  # to shrink takes minutes; `smallest` takes seconds
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def suite() -> Suite:
    return shared_suite()


@pytest.fixture(scope="module")
def reference(suite: Suite) -> Verdicts:
    return suite.reference


def sequence(data: st.DataObject, definitions: Definitions) -> tuple[Applied, ...]:
    """Reshapes, each at a place that the ones before it left."""
    found: list[Applied] = []
    for _ in range(data.draw(st.integers(SHORTEST, LONGEST))):
        reshape = data.draw(st.sampled_from(RESHAPES))
        places = tuple(reshape.places(definitions))
        if places:
            found.append((reshape, places[data.draw(st.integers(0, len(places) - 1))]))
            definitions = reshape.apply(definitions, found[-1][1])
    return tuple(found)


def compare(suite: Suite, definitions: Definitions, applied: tuple[Applied, ...]) -> None:
    """Fail with the first reshape of a sequence that changes a verdict."""
    is_reference = definitions is suite.definitions
    before = suite.reference if is_reference else suite.verdicts(suite.state(definitions))
    shapes = [definitions]
    for reshape, place in applied:
        shapes.append(reshape.apply(shapes[-1], place))
    if changed(before, suite.verdicts(suite.state(shapes[-1]))):
        for shape, (_, place) in zip(shapes[1:], applied, strict=True):
            assert changed(before, suite.verdicts(suite.state(shape))) == [], place.words
        pytest.fail("the last shape is judged differently the second time")


def changed(before: Verdicts, after: Verdicts) -> list[str]:
    """What is said differently, in words."""
    return [
        f"{' / '.join(key)}: {dict(before.get(key, {}))} became {dict(after.get(key, {}))}"
        for key in sorted({*before, *after})
        if before.get(key) != after.get(key)
    ]


def breaking(suite: Suite) -> list[tuple[str, Counterexample]]:
    """The counterexamples that break definitions of Harness."""
    asked = {text.requirement for text in suite.scenarios}
    return [
        (each.id, counterexample)
        for each in suite.catalogue.requirements
        if each.id in asked
        for counterexample in each.counterexamples
        if counterexample.layer is Layer.DECLARED
        and not counterexample.policy
        and counterexample.target.split("[")[0] in suite.types
    ]


def test_many_scenarios_look_at_pipelines(suite: Suite, reference: Verdicts) -> None:
    """What is compared is not nothing, and most of it passes."""
    passed = [key for key, counts in reference.items() if set(counts) == {Outcome.PASS}]

    assert len(suite.scenarios) > 40
    assert len(passed) > len(reference) / 2
    assert {"CDP-03", "CIP-04", "SCN-01", "DLG-02"} <= {
        text.requirement for text in suite.scenarios
    }


def test_another_meaning_is_another_verdict(suite: Suite, reference: Verdicts) -> None:
    """The comparison can say no."""
    without = tuple(each for each in suite.definitions if each.identifier != "production_approval")

    after = suite.verdicts(suite.state(without))

    assert any("CDP-03" in words for words in changed(reference, after))


@pytest.mark.parametrize("reshape", RESHAPES, ids=lambda reshape: reshape.name)
def test_a_reshape_changes_no_verdict(suite: Suite, reference: Verdicts, reshape: Reshape) -> None:
    places = tuple(reshape.places(suite.definitions))

    for place in random.Random(reshape.name).sample(places, min(2, len(places))):
        shape = reshape.apply(suite.definitions, place)
        assert changed(reference, suite.verdicts(suite.state(shape))) == [], place.words


@metamorphic
@given(data=st.data())
def test_no_sequence_of_reshapes_changes_a_verdict(suite: Suite, data: st.DataObject) -> None:
    compare(suite, suite.definitions, sequence(data, suite.definitions))


def test_every_kind_of_reshape_applies_to_the_reference(suite: Suite) -> None:
    """What applies nowhere is compared nowhere: templates of each kind are among them."""
    definitions = suite.definitions
    for reshape in (WRAP_IN_GROUP, WRAP_IN_PARALLEL):  # what two of them undo
        definitions = reshape.apply(definitions, next(iter(reshape.places(definitions))))
    nowhere = [reshape.name for reshape in RESHAPES if not any(reshape.places(definitions))]
    extracted = {place.path[-1:] for place in EXTRACT.places(definitions) if not place.detail}

    assert nowhere == []
    assert extracted == {("step",), ("stepGroup",), ("stage",), ()}


@metamorphic
@given(data=st.data())
def test_no_sequence_of_reshapes_hides_what_is_broken(suite: Suite, data: st.DataObject) -> None:
    _, counterexample = data.draw(st.sampled_from(breaking(suite)), label="broken")
    broken = break_state(suite.state(suite.definitions), counterexample).state
    resources = [each for body, _ in broken.bodies for each in body["resources"]]
    definitions = definitions_of(each for each in resources if each["type"] in suite.types)

    compare(suite, definitions, sequence(data, definitions))
