"""Harness's published schema, from where the user keeps it: it may not be shipped."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

VARIABLE = "ASSURANCE_HARNESS_SCHEMA"


def mended(node: Any) -> Any:
    """Drop what is no schema where a schema belongs; the library refuses the whole file for it."""
    if isinstance(node, list):
        return [mended(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: mended(value) for key, value in node.items() if value is not None}
    if isinstance(kept.get("properties"), dict):
        named = kept["properties"].items()
        kept["properties"] = {key: value for key, value in named if isinstance(value, dict | bool)}
    return kept


@cache
def read(kind: str) -> Any:
    directory = os.environ.get(VARIABLE)
    if not directory:
        pytest.skip(f"no schema was supplied in {VARIABLE}")
    text = (Path(directory) / f"{kind}.json").read_text(encoding="utf-8")
    return mended(json.loads(text))


@cache
def validator(kind: str, part: str = "") -> jsonschema_rs.Draft7Validator:
    """A validator of a kind of definition, or of a part that the schema of pipelines names."""
    schema = read(kind)
    if part:
        schema = {
            "$ref": f"#/definitions/pipeline/{part}",
            "definitions": schema["definitions"],
        }
    return jsonschema_rs.Draft7Validator(schema)


def faults(kind: str, value: Any, part: str = "") -> list[str]:
    return [
        f"{'/'.join(map(str, error.instance_path))}: {error.message[:300]}"
        for error in validator(kind, part).iter_errors(value)
    ]
