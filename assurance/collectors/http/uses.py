"""Uses each operation as its clients do: with what it needs, as somebody who may.

What one call makes the next ones work on, and the last one removes. A generator alone seldom gets
so far: it does not know what is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from assurance.collectors.http.client import Client, asking, status_of
from assurance.collectors.http.creations import below, place_of, values_of
from assurance.collectors.http.description import Description, Operation
from assurance.collectors.http.people import People

_PEOPLE = 16
"""People who ask at most for what is not there for everybody, such as behind a flag."""

_NOT_FOR_ALL = frozenset({403, 404})
_WHOLE = 2**20
"""Characters of an answer: all of it, for its schema is looked at."""


class Uses:
    """Calls operations, and keeps what came back.

    Attributes:
        answers: Name of the operation with each exchange.
        stayed: Paths of what was made and could not be removed.
    """

    def __init__(
        self, client: Client, described: Description, people: People, oversight: Iterable[str]
    ) -> None:
        self.answers: list[tuple[str, dict[str, Any]]] = []
        self.stayed: list[str] = []
        self._client = client
        self._described = described
        self._people = people
        self._oversight = frozenset(oversight)
        self._done: set[str] = set()

    def use_all(self) -> None:
        """Use every operation; those first that make what others work on."""
        self._use_each(self._described.operations, {})

    def _use_each(self, operations: Iterable[Operation], values: Mapping[str, Any]) -> None:
        for each in sorted(operations, key=_turn):
            if each.name not in self._done:
                self._done.add(each.name)
                self._use(each, values)

    def _use(self, operation: Operation, values: Mapping[str, Any]) -> None:
        exchange, token = self._asked(operation, {**self._listed(operation), **values})
        if operation.creates and status_of(exchange) == 201:
            made = values_of(self._described, operation, exchange)
            try:
                if made:
                    self._use_each(below(self._described, operation), {**values, **made})
            finally:
                self._remove(place_of(exchange), token)

    def _asked(self, operation: Operation, values: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
        """Call an operation as one person after the other, until it is there for one."""
        exchange, token = self._called(operation, values, 1)
        alike = operation.protected and "{" not in operation.template
        for person in range(2, _PEOPLE + 1 if alike else 2):
            if status_of(exchange) not in _NOT_FOR_ALL or not self._token(operation, person):
                break
            exchange, token = self._called(operation, values, person)
        return exchange, token

    def _called(
        self, operation: Operation, values: Mapping[str, Any], person: int
    ) -> tuple[dict[str, Any], str]:
        token = self._token(operation, person) if operation.protected else ""
        target = self._described.target(operation, values)
        asked = asking(operation.method, target, token, self._described.body_for(operation))
        exchange = self._client.send(asked, most=_WHOLE)
        self.answers.append((operation.name, exchange))
        return exchange, token

    def _token(self, operation: Operation, person: int) -> str:
        roles = operation.roles or self._described.roles
        return self._people.token(roles - self._oversight or roles, person)

    def _listed(self, operation: Operation) -> dict[str, Any]:
        """Return parameters of something that a list showed; for reading only: it is others'."""
        above, _, name = operation.template.rpartition("/{")
        if operation.method != "GET" or not name.endswith("}"):
            return {}
        name = name.removesuffix("}")
        for used, exchange in self.answers:
            if used == f"GET {above}":
                found = exchange.get("response", {}).get("json")
                shown = [each[name] for each in _items(found) if name in each]
                return {name: shown[0]} if shown else {}
        return {}

    def _remove(self, place: str, token: str) -> None:
        """Remove what was made, unless the use of an operation did so."""
        gone = any(
            exchange["request"] == {"method": "DELETE", "path": place} and _succeeded(exchange)
            for _, exchange in self.answers
        )
        if place and not gone and not _succeeded(self._client.send(asking("DELETE", place, token))):
            self.stayed.append(place)


def _turn(operation: Operation) -> tuple[bool, bool, int]:
    """Return what sorts operations: what makes first, what removes last, from the inside out."""
    depth = operation.template.count("/")
    removes = operation.method == "DELETE"
    return removes, not operation.creates, -depth if removes else depth


def _items(found: Any) -> list[Mapping[str, Any]]:
    """Return what a list shows: it is one, or holds one."""
    lists = [found, *found.values()] if isinstance(found, dict) else [found]
    shown = next((each for each in lists if isinstance(each, list)), [])
    return [each for each in shown if isinstance(each, dict)]


def _succeeded(exchange: Mapping[str, Any]) -> bool:
    return 200 <= (status_of(exchange) or 0) < 300
