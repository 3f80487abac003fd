"""Many pipelines are read and judged in a time that grows with their steps, and no faster."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from assurance.collectors.harness import HarnessRequest, collect_harness
from assurance.model.judgements import Layer
from assurance.model.pipeline_walks import stages_of
from assurance.readers.state import State
from assurance.readers.view import View
from tests.bench.deliveries import STAGES, write_deliveries
from tests.metamorphic.verdicts import HARNESS, Suite

SMALL, LARGE = 10, 30
# What is the same for both makes the ratio smaller; whatever is quadratic would make it nine.
TOLERATED = 1.25

pytestmark = [pytest.mark.xdist_group("metamorphic"), pytest.mark.takes(60)]


@pytest.fixture(scope="module")
def suite() -> Suite:
    return Suite()


def calls(work: Callable[[], object]) -> int:
    """How many functions are called: a measure of work that no other load disturbs."""
    found = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal found
        found += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return found


def view(suite: Suite, directory: Path) -> View:
    body = collect_harness(HarnessRequest(system=directory, directories=(Path(),)))
    others = [(each, kind) for kind, each in suite.bodies.items() if kind != HARNESS]
    state = State([(body, HARNESS), *others])
    return View(environment=suite.environment, layer=Layer.DECLARED, state=state)


def test_the_work_grows_with_the_number_of_steps(suite: Suite, tmp_path: Path) -> None:
    texts = suite.scenarios
    work = {}
    for number in (SMALL, LARGE):
        directory = tmp_path / str(number)
        write_deliveries(directory, number)

        def judge(directory: Path = directory, number: int = number) -> None:
            found = view(suite, directory)
            rows = [row for text in texts for row in suite.judgements(text, found)]
            assert len(found.pipelines) == number
            assert len(rows) > 100 * number

        judge()  # what is remembered for good, such as scripts, is there for both
        work[number] = calls(judge)

    assert work[LARGE] / work[SMALL] < LARGE / SMALL * TOLERATED


def test_every_pipeline_has_as_many_stages_as_is_said(suite: Suite, tmp_path: Path) -> None:
    write_deliveries(tmp_path, SMALL)

    found = view(suite, tmp_path)

    assert {len(stages_of(pipeline)) for pipeline in found.pipelines} == {STAGES}
