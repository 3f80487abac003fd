"""Finds OpenAPI documents in the source of an application, and holds them against their schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from assurance.collectors.source.request import ApplicationRequest

SUFFIXES = (".json", ".yaml", ".yml")
_NAME = re.compile(r"(open-?api|swagger)([._-].*)?\.(json|ya?ml)", re.IGNORECASE)


def api_files(application: ApplicationRequest) -> Iterator[Path]:
    """Yield the files that are called as OpenAPI documents are."""
    return (path for path in application.files(*SUFFIXES) if _NAME.fullmatch(path.name))


def api_documents(application: ApplicationRequest, system: Path) -> list[dict[str, Any]]:
    """Return every OpenAPI document: where it is, and what makes it invalid."""
    found = []
    for path in api_files(application):
        name = path.relative_to(system).as_posix() if path.is_relative_to(system) else str(path)
        found.append({"file": name, **_looked_at(path)})
    return found


def _looked_at(path: Path) -> dict[str, Any]:
    # It takes long to load, and most runs find the evidence of an earlier one.
    from openapi_spec_validator import validate  # noqa: PLC0415
    from openapi_spec_validator.validation.exceptions import (  # noqa: PLC0415
        OpenAPIValidationError,
        ValidatorDetectError,
    )

    try:
        text = path.read_text(encoding="utf-8")
        document = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
        version = str(document.get("openapi") or document.get("swagger") or "")
        operations = sum(len(item) for item in document.get("paths", {}).values())
    except (OSError, ValueError, yaml.YAMLError, AttributeError, TypeError) as error:
        return {"version": "", "operations": 0, "fault": f"it cannot be read: {error}"}
    try:
        validate(document)
    except (OpenAPIValidationError, ValidatorDetectError) as error:
        fault = str(error).splitlines()[0] or type(error).__name__
        return {"version": version, "operations": operations, "fault": fault}
    return {"version": version, "operations": operations, "fault": ""}
