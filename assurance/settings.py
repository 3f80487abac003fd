"""`assurance.toml`: where a system's parts are, and in which environments it runs."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from assurance.errors import SettingsError
from assurance.model.environments import Environment
from assurance.places import line_of

FILE = "assurance.toml"
"""The name of a system description."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TerraformRoot:
    """One Terraform root as one environment uses it; paths are absolute.

    Attributes:
        root: Its directory.
        variable_files: Values for its variables, later files winning.
        variables: Further values, winning over the files.
        plan: A plan as `terraform show -json` prints it, to be read instead of evaluating.
    """

    root: Path
    variable_files: tuple[Path, ...] = ()
    variables: Mapping[str, Any]
    plan: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An environment with what the suite needs to look at it."""

    environment: Environment
    region: str
    terraform: tuple[TerraformRoot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A system description.

    Attributes:
        file: The `assurance.toml` it was read from.
        name: Of the system.
        places: Its environments, in the order of the file.
        policies: Directories whose files checkov reads.
        parameters: Catalogue parameters the user overrides: requirement → name → value.
        waivers: The file of the system's waivers, if it has one.
    """

    file: Path
    name: str
    places: tuple[Place, ...]
    policies: tuple[Path, ...]
    parameters: Mapping[str, Mapping[str, Any]]
    waivers: Path | None

    @property
    def directory(self) -> Path:
        """The system's directory: all paths in evidence and reports are relative to it."""
        return self.file.parent


def load_settings(file: Path) -> Settings:
    """Read a system description.

    Raises:
        SettingsError: It is missing, is not TOML, has an unknown key or names what is not there.
    """
    text = _read(file)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise SettingsError(
            f"this is not valid TOML: {error}.",
            file=file,
            line=int(line[1]) if line else None,
            remedy="correct the syntax.",
        ) from error
    _validate(content, text, file)
    return _settings(content, text, file.resolve())


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"the system description cannot be read ({error.__class__.__name__}).",
            file=file,
            remedy="name an existing assurance.toml with --system, or write one with "
            "`assurance init`.",
        ) from error


def _validate(content: Mapping[str, Any], text: str, file: Path) -> None:
    schema = json.loads((files("assurance") / "schemas/settings.schema.json").read_text())
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


def _settings(content: Mapping[str, Any], text: str, file: Path) -> Settings:
    system = content["system"]
    places = tuple(
        _place(name, fields, text, file) for name, fields in content["environments"].items()
    )
    policies = content.get("policies", {}).get("directories") or _common(places, file.parent)
    waivers = system.get("waivers")
    return Settings(
        file=file,
        name=system["name"],
        places=places,
        policies=tuple(_existing(path, text, file) for path in policies),
        parameters=content.get("parameters", {}),
        waivers=_existing(waivers, text, file) if waivers else None,
    )


def _place(name: str, fields: Mapping[str, Any], text: str, file: Path) -> Place:
    return Place(
        environment=Environment(name=name, production=fields["production"]),
        region=fields.get("region", ""),
        terraform=tuple(_root(entry, text, file) for entry in fields.get("terraform", ())),
    )


def _root(entry: Mapping[str, Any], text: str, file: Path) -> TerraformRoot:
    plan = entry.get("plan")
    return TerraformRoot(
        root=_existing(entry["root"], text, file),
        variable_files=tuple(
            _existing(path, text, file) for path in entry.get("variable_files", ())
        ),
        variables=entry.get("variables", {}),
        plan=_existing(plan, text, file) if plan else None,
    )


def _existing(path: str, text: str, file: Path) -> Path:
    found = (file.parent / path).resolve()
    if not found.exists():
        raise SettingsError(
            f"`{path}` does not exist.",
            file=file,
            line=line_of(text, [path]),
            remedy="correct the path; it is relative to the directory of this file.",
        )
    return found


def _common(places: tuple[Place, ...], directory: Path) -> tuple[str, ...]:
    """Return the directory that holds all roots, but never one outside the system."""
    roots = [root.root for place in places for root in place.terraform]
    if not roots:
        return ()
    common = next(
        parent
        for parent in (roots[0], *roots[0].parents)
        if all(root.is_relative_to(parent) for root in roots)
    )
    inside = common if common.is_relative_to(directory) else directory
    return (str(inside),)
