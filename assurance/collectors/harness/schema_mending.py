"""Takes out of a JSON schema what is not one.

The published schema has spots where something else stands than a schema, a number or a list.
Validators that read schemas strictly refuse it as a whole; without the spots, the rest counts.
"""

from __future__ import annotations

from typing import Any, Final

_MAPS: Final = frozenset({"properties", "patternProperties", "definitions"})
_LISTS: Final = frozenset({"allOf", "anyOf", "oneOf"})
_SINGLE: Final = frozenset(
    {"not", "if", "then", "else", "additionalProperties", "contains", "propertyNames"}
)
_FORMS: Final[dict[str, type | tuple[type, ...]]] = {
    **dict.fromkeys(
        ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), int
    ),
    **dict.fromkeys(("minimum", "maximum", "multipleOf"), (int, float)),
    **dict.fromkeys(("pattern", "$ref", "format", "title", "$schema"), str),
    **dict.fromkeys(("required", "enum"), list),
    "type": (str, list),
}
_KEPT: Final = frozenset({"const", "default", "examples", "enum"})
_SCHEMA = (dict, bool)


def mended(schema: Any) -> Any:
    """Return a schema without the spots in it that are no schema."""
    if not isinstance(schema, dict):
        return schema
    return {key: _part(key, value) for key, value in schema.items() if _is_sound(key, value)}


def _is_sound(key: str, value: Any) -> bool:
    if key in _MAPS:
        return isinstance(value, dict)
    if key in _LISTS:
        return isinstance(value, list) and bool(value)
    if key in _SINGLE:
        return isinstance(value, _SCHEMA)
    if key == "items":
        return isinstance(value, (*_SCHEMA, list))
    if key in _FORMS:
        return isinstance(value, _FORMS[key])
    return True


def _part(key: str, value: Any) -> Any:
    if key in _KEPT:
        return value
    if key in _MAPS:
        return {name: mended(item) for name, item in value.items() if isinstance(item, _SCHEMA)}
    if isinstance(value, list):
        return [mended(item) for item in value]
    return mended(value)
