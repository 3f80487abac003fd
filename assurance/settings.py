"""`assurance.toml`: where a system's parts are, and in which environments it runs."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assurance.errors import SettingsError
from assurance.model.environments import Environment
from assurance.model.requirements import Layer
from assurance.places import line_of
from assurance.settings_schema import check_keys

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
class Application:
    """One application that the system delivers; paths are absolute.

    Attributes:
        name: Of it in the description.
        role: `backend` or `frontend`.
        directory: Of its source, and the context of its image.
        dockerfile: What its image is built from; it need not be there.
        image: Its repository in the registry; empty where nobody said.
    """

    name: str
    role: str
    directory: Path
    dockerfile: Path
    image: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipelines:
    """The Harness definitions; paths are absolute.

    Attributes:
        directories: Where they are.
        schema: The directory of Harness's published schema, if the user has it.
    """

    directories: tuple[Path, ...]
    schema: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A system description.

    Attributes:
        file: The `assurance.toml` it was read from.
        name: Of the system.
        places: Its environments, in the order of the file.
        pipelines: Its Harness definitions, if it names any.
        applications: What it delivers.
        tests: Directories of its test suites.
        policies: Directories whose files checkov reads.
        parameters: Catalogue parameters the user overrides: requirement → name → value.
        waivers: The file of the system's waivers, if it has one.
    """

    file: Path
    name: str
    places: tuple[Place, ...]
    pipelines: Pipelines | None
    applications: tuple[Application, ...]
    tests: tuple[Path, ...]
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
    check_keys(content, text, file)
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
        pipelines=_pipelines(content, text, file),
        applications=tuple(
            _application(name, fields, text, file)
            for name, fields in content.get("applications", {}).items()
        ),
        tests=tuple(
            _existing(path, text, file) for path in content.get("tests", {}).get("directories", ())
        ),
        policies=tuple(_existing(path, text, file) for path in policies),
        parameters=content.get("parameters", {}),
        waivers=_existing(waivers, text, file) if waivers else None,
    )


def _place(name: str, fields: Mapping[str, Any], text: str, file: Path) -> Place:
    return Place(
        environment=_environment(name, fields),
        region=fields.get("region", ""),
        terraform=tuple(_root(entry, text, file) for entry in fields.get("terraform", ())),
    )


def _environment(name: str, fields: Mapping[str, Any]) -> Environment:
    return Environment(
        name=name,
        production=fields["production"],
        layers=tuple(layer for layer in Layer if layer in fields.get("layers", tuple(Layer))),
        base_url=fields.get("base_url", "").rstrip("/"),
    )


def _pipelines(content: Mapping[str, Any], text: str, file: Path) -> Pipelines | None:
    fields = content.get("pipelines")
    if fields is None:
        return None
    schema = fields.get("schema") or os.environ.get("ASSURANCE_HARNESS_SCHEMA")
    return Pipelines(
        directories=tuple(_existing(path, text, file) for path in fields["directories"]),
        schema=_existing(schema, text, file) if schema else None,
    )


def _application(name: str, fields: Mapping[str, Any], text: str, file: Path) -> Application:
    directory = _existing(fields["directory"], text, file)
    dockerfile = fields.get("dockerfile")
    return Application(
        name=name,
        role=fields["role"],
        directory=directory,
        dockerfile=(file.parent / dockerfile).resolve() if dockerfile else directory / "Dockerfile",
        image=fields.get("image", ""),
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
