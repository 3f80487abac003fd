"""Collects what commands and pipelines depend on in the source of each application."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from assurance.collectors.source.api_documents import api_documents
from assurance.collectors.source.flags import flag_evaluations
from assurance.collectors.source.pages import page_values
from assurance.collectors.source.pools import database_pools
from assurance.collectors.source.request import ApplicationRequest, SourceRequest

FORMAT = "source/1"

_TEXTS = (
    *("pytest.ini", "pyproject.toml", "setup.cfg", "tox.ini", "sonar-project.properties"),
    *("jest.config.js", "jest.config.mjs", "jest.config.cjs", "jest.config.ts"),
    *("vitest.config.ts", "vitest.config.js", "vitest.config.mts"),
)
_LOCK = re.compile(
    r"(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|Pipfile\.lock|"
    r"poetry\.lock|uv\.lock|pdm\.lock|go\.sum|Gemfile\.lock|composer\.lock|Cargo\.lock|"
    r"requirements[\w.-]*\.(lock|txt)|gradle\.lockfile)"
)
_MOST = 200_000


def collect_source(request: SourceRequest) -> dict[str, Any]:
    """Return the evidence body of kind `source`.

    One `source_application` for each application, and one `source_page` for each of its pages.
    A file that cannot be read is left out, and named in a diagnostic.
    """
    diagnostics: list[dict[str, Any]] = []
    resources = [_resource(each, request.system, diagnostics) for each in request.applications]
    pages = [
        _page(values)
        for application in request.applications
        for values in page_values(application, request.system)
    ]
    return {
        "format": FORMAT,
        "root": ", ".join(resource["file"] for resource in resources),
        "tools": {},
        "diagnostics": diagnostics,
        "resources": resources + pages,
    }


def _resource(
    application: ApplicationRequest, system: Path, diagnostics: list[dict[str, Any]]
) -> dict[str, Any]:
    directory = _relative(application.directory, system)
    names = (
        sorted(path.name for path in application.directory.iterdir() if path.is_file())
        if application.directory.is_dir()
        else []
    )
    return {
        "address": f"source_application.{application.name}",
        "mode": "managed",
        "type": "source_application",
        "name": application.name,
        "module": "",
        "provider": "source",
        "existence": "known",
        "values": {
            "name": application.name,
            "role": application.role,
            "directory": directory,
            "image": application.image,
            "dockerfile": _relative(application.dockerfile, system),
            "files": _files(application.directory, names, system, diagnostics),
            "lock_files": [f"{directory}/{name}" for name in names if _LOCK.fullmatch(name)],
            "api_documents": api_documents(application, system),
            "database_pools": database_pools(application, system),
            "flag_evaluations": flag_evaluations(application, system),
        },
        "file": directory,
        "line": None,
    }


def _page(values: dict[str, Any]) -> dict[str, Any]:
    return {
        "address": f"source_page.{values['file']}",
        "mode": "managed",
        "type": "source_page",
        "name": values["file"],
        "module": "",
        "provider": "source",
        "existence": "known",
        "values": values,
        "file": values["file"],
        "line": None,
    }


def _files(
    directory: Path, names: list[str], system: Path, diagnostics: list[dict[str, Any]]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in names:
        if name not in (*_TEXTS, "package.json"):
            continue
        try:
            text = (directory / name).read_text(encoding="utf-8")[:_MOST]
            found[name] = json.loads(text) if name == "package.json" else text
        except (OSError, ValueError) as error:
            where = _relative(directory / name, system)
            diagnostics.append(
                {
                    "severity": "error",
                    "summary": f"{where} cannot be read",
                    "detail": str(error),
                    "file": where,
                    "line": None,
                }
            )
    return found


def _relative(path: Path, system: Path) -> str:
    return path.relative_to(system).as_posix() if path.is_relative_to(system) else str(path)
