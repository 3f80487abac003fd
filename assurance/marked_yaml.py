"""YAML files of the catalogue, with the line of every value, checked against a schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from assurance.errors import CatalogueError

SCHEMAS = Path(__file__).parent / "schemas"

CHANGES = (
    "Write exactly one of: set and to; remove; copy and with; append and value; add and values."
)

Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MarkedYaml:
    """A YAML document as plain values, with the line of every key and item.

    Attributes:
        file: How messages name the file.
        values: The document; dates stay text.
        lines: Lines, from 1, by path of keys and indices.
    """

    file: str
    values: Any
    lines: Mapping[Steps, int]

    def line(self, *path: str | int) -> int:
        """Return the line of the value at a path, or of what holds it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def error(self, message: str, *path: str | int, remedy: str) -> CatalogueError:
        """Return an error that points at the value of a path."""
        return CatalogueError(message, file=self.file, line=self.line(*path), remedy=remedy)


class _Dateless(yaml.CSafeLoader):
    """Leaves dates as text, so that a day that does not exist is a fault with a place."""


def _text(_: _Dateless, node: yaml.ScalarNode) -> str:
    return str(node.value)


_Dateless.add_constructor("tag:yaml.org,2002:timestamp", _text)


def read(file: Path) -> MarkedYaml:
    """Read one YAML document.

    Raises:
        CatalogueError: The file cannot be read, is not YAML, or writes a key twice.
    """
    try:
        loader = _Dateless(file.read_text(encoding="utf-8"))
        tree = loader.get_single_node()
        lines: dict[Steps, int] = {(): 1}
        values = None if tree is None else _plain(loader, tree, (), lines)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise CatalogueError(
            f"the file cannot be read: {reason}",
            file=file,
            remedy="Check that it exists, is readable and is text.",
        ) from error
    except yaml.YAMLError as error:
        raise _not_yaml(file, error) from error
    return MarkedYaml(file=str(file), values=values, lines=lines)


def _not_yaml(file: Path, error: yaml.YAMLError) -> CatalogueError:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    problem = error.problem if isinstance(error, yaml.MarkedYAMLError) else None
    return CatalogueError(
        f"the file is not valid YAML: {problem or str(error).splitlines()[0]}",
        file=file,
        line=mark.line + 1 if mark else None,
        remedy="Correct the syntax at this line; write each key once.",
    )


def _plain(loader: _Dateless, node: yaml.Node, path: Steps, lines: dict[Steps, int]) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, path, lines)
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            lines[(*path, index)] = item.start_mark.line + 1
        return [
            _plain(loader, item, (*path, index), lines) for index, item in enumerate(node.value)
        ]
    return loader.construct_object(node)


def _mapping(
    loader: _Dateless, node: yaml.MappingNode, path: Steps, lines: dict[Steps, int]
) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for name, value in node.value:
        key = loader.construct_object(name)
        if key in found:
            raise yaml.constructor.ConstructorError(
                problem=f'found duplicate key "{key}"', problem_mark=name.start_mark
            )
        lines[(*path, key)] = name.start_mark.line + 1
        found[key] = _plain(loader, value, (*path, key), lines)
    return found


@cache
def _validator(schema: str) -> Draft202012Validator:
    rules = json.loads((SCHEMAS / schema).read_text(encoding="utf-8"))
    return Draft202012Validator(rules, format_checker=FormatChecker())


def check(document: MarkedYaml, schema: str) -> None:
    """Refuse a document that does not follow a schema, naming the first fault of its first entry.

    An unknown key comes before a missing one: it is often the missing one, misspelt.

    Raises:
        CatalogueError: With the file and line of the offending key.
    """
    faults = list(_validator(schema).iter_errors(document.values))
    if faults:
        raise _fault(document, min(faults, key=lambda fault: _rank(document, fault)))


def _rank(document: MarkedYaml, fault: ValidationError) -> tuple[int, bool, int, str]:
    path: Steps = tuple(fault.absolute_path)
    entry = document.line(*path[:1])
    known = fault.validator != "additionalProperties"
    return entry, known, document.line(*path), fault.message


def _fault(document: MarkedYaml, fault: ValidationError) -> CatalogueError:
    path: Steps = tuple(fault.absolute_path)
    within = _within(document.values, path)
    match fault.validator:
        case "additionalProperties":
            return _unknown_key(document, fault, path, within)
        case "required":
            present: Any = fault.instance
            wanted: Any = fault.validator_value
            key = next(key for key in wanted if key not in present)
            return document.error(f'key "{key}" is missing{within}', *path, remedy="Add it.")
        case "not":
            message, remedy = f'{path[-1]} starts with "Ensure"', "State the wanted state itself."
        case "oneOf" | "dependentRequired":
            message, remedy = "not one complete change", CHANGES
        case _:
            place = f"{path[-1]}: " if path else ""
            message, remedy = f"{place}{fault.message}", "Correct the value at this line."
    return document.error(f"{message}{within}", *path, remedy=remedy)


def _unknown_key(
    document: MarkedYaml, fault: ValidationError, path: Steps, within: str
) -> CatalogueError:
    rules: Any = fault.schema
    present: Any = fault.instance
    known = sorted(rules.get("properties", ()))
    key = next(key for key in present if key not in known)
    near = get_close_matches(str(key), known, n=1)
    remedy = f'Write "{near[0]}", or remove it.' if near else f"Known keys: {', '.join(known)}."
    return document.error(f'unknown key "{key}"{within}', *path, key, remedy=remedy)


def _within(values: Any, path: Steps) -> str:
    """Name the innermost entry with an id on the way to a value."""
    name = ""
    for step in path:
        values = values[step]
        if isinstance(values, dict):
            name = str(values.get("id") or values.get("requirement") or name)
    return f" in {name}" if name else ""
