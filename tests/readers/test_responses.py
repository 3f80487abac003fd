"""Answers to requests as they should be, of operations and with pages; unknown where none came."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.unknown import UnknownValue
from assurance.readers.responses import read_deliveries, read_good_answers
from tests.observed_states import observed, seen
from tests.visits import PAGE

GOOD = {"status": 201, "headers": {"referrer-policy": "no-referrer"}}


@pytest.mark.parametrize(
    ("root", "over_tls"), [("https://a.example", True), ("http://127.0.0.1:1", False)]
)
def test_a_good_answer_keeps_its_headers(root: str, over_tls: bool) -> None:
    answered = seen("http_answer", operation="POST /", response=GOOD)

    (found,) = read_good_answers(observed(answered, root=root))

    assert (found.answer.status, found.answer.headers) == (201, GOOD["headers"])
    assert found.over_tls is over_tls


def test_of_an_operation_that_never_succeeded_nothing_is_known() -> None:
    refused = seen("http_answer", operation="POST /", instead=[401, None])

    (found,) = read_good_answers(observed(refused))

    with pytest.raises(UnknownValue, match="no success of it was seen, only 401, no answer"):
        _ = found.answer.status


@pytest.mark.parametrize("status", [200, 404])
def test_a_page_comes_with_an_answer(status: int) -> None:
    (found,) = read_deliveries(observed(page(status=status)))

    assert (found.answer.status, found.answer.headers) == (status, PAGE["headers"])


def test_of_a_page_that_did_not_answer_nothing_is_known() -> None:
    (found,) = read_deliveries(observed(page(status=None)))

    with pytest.raises(UnknownValue, match="did not answer"):
        _ = found.answer.headers


def page(**changes: Any) -> dict[str, Any]:
    return seen("browser_page", **{**PAGE, **changes})
