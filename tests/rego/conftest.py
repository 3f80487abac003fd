"""One interpreter for all tests of policies: what it said of the same it is not asked again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assurance.rego.evaluation import Evaluator


@pytest.fixture(scope="session")
def evaluator() -> Iterator[Evaluator]:
    with Evaluator() as found:
        yield found
