"""The applications in the repository, as far as commands depend on their files.

`npm test` runs what a script of `package.json` says, and pytest takes options from its
configuration: without these files, what such a command does is unknown.
"""

from __future__ import annotations

import configparser
import shlex
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assurance.model.unknown import is_unknown
from assurance.readers.javascript_configurations import exported_configuration
from assurance.readers.state import State

_JEST_FILES = ("jest.config.js", "jest.config.mjs", "jest.config.cjs", "jest.config.ts")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Project:
    """An application with the files that its commands read.

    Attributes:
        directory: From the root of the repository.
        package: Its `package.json`; empty for none.
        files: Texts of its configuration files by name.
    """

    directory: str
    package: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def scripts(self) -> Mapping[str, str]:
        """The scripts of its package."""
        return self.package.get("scripts") or {}

    @property
    def jest(self) -> Mapping[str, Any] | None:
        """Jest's configuration; None where it is a program that computes it."""
        for name in _JEST_FILES:
            if name in self.files:
                return exported_configuration(self.files[name])
        return self.package.get("jest") or {}

    @property
    def pytest_options(self) -> tuple[str, ...]:
        """The options that pytest adds by itself."""
        return tuple(shlex.split(self._pytest_text()))

    def _pytest_text(self) -> str:
        if "pytest.ini" in self.files:
            return _ini(self.files["pytest.ini"], "pytest")
        table = self._toml("tool", "pytest", "ini_options").get("addopts")
        if table is not None:
            return table if isinstance(table, str) else shlex.join(table)
        return _ini(self.files.get("tox.ini", ""), "pytest") or _ini(
            self.files.get("setup.cfg", ""), "tool:pytest"
        )

    @property
    def least_coverage(self) -> float | None:
        """The percentage below which coverage.py fails, as its configuration says."""
        found = self._toml("tool", "coverage", "report").get("fail_under")
        return None if found is None else float(found)

    def _toml(self, *path: str) -> Mapping[str, Any]:
        try:
            table: Any = tomllib.loads(self.files.get("pyproject.toml", ""))
        except tomllib.TOMLDecodeError:
            return {}
        for name in path:
            table = table.get(name) or {}
        return table


def _ini(text: str, section: str) -> str:
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(text)
        return parser.get(section, "addopts", fallback="")
    except configparser.Error:
        return ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Projects:
    """All of them.

    Attributes:
        by_directory: Each by its directory.
    """

    by_directory: Mapping[str, Project] = field(default_factory=dict)

    def at(self, directory: str) -> Project | None:
        """Return the one in a directory; None where none is known there."""
        return None if is_unknown(directory) else self.by_directory.get(directory)


NO_PROJECTS = Projects()


def read_projects(state: State) -> Projects:
    """Return the applications of the repository."""
    found = (resource.values for resource in state.of("source_application"))
    made = (
        Project(
            directory=str(values["directory"]).rstrip("/"),
            package=(values.get("files") or {}).get("package.json") or {},
            files={
                name: text
                for name, text in (values.get("files") or {}).items()
                if isinstance(text, str)
            },
        )
        for values in found
    )
    return Projects(by_directory={project.directory: project for project in made})
