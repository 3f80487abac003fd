"""Made-up values and where they come from; pure functions over text.

A made-up word that Terraform put into one attribute is found again wherever the configuration took
it, and is written as `${ADDRESS.ATTRIBUTE}`. What cannot be mapped back is found by comparing the
two evaluations: what differs is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

Json: TypeAlias = Any

_WORD = re.compile(r"[a-z0-9]{8,}")
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?")
_NUMBER = re.compile(r"(?<![\w.])\d{5}(?![\w.])")
SEED = re.compile(r"[a-z0-9]{8}")
UNKNOWN = "$unknown"
# Encloses the name of a variable without a value; private characters occur in no configuration.
_OPEN, _CLOSE = "\ue000", "\ue001"
_VARIABLE = re.compile(f"{_OPEN}(.*?){_CLOSE}")


class Origins:
    """Where the made-up values of one evaluation come from."""

    def __init__(self) -> None:
        self._by_seed: dict[str, list[tuple[str, int, str]]] = {}
        self._exact: dict[str, str] = {}
        self._numbers: dict[int, str | None] = {}

    def learn(self, value: object, token: str) -> None:
        """Remember that a value stands for a token; the first token of a value keeps it."""
        if isinstance(value, bool):
            return
        if isinstance(value, int):
            known = self._numbers.setdefault(value, token)
            # Several attributes made up alike cannot be told apart.
            self._numbers[value] = known if known == token else None
        elif isinstance(value, str) and value:
            self._learn_text(value, token)

    def learn_weakly(self, value: str, token: str) -> None:
        """Remember a word unless it is known from elsewhere already."""
        if value not in self._by_seed:
            self._by_seed[value] = [(value, 0, token)]

    def _learn_text(self, value: str, token: str) -> None:
        seeds = [
            value[at : at + 8] for at in _windows(value) if value[at : at + 8] in self._by_seed
        ]
        found = SEED.fullmatch(value)
        if found:
            entries = self._by_seed.setdefault(value, [])
            if all(text != value for text, _, _ in entries):
                entries.append((value, 0, token))
        elif seeds:
            for seed in seeds:
                self._by_seed[seed].append((value, value.index(seed), token))
                self._by_seed[seed].sort(key=lambda entry: (-len(entry[0]), entry[2]))
        else:
            self._exact.setdefault(value, token)

    def learn_variable(self, value: object, name: str) -> None:
        """Remember that every text in a placeholder stands for a variable without a value."""
        if isinstance(value, dict):
            for number, (key, item) in enumerate(value.items()):
                self.learn_variable(key, f"{name}[{number}]")
                self.learn_variable(item, f"{name}[{number}]")
        elif isinstance(value, list):
            for number, item in enumerate(value):
                self.learn_variable(item, f"{name}[{number}]")
        elif isinstance(value, str) and value:
            self._exact.setdefault(value, f"{_OPEN}{name}{_CLOSE}")

    def forget_common(self, other: Origins) -> None:
        """Values that both evaluations have are not made up: names of attributes, a partition."""
        for value in self._exact.keys() & other._exact.keys():
            del self._exact[value]
            del other._exact[value]

    def knows(self, text: str) -> bool:
        """Whether a word is a made-up one that has been learned."""
        return text in self._by_seed or text in self._exact

    def finish(self) -> None:
        """Prepare for texts; nothing is learned afterwards."""
        plain = sorted((t for t in self._exact if not _ADDRESS.fullmatch(t)), key=len, reverse=True)
        self._plain = re.compile("|".join(map(re.escape, plain))) if plain else None

    def text(self, value: str) -> str:
        """A text with every made-up part replaced by its token."""
        value = self._seeded(value)
        value = _ADDRESS.sub(lambda match: self._exact.get(match.group(), match.group()), value)
        if self._plain is not None:
            value = self._plain.sub(lambda match: self._exact[match.group()], value)
        return value

    def number(self, value: int) -> str | None:
        """The token of a made-up number."""
        return self._numbers.get(value)

    def _seeded(self, value: str) -> str:
        parts: list[str] = []
        position = 0
        for at in _windows(value):
            if at < position or value[at : at + 8] not in self._by_seed:
                continue
            for text, offset, token in self._by_seed[value[at : at + 8]]:
                start = at - offset
                if start >= position and value.startswith(text, start):
                    parts += [value[position:start], token]
                    position = start + len(text)
                    break
        return "".join([*parts, value[position:]]) if parts else value


def token(address: str, path: str) -> str:
    """How a value of another object is written."""
    return f"${{{address}.{path}}}"


def merge(
    first: Json, second: Json, origins: tuple[Origins, Origins], why: Callable[[], str]
) -> Json:
    """One value from the two evaluations: known, with tokens, or unknown at the smallest place."""
    if first == second and type(first) is type(second):
        return first
    if isinstance(first, str) and isinstance(second, str):
        return _texts(first, second, origins, why)
    if isinstance(first, dict) and isinstance(second, dict):
        return _objects(first, second, origins, why)
    if isinstance(first, list) and isinstance(second, list) and len(first) == len(second):
        left, right = _aligned(first, second, origins)
        return [merge(a, b, origins, why) for a, b in zip(left, right, strict=True)]
    if _is_number(first) and _is_number(second):
        left_token, right_token = origins[0].number(first), origins[1].number(second)
        if left_token is not None and left_token == right_token:
            return left_token
    return {UNKNOWN: why()}


def settle(value: Json, origins: Origins) -> Json:
    """A value of which there is one evaluation only, with tokens."""
    if isinstance(value, str):
        text = origins.text(value)
        names = variables_in(text)
        return {UNKNOWN: without_value(names)} if names else text
    if isinstance(value, dict):
        return {plain(origins.text(key)): settle(item, origins) for key, item in value.items()}
    if isinstance(value, list):
        return [settle(item, origins) for item in value]
    return value


def without_value(names: Iterable[str]) -> str:
    """Variables for a sentence: `var.a and var.b, which have no value`."""
    ordered = sorted(names)
    if len(ordered) == 1:
        return f"{ordered[0]}, which has no value"
    return f"{', '.join(ordered[:-1])} and {ordered[-1]}, which have no value"


def variables_in(text: str) -> list[str]:
    """Variables without a value whose placeholder a text carried."""
    return sorted({"var." + name.partition("[")[0] for name in _VARIABLE.findall(text)})


def plain(text: str) -> str:
    """A text in which variables without a value are named: for addresses and keys."""
    return _VARIABLE.sub(lambda match: f"${{var.{match.group(1)}}}", text)


def _texts(
    first: str, second: str, origins: tuple[Origins, Origins], why: Callable[[], str]
) -> Json:
    left, right = origins[0].text(first), origins[1].text(second)
    if left != right:
        left, right = _numbered(left, right, origins)
    if left != right:
        return {UNKNOWN: why()}
    names = variables_in(left)
    return {UNKNOWN: without_value(names)} if names else left


def _numbered(left: str, right: str, origins: tuple[Origins, Origins]) -> tuple[str, str]:
    def replaced(text: str, known: Origins) -> str:
        return _NUMBER.sub(lambda m: known.number(int(m.group())) or m.group(), text)

    return replaced(left, origins[0]), replaced(right, origins[1])


def _objects(
    first: dict[str, Json],
    second: dict[str, Json],
    origins: tuple[Origins, Origins],
    why: Callable[[], str],
) -> Json:
    left = {origins[0].text(key): value for key, value in first.items()}
    right = {origins[1].text(key): value for key, value in second.items()}
    if left.keys() != right.keys():
        return {UNKNOWN: why()}
    return {
        plain(key): merge(value, right[key], origins, why) for key, value in sorted(left.items())
    }


def _aligned(
    first: list[Json], second: list[Json], origins: tuple[Origins, Origins]
) -> tuple[list[Json], list[Json]]:
    """Both lists in one order: sets are sorted by their made-up content, differently each time."""
    left = [_form(item, origins[0]) for item in first]
    right = [_form(item, origins[1]) for item in second]
    if left == right or sorted(left) != sorted(right):
        return first, second
    a = [item for _, item in sorted(zip(left, first, strict=True), key=lambda pair: pair[0])]
    b = [item for _, item in sorted(zip(right, second, strict=True), key=lambda pair: pair[0])]
    return a, b


def _form(value: Json, origins: Origins) -> str:
    if isinstance(value, str):
        return "s" + origins.text(value)
    if isinstance(value, dict):
        pairs = sorted(f"{origins.text(key)}={_form(item, origins)}" for key, item in value.items())
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_form(item, origins) for item in value) + "]"
    if _is_number(value):
        return f"n{origins.number(value) or value}"
    return repr(value)


def _windows(text: str) -> Iterable[int]:
    for match in _WORD.finditer(text):
        yield from range(match.start(), match.end() - 7)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
