"""The values of one resource, brought into the form of the evidence document."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assurance.collectors.terraform.generated import META
from assurance.collectors.terraform.mocks import Evaluation, made_up
from assurance.collectors.terraform.ordering import canonical, ordered
from assurance.collectors.terraform.schema import EMPTY, AttributeSchema, BlockSchema, Type
from assurance.collectors.terraform.secrecy import EVERYTHING, Secrets
from assurance.collectors.terraform.settings_written import Written
from assurance.collectors.terraform.tokens import (
    SEED,
    UNKNOWN,
    Json,
    Origins,
    merge,
    settle,
)
from assurance.collectors.terraform.written_references import is_complete

SENSITIVE = "(sensitive)"
_DIGITS = re.compile(r"-?\d+(?:\.\d+)?")
_TOKEN = re.compile(r"\$\{[^{}]*\}")

Why = Callable[[tuple[str, ...]], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two evaluations of one thing; `second` is None when it exists in one of them only."""

    first: Mapping[str, Any]
    second: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merging:
    """Everything that merging the values of one resource needs."""

    kind: str
    origins: tuple[Origins, Origins]
    evaluations: tuple[Evaluation, Evaluation]
    why: Why
    # Whether an expression leads back to something made up.
    tainted: Callable[[tuple[str, ...]], bool]
    # What the expression itself refers to, where its value is not known.
    as_written: Callable[[tuple[str, ...]], Json]

    def values(self, pair: Pair, schema: BlockSchema, written: Written) -> dict[str, Json]:
        """Only what the configuration sets, with tokens, unknowns and decoded JSON."""
        return self._block(pair, schema, written, ())

    def _block(
        self, pair: Pair, schema: BlockSchema, written: Written, path: tuple[str, ...]
    ) -> dict[str, Json]:
        found: dict[str, Json] = {}
        meta = frozenset() if path else META
        for name in sorted(written.attributes - meta):
            value = self._attribute(pair, schema, name, (*path, name))
            if value is not None:
                found[name] = value
        for name, inner in sorted(written.blocks.items()):
            if name in meta:
                continue
            if name in schema.attributes:
                # Some arguments of the AWS provider may be written as blocks, too.
                value = self._attribute(pair, schema, name, (*path, name))
            else:
                value = self._blocks(pair, schema.blocks.get(name, EMPTY), inner, (*path, name))
            if value is not None:
                found[name] = value
        return found

    def _attribute(self, pair: Pair, schema: BlockSchema, name: str, path: tuple[str, ...]) -> Json:
        first = pair.first.get(name)
        attribute = schema.attributes.get(name)
        if pair.second is None:
            return self._alone(first, attribute, path)
        second = pair.second.get(name)
        if first is None and second is None:
            return None
        kind = attribute.type if attribute is not None and attribute.computed else None
        if kind is not None and self._is_unset(first, second, kind, path):
            return None
        value = merge(decoded(first), decoded(second), self.origins, lambda: self.why(path))
        if _is_open(value):
            value = _filled(value, self.as_written(path), is_set=_is_set(attribute))
        return _sorted(_typed(_pruned(value), attribute), attribute)

    def _alone(self, first: Any, attribute: AttributeSchema | None, path: tuple[str, ...]) -> Json:
        """A value that the other evaluation has nothing to compare with."""
        settled = _typed(_pruned(settle(decoded(first), self.origins[0])), attribute)
        value = _sorted(settled, attribute)
        if first is None or not self.tainted(path):
            return value
        has_token = isinstance(value, str) and "${" in value
        if isinstance(value, (dict, list)):
            return _doubted(value, self.why(path))
        return value if has_token else {UNKNOWN: self.why(path)}

    def _is_unset(self, first: Any, second: Any, kind: Type, path: tuple[str, ...]) -> bool:
        """Whether a value that the configuration could set to null was made up instead."""
        if isinstance(first, str) and isinstance(second, str):
            words = SEED.fullmatch(first) and SEED.fullmatch(second)
            known = self.origins[0].knows(first) or self.origins[1].knows(second)
            return bool(words) and first != second and not known
        name = path[-1]
        owner = ".".join((self.kind, *path[:-1]))
        made = [made_up(evaluation, owner, name, kind) for evaluation in self.evaluations]
        return [first, second] == made and first != second and not self.tainted(path)

    def _blocks(
        self, pair: Pair, schema: BlockSchema, written: Written, path: tuple[str, ...]
    ) -> Json:
        first = _listed(pair.first.get(path[-1]))
        if pair.second is None:
            pairs = [Pair(first=item, second=None) for item in first]
        else:
            second = _listed(pair.second.get(path[-1]))
            if len(first) != len(second):
                return {UNKNOWN: self.why(path)}
            if schema.nesting == "set":
                first = sorted(first, key=lambda item: self._key(item, 0))
                second = sorted(second, key=lambda item: self._key(item, 1))
            pairs = [Pair(first=a, second=b) for a, b in zip(first, second, strict=True)]
        items = [self._block(item, schema, written, path) for item in pairs]
        if schema.nesting == "set":
            items.sort(key=canonical)
        return items or None

    def _key(self, item: Any, side: int) -> str:
        return canonical(settle(item, self.origins[side]))


def _is_open(value: Json) -> bool:
    """Whether something in a value is unknown."""
    if isinstance(value, dict):
        return UNKNOWN in value or any(map(_is_open, value.values()))
    return isinstance(value, list) and any(map(_is_open, value))


def _filled(value: Json, written: Json, *, is_set: bool = False) -> Json:
    """A value whose unknown parts are taken from what is written, where that says more.

    The elements of a set stand in another order than they were written in.
    """
    if isinstance(value, dict) and UNKNOWN not in value and isinstance(written, dict):
        return {key: _filled(item, written.get(key)) for key, item in value.items()}
    if isinstance(value, list) and isinstance(written, list) and not is_set:
        if len(value) != len(written):
            return value
        return [_filled(item, text) for item, text in zip(value, written, strict=True)]
    return written if _is_open(value) and is_complete(written) else value


def _is_set(attribute: AttributeSchema | None) -> bool:
    kind = attribute.type if attribute is not None else None
    return isinstance(kind, list) and kind[0] == "set"


def hide(values: Json, mask: Any, secrets: Secrets = EVERYTHING) -> Json:
    """The values with sensitive literals replaced; references stay readable."""
    if mask is True:
        return _hidden(values, secrets if isinstance(values, (dict, list)) else EVERYTHING)
    if isinstance(values, dict) and isinstance(mask, dict):
        return {name: hide(value, mask.get(name), secrets) for name, value in values.items()}
    if isinstance(values, list) and isinstance(mask, list) and len(mask) == len(values):
        return [hide(value, inner, secrets) for value, inner in zip(values, mask, strict=True)]
    return values


def _doubted(value: Json, why: str) -> Json:
    """Numbers and booleans that may be made up are unknown; texts carry tokens."""
    if isinstance(value, dict):
        if UNKNOWN in value:
            return value
        return {key: _doubted(item, why) for key, item in value.items()}
    if isinstance(value, list):
        return [_doubted(item, why) for item in value]
    return {UNKNOWN: why} if isinstance(value, (int, float)) else value


def _hidden(values: Json, secrets: Secrets) -> Json:
    if isinstance(values, dict):
        if UNKNOWN in values:
            return SENSITIVE if secrets.concern(values[UNKNOWN]) else values
        return {name: _hidden(value, secrets) for name, value in values.items()}
    if isinstance(values, list):
        return [_hidden(value, secrets) for value in values]
    if isinstance(values, str) and _TOKEN.search(values):
        # References stay readable, what is written around them does not.
        parts = _TOKEN.split(values)
        tokens = _TOKEN.findall(values)
        hidden = [SENSITIVE if part and secrets.hide(part) else part for part in parts]
        return "".join(a + b for a, b in zip(hidden, [*tokens, ""], strict=True))
    return SENSITIVE if values is not None and secrets.hide(values) else values


def decoded(value: Json) -> Json:
    """Texts that hold a JSON object or array are that object or array."""
    if isinstance(value, str):
        if value.lstrip()[:1] in ("{", "["):
            try:
                inner = json.loads(value)
            except ValueError:
                return value
            return decoded(inner) if isinstance(inner, (dict, list)) else value
        return value
    if isinstance(value, dict):
        return {key: decoded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [decoded(item) for item in value]
    return value


def _pruned(value: Json) -> Json:
    """Without what is null: it is not set."""
    if isinstance(value, dict):
        return {key: _pruned(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_pruned(item) for item in value]
    return value


def _typed(value: Json, attribute: AttributeSchema | None) -> Json:
    """What a stand-in holds as it was written, in the type that the provider would give it."""
    kind = attribute.type if attribute is not None else None
    if kind == "number" and isinstance(value, str) and _DIGITS.fullmatch(value):
        return float(value) if "." in value else int(value)
    if kind == "bool" and value in ("true", "false"):
        return value == "true"
    if kind == "string" and isinstance(value, (int, float)):
        return json.dumps(value)
    return value


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _sorted(value: Json, attribute: AttributeSchema | None) -> Json:
    return ordered(value, attribute.type if attribute is not None else None)
