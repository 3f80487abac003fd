"""Holds a system description against its schema, and says in a sentence what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from assurance.errors import SettingsError
from assurance.places import line_of


def check_keys(content: Mapping[str, Any], text: str, file: Path, *, part: str = "") -> None:
    """Refuse what the schema of a system description does not allow.

    Args:
        content: The parsed description.
        text: The same as it is written, for the line of what is wrong.
        file: For the message.
        part: The part of the schema that the content is; all of it where empty.

    Raises:
        SettingsError: A key is unknown or missing, or a value is of another kind.
    """
    schema = json.loads((files("assurance") / "schemas/settings.schema.json").read_text())
    if part:
        schema = {"$ref": f"#/$defs/{part}", "$defs": schema["$defs"]}
    errors = sorted(
        Draft202012Validator(schema).iter_errors(content), key=lambda error: list(error.path)
    )
    if errors:
        keys, message, remedy = _explain(errors[0])
        raise SettingsError(message, file=file, line=line_of(text, keys), remedy=remedy)


def _explain(error: ValidationError) -> tuple[list[str], str, str]:
    """Return the chain of keys at fault, what is wrong with it and what to do."""
    keys = [part for part in error.absolute_path if isinstance(part, str)]
    where = ".".join(str(part) for part in error.absolute_path) or "the top level"
    if error.validator == "additionalProperties":
        schema: Any = error.schema
        known = sorted(schema["properties"])
        content: Any = error.instance
        key = next(name for name in content if name not in known)
        remedy = f"use one of: {', '.join(known)}."
        return [*keys, key], f"unknown key `{key}` in {where}.", remedy
    if error.validator == "required":
        return keys, f"{where}: {error.message}.", "add it."
    return keys, f"`{where}`: {error.message}.", "give a value of the kind the documentation names."
