"""The key set is renewed when needed, within bounds, and a bad one is not taken."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from workshop.errors import KeysUnavailable
from workshop.issuer import KeyPair
from workshop.keys import KeySet, usable_keys


class Source:
    """A key set that can change, break, and counts how often it is read."""

    def __init__(self, *pairs: KeyPair) -> None:
        self.reads = 0
        self.publish(*pairs)

    def publish(self, *pairs: KeyPair) -> None:
        self.text = json.dumps({"keys": [key for pair in pairs for key in pair.key_set()["keys"]]})

    def read(self, _: str) -> str:
        self.reads += 1
        if self.text == "away":
            raise OSError
        return self.text


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def pairs() -> tuple[KeyPair, KeyPair]:
    return KeyPair.generate(), KeyPair.generate()


def test_keys_are_read_once_and_kept(pairs: tuple[KeyPair, KeyPair]) -> None:
    source = Source(pairs[0])
    found = KeySet("", "RS256", read=source.read, clock=Clock())

    assert found.find(pairs[0].key_id) is not None
    assert found.find(pairs[0].key_id) is not None
    assert source.reads == 1


def test_a_slow_issuer_holds_nobody_up_whose_key_is_known(
    pairs: tuple[KeyPair, KeyPair],
) -> None:
    source, clock = Source(pairs[0]), Clock()
    asked, answers = threading.Event(), threading.Event()

    def read(place: str) -> str:
        if source.reads:
            asked.set()
            answers.wait(10)
        return source.read(place)

    found = KeySet("", "RS256", read=read, clock=clock)
    known = found.find(pairs[0].key_id)
    clock.now += 301

    with ThreadPoolExecutor() as pool:
        renewing = pool.submit(found.find, pairs[0].key_id)
        asked.wait(10)
        meanwhile = pool.submit(found.find, pairs[0].key_id)
        rotated = pool.submit(found.find, pairs[1].key_id)

        assert meanwhile.result(5) is known
        assert not renewing.done()
        source.publish(*pairs)
        answers.set()
        assert rotated.result(5) is not None, "an unknown key is worth the wait"
    assert source.reads == 2


def test_a_rotated_key_is_found_at_once(pairs: tuple[KeyPair, KeyPair]) -> None:
    source, clock = Source(pairs[0]), Clock()
    found = KeySet("", "RS256", read=source.read, clock=clock)
    found.find(pairs[0].key_id)
    clock.now += 6

    source.publish(pairs[1])

    assert found.find(pairs[1].key_id) is not None
    assert found.find(pairs[0].key_id) is None, "the old key is no longer published"


def test_invented_key_ids_do_not_make_us_ask_again_and_again(
    pairs: tuple[KeyPair, KeyPair],
) -> None:
    source = Source(pairs[0])
    found = KeySet("", "RS256", read=source.read, clock=Clock())

    assert [found.find(f"invented-{number}") for number in range(100)] == [None] * 100
    assert source.reads == 1


def test_old_keys_are_renewed_and_kept_when_that_fails(pairs: tuple[KeyPair, KeyPair]) -> None:
    source, clock = Source(pairs[0]), Clock()
    found = KeySet("", "RS256", read=source.read, clock=clock)
    found.find(pairs[0].key_id)
    clock.now += 301
    source.text = "away"

    assert found.find(pairs[0].key_id) is not None
    assert source.reads == 2


def test_without_any_key_set_nothing_can_be_said(pairs: tuple[KeyPair, KeyPair]) -> None:
    source, clock = Source(), Clock()
    source.text = "away"
    found = KeySet("", "RS256", read=source.read, clock=clock)

    with pytest.raises(KeysUnavailable):
        found.find(pairs[0].key_id)
    source.publish(pairs[0])
    clock.now += 6
    assert found.find(pairs[0].key_id) is not None


def altered(pair: KeyPair, **members: Any) -> str:
    return json.dumps({"keys": [{**pair.key_set()["keys"][0], **members}]})


@pytest.mark.parametrize(
    "members",
    [
        {"use": "enc"},
        {"alg": "RS512"},
        {"kty": "oct", "k": "c2VjcmV0"},
        {"kid": 7},
        {"d": "AQAB"},
        {"n": "AQAB"},
        {"n": "!"},
    ],
)
def test_a_key_that_does_not_fit_is_passed_over(
    pairs: tuple[KeyPair, KeyPair], members: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match="no usable key"):
        usable_keys(altered(pairs[0], **members), "RS256")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"keys": {}}', '{"keys": [1, null]}'])
def test_a_document_that_is_no_key_set_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        usable_keys(text, "RS256")
