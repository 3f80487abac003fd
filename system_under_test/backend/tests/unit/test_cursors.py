"""A cursor says where a page ended, and a forged one does no harm."""

import base64
import json
import uuid
from datetime import UTC, datetime

import pytest

from workshop.catalogue import KINDS
from workshop.cursors import Cursor, Value, read, write
from workshop.problems import Problem


@pytest.mark.parametrize(
    ("order", "value"),
    [("title", "Ünïcode & <tags>"), ("newest", datetime(2026, 1, 5, tzinfo=UTC)), ("popular", 7)],
)
def test_a_cursor_comes_back_as_it_was(order: str, value: Value) -> None:
    cursor = Cursor(order=order, value=value, id=uuid.uuid4())

    assert read(write(cursor), KINDS) == cursor


def packed(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).rstrip(b"=").decode()


HEX = uuid.uuid4().hex


@pytest.mark.parametrize(
    "text",
    [
        "A",
        "AAAA",
        "....",
        "eyJhIjoxfQ",
        packed(),
        packed("title"),
        packed("price", 1, HEX),
        packed("title", 1, HEX),
        packed("title", "a\x00b", HEX),
        packed("title", "half of a pair: \ud800", HEX),
        packed("title", ["a"], HEX),
        packed("title", "a", "not-hexadecimal"),
        packed("title", "a", 7),
        packed("title", "a", HEX, "surplus"),
        packed("newest", "yesterday", HEX),
        packed("newest", "2026-01-05T00:00:00", HEX),
        packed("popular", 2**31, HEX),
        packed("popular", True, HEX),
        packed("popular", 1.5, HEX),
        packed({"a": 1}, 1, HEX),
        base64.urlsafe_b64encode(b"[" * 300).decode(),
    ],
)
def test_a_forged_cursor_is_invalid_input(text: str) -> None:
    with pytest.raises(Problem) as caught:
        read(text, KINDS)

    assert caught.value.status == 422
