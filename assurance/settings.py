"""`assurance.toml`: where a system's parts are, and in which environments it runs."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assurance.description import (
    Access,
    Application,
    Pipelines,
    Place,
    Settings,
    TerraformRoot,
)
from assurance.errors import SettingsError
from assurance.model.environments import Environment
from assurance.model.requirements import Layer
from assurance.places import line_of
from assurance.settings_schema import check_keys

__all__ = [
    "FILE",
    "Access",
    "Application",
    "Pipelines",
    "Place",
    "Settings",
    "TerraformRoot",
    "load_access",
    "load_settings",
]

FILE = "assurance.toml"
"""The name of a system description."""


def load_settings(file: Path) -> Settings:
    """Read a system description.

    Raises:
        SettingsError: It is missing, is not TOML, has an unknown key or names what is not there.
    """
    text = _read(
        file,
        "name an existing assurance.toml with --system, or write one with `assurance init`.",
    )
    content = _parse(text, file)
    check_keys(content, text, file)
    return _settings(content, text, file.resolve())


def load_access(file: Path) -> Access:
    """Read a file of the keys that `[environments.NAME.access]` may have.

    Raises:
        SettingsError: It is missing, is not TOML or has an unknown key.
    """
    text = _read(file, "name a file that the running system, or its operator, wrote.")
    content = _parse(text, file)
    check_keys(content, text, file, part="access")
    return _access(content, file.resolve())


def _parse(text: str, file: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise SettingsError(
            f"this is not valid TOML: {error}.",
            file=file,
            line=int(line[1]) if line else None,
            remedy="correct the syntax.",
        ) from error


def _read(file: Path, remedy: str) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"the system description cannot be read ({error.__class__.__name__}).",
            file=file,
            remedy=remedy,
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
        access=_access(fields.get("access", {}), file),
    )


def _access(fields: Mapping[str, Any], file: Path) -> Access:
    """Return the access; its files need not be there yet, they appear when the system runs."""
    logs = fields.get("logs", ())
    found: dict[str, Any] = {
        "logs": tuple(
            (file.parent / name).resolve() for name in ([logs] if isinstance(logs, str) else logs)
        )
    }
    for name in ("traces", "trust"):
        if name in fields:
            found[name] = (file.parent / fields[name]).resolve()
    urls = {
        name: fields[name].rstrip("/")
        for name in ("issuer", "backend", "plain", "without_database", "without_flags")
        if name in fields
    }
    return Access(**{**fields, **found, **urls})


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
        openapi=fields.get("openapi", ""),
        live=fields.get("live", ""),
        ready=fields.get("ready", ""),
        pages=tuple(fields.get("pages", ())),
        api=fields.get("api", "/api/"),
        journeys=_existing(fields["journeys"], text, file) if "journeys" in fields else None,
        oversight=tuple(fields.get("oversight", ())),
        bodies=fields.get("bodies", {}),
        parameters=fields.get("parameters", {}),
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
