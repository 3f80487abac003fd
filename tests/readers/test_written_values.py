"""What is switched on is certain, or said not to be."""

from __future__ import annotations

import pytest

from assurance.model.unknown import is_unknown, why_unknown
from assurance.readers.written_values import truth


@pytest.mark.parametrize(
    ("written", "on"),
    [
        (True, True),
        (False, False),
        ("true", True),
        ("True", True),
        ("false", False),
        ("no", False),
        ("off", False),
        (None, False),
        ("", False),
        ("perhaps", False),
    ],
)
def test_only_true_is_true(written: object, on: bool) -> None:
    assert truth(written, "whether") is on


@pytest.mark.parametrize("written", ["yes", "On", "y", 1, "1"])
def test_what_only_some_programs_take_for_true_is_not_certain(written: object) -> None:
    found = truth(written, "whether the executor may approve")

    assert is_unknown(found)
    assert why_unknown(found).startswith("whether the executor may approve is not certain: it is")


def test_what_the_run_decides_is_not_known() -> None:
    assert is_unknown(truth("<+input>", "whether"))
