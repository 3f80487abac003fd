"""Holds definitions against Harness's published schema, where the user has a copy of it.

The schema calls a whole stage wrong when one field of one step is: it lists every stage and step
that there could be. Here the alternatives are told apart by their `type`, and what is reported is
the field, in the step that holds it.
The schema is published in github.com/harness/harness-schema, under v0.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from jsonschema_rs import Draft7Validator, ReferencingError, ValidationError

from assurance.collectors.harness.schema_errors import leaves, message
from assurance.collectors.harness.schema_mending import mended
from assurance.collectors.harness.schema_places import place_of

_FILES: Final[Mapping[str, str]] = {
    "harness_pipeline": "pipeline",
    "harness_template": "template",
    "harness_trigger": "trigger",
}
"""The types that there is a schema of, with the name of its file and of the key at its root."""

_MOST = 20
"""Deviations that are told of one definition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Published:
    """A schema with its validator, which is dear to build."""

    schema: Any
    validator: Draft7Validator


def compare(record: Mapping[str, Any], directory: Path) -> Any:
    """Return what the published schema refuses in a definition, each with its place.

    None where the directory has no schema of its kind; unknown where it has one that is of no use.
    """
    name = _FILES.get(record["type"])
    if name is None:
        return None
    published = _published(directory / f"{name}.json")
    if not isinstance(published, _Published):
        return None if published is None else {"$unknown": published}
    document = {name: record["values"]}
    if published.validator.is_valid(document):
        return []
    return list(dict.fromkeys(_deviations(published, document, record)))[:_MOST]


def _deviations(
    published: _Published, document: Mapping[str, Any], record: Mapping[str, Any]
) -> Iterator[str]:
    for error in published.validator.iter_errors(document):
        for leaf in leaves(error, published.schema):
            path = list(leaf.instance_path)[1:]
            place = place_of(record["values"], path)
            line = _line(record, path)
            yield f"{place.label}: {message(leaf, place.field)} ({record['file']}:{line})"


def _line(record: Mapping[str, Any], path: list[str | int]) -> int:
    lines = record["lines"]
    for end in range(len(path), -1, -1):
        parts = (str(part).replace("~", "~0").replace("/", "~1") for part in path[:end])
        found = lines.get("".join(f"/{part}" for part in parts))
        if found is not None:
            return int(found)
    return int(record["line"])


@cache
def _published(file: Path) -> _Published | str | None:
    """Return a schema; why it is of no use, or None where there is no file."""
    try:
        schema = mended(json.loads(file.read_text(encoding="utf-8")))
        return _Published(schema=schema, validator=Draft7Validator(schema))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, ValidationError, ReferencingError) as error:
        first = str(error).splitlines()[0][:200]
        return f"the schema {file.name} cannot be used: {first}"
