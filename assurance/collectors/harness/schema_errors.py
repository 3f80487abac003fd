"""Finds in the errors of a JSON schema the one that its author would want to hear."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from jsonschema_rs import ValidationError

_SHOWN: Final = 6
_LONGEST: Final = 60


Branch = list[ValidationError]


def leaves(error: ValidationError, schema: Any) -> Iterator[ValidationError]:
    """Yield what is wrong in the alternative that was meant, however deep it is nested.

    Args:
        error: From the validator of the schema.
        schema: The whole of it.
    """
    branches: list[Branch] = getattr(error.kind, "context", None) or []
    meant = _meant(error, branches, schema) if branches else []
    if not meant:
        yield error
    for inner in meant:
        yield from leaves(inner, schema)


def _meant(error: ValidationError, branches: list[Branch], schema: Any) -> Branch:
    """Return the errors of the alternative that was meant; none where that cannot be told."""
    options = _follow(schema, error.schema_path)
    known = [_types_of(option, schema) for option in options]
    type_ = _fields(error.instance).get("type")
    if type_ is not None and any(known) and "template" not in _fields(error.instance):
        same = [one for one, types in zip(branches, known, strict=True) if type_ in types]
        return min(same, key=len, default=[])
    if all(_lacks(branch, error) for branch in branches):
        return []
    return min(branches, key=lambda branch: (_differs(branch, error), len(branch)))


def _lacks(branch: Branch, error: ValidationError) -> bool:
    """Whether all that keeps a value from being an alternative is a field that is missing."""
    here = list(error.instance_path)
    return all(e.kind.name == "required" and list(e.instance_path) == here for e in branch)


def _differs(branch: Branch, error: ValidationError) -> bool:
    """Whether an alternative is another thing altogether: a text where there are fields."""
    here = list(error.instance_path)
    return any(
        e.kind.name in ("type", "required") and list(e.instance_path) == here for e in branch
    )


def _follow(schema: Any, path: Iterable[str | int]) -> Any:
    for part in path:
        schema = schema[part]
    return schema


def _types_of(option: Any, schema: Any) -> frozenset[str]:
    """Return the values of `type` by which an alternative is told from others."""
    while isinstance(option, dict) and "$ref" in option:
        option = _follow(schema, option["$ref"].removeprefix("#/").split("/"))
    form = option.get("properties", {}).get("type", {}) if isinstance(option, dict) else {}
    if not isinstance(form, dict):
        return frozenset()
    listed = form.get("enum", [form["const"]] if "const" in form else [])
    return frozenset(item for item in listed if isinstance(item, str))


def message(error: ValidationError, field: str) -> str:
    """Return what is wrong with a field in a few words."""
    kind: Any = error.kind
    if kind.name == "required":
        return f"`{_inside(field, kind.property)}` is missing"
    branches: list[Branch] = getattr(kind, "context", None) or []
    if branches and all(_lacks(branch, error) for branch in branches):
        names = {_inside(field, e.kind.property) for branch in branches for e in branch}  # type: ignore[attr-defined]
        return f"one of {', '.join(f'`{name}`' for name in sorted(names))} is missing"
    if kind.name in ("oneOf", "anyOf") and "type" in _fields(error.instance):
        type_ = _short(_fields(error.instance)["type"])
        return f"`{_inside(field, 'type')}` {type_} does not exist here"
    said = _SAID.get(kind.name)
    name = f"`{field}`" if field else "it"
    if said is None:
        return f"{name}: {error.message[: _LONGEST * 3]}"
    return f"{name} {_short(error.instance)} {said(kind)}"


_SAID: Final[Mapping[str, Callable[[Any], str]]] = {
    "enum": lambda kind: f"is not one of {_options(kind.options)}",
    "const": lambda kind: f"is not {_short(kind.expected_value)}",
    "type": lambda kind: f"is not of type {_types(kind.types)}",
    "pattern": lambda kind: f"has not the form {kind.pattern}",
    "additionalProperties": lambda kind: f"does not have {', '.join(map(str, kind.unexpected))}",
    "minLength": lambda kind: f"is shorter than {kind.limit}",
    "minItems": lambda kind: f"has fewer than {kind.limit} items",
}
"""What is said of a value, by the keyword of the schema that refuses it."""


def _inside(field: str, name: str) -> str:
    return f"{field}.{name}" if field else name


def _fields(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _options(options: Any) -> str:
    listed = options if isinstance(options, list) else [options]
    shown = ", ".join(_short(option) for option in listed[:_SHOWN])
    return f"{shown} …" if len(listed) > _SHOWN else shown


def _types(types: Any) -> str:
    return " or ".join(types) if isinstance(types, list) else str(types)


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return "(a mapping)"
    if isinstance(value, list):
        return "(a list)"
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
