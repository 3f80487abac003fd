"""Events of traces become decisions, by whichever names the convention had at the time."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.unknown import UnknownValue
from assurance.readers.flag_evaluations import read_flag_evaluations
from assurance.rules.flag_evaluations import is_answered
from tests.observed_states import observed, seen
from tests.states import unknown_because


def decision(**told: Any) -> tuple[str, str, str, str]:
    event = {"feature_flag.key": "a", **{name.replace("__", "."): v for name, v in told.items()}}
    flag = seen("telemetry_flag", flag="a", operation="GET /", usual=[event], without=[])
    (found,) = read_flag_evaluations(observed(flag)).evaluations
    (usual,) = found.usual
    assert (found.flag, found.without) == ("a", ())
    return usual.value, usual.reason, usual.provider, usual.error


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (
            {
                "feature_flag__result__value": "False",
                "feature_flag__result__variant": "off",
                "feature_flag__result__reason": "SPLIT",
                "feature_flag__provider__name": "Split",
            },
            ("false", "split", "Split", ""),
        ),
        (
            {
                "feature_flag__variant": "Off",
                "feature_flag__evaluation__reason": "error",
                "feature_flag__provider_name": "file",
                "error__type": "flag_not_found",
            },
            ("off", "error", "file", "flag_not_found"),
        ),
        ({"feature_flag__result__value": True}, ("true", "", "", "")),
        ({}, ("", "", "", "")),
    ],
)
def test_a_decision_is_read_by_the_names_of_every_version(
    told: dict[str, Any], wanted: tuple[str, ...]
) -> None:
    assert decision(**told) == wanted


def test_evaluations_are_given_where_one_was_seen() -> None:
    source = seen("telemetry_source", given={"traces": True, "without_flags": False})
    flag = seen("telemetry_flag", flag="a", operation="GET /", usual=[], without=[])

    assert read_flag_evaluations(observed(source)).given == {"traces"}
    assert read_flag_evaluations(observed(source, flag)).given == {"traces", "evaluations"}


def test_an_answer_that_did_not_come_has_status_zero() -> None:
    request = seen("telemetry_flagless", request="GET /", usual=200, status=None, flagged=False)

    (found,) = read_flag_evaluations(observed(request)).requests

    assert (found.usual, found.status, found.is_flagged) == (200, 0, False)


def test_without_traces_another_answer_may_be_due_to_a_flag() -> None:
    values: dict[str, Any] = {"usual": 200, "flagged": unknown_because("no traces were given")}

    def read(status: int) -> Any:
        request = seen("telemetry_flagless", request="GET /", status=status, **values)
        return read_flag_evaluations(observed(request)).requests[0]

    assert is_answered(read(200)).holds
    assert not is_answered(read(500)).holds
    with pytest.raises(UnknownValue, match="no traces were given"):
        is_answered(read(404))
