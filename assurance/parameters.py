"""Limits that a system's owner may decide: the catalogue's defaults, and what the owner says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assurance.errors import SettingsError
from assurance.marked_yaml import MarkedYaml, Steps
from assurance.model.requirements import Limit, Parameter
from assurance.places import line_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What a system's owner decided, by requirement and parameter, and the file that says so."""

    values: Mapping[str, Mapping[str, object]] = field(default_factory=lambda: MappingProxyType({}))
    file: Path | None = None

    def error(self, message: str, *names: str, remedy: str) -> SettingsError:
        """Return an error that points at the first line that holds the names one after another."""
        return SettingsError(message, file=self.file, line=self._line(names), remedy=remedy)

    def _line(self, names: tuple[str, ...]) -> int | None:
        if self.file is None:
            return None
        return line_of(self.file.read_text(encoding="utf-8"), names)


def parameters(
    document: MarkedYaml, path: Steps, entry: Mapping[str, Any], overrides: Overrides
) -> Mapping[str, Parameter]:
    """Return a requirement's parameters with the values of this run.

    Raises:
        CatalogueError: A default is outside its own bounds.
        SettingsError: An override has no parameter, or is not of its kind or within its bounds.
    """
    stated: Mapping[str, Mapping[str, Any]] = entry.get("parameters", {})
    decided = overrides.values.get(entry["id"], {})
    for name in decided:
        if name not in stated:
            known = f"Known: {', '.join(stated)}." if stated else "It has none; remove the line."
            raise overrides.error(
                f'{entry["id"]} has no parameter "{name}"', entry["id"], name, remedy=known
            )
    for name, rules in stated.items():
        fault = _fault(rules["default"], rules)
        if fault:
            raise document.error(
                f"the default of {name} in {entry['id']} {fault}",
                *(*path, "parameters", name, "default"),
                remedy="Correct the default or its bounds.",
            )
    return MappingProxyType(
        {name: _parameter(entry["id"], name, stated[name], overrides) for name in stated}
    )


def _parameter(
    requirement: str, name: str, rules: Mapping[str, Any], overrides: Overrides
) -> Parameter:
    value = overrides.values.get(requirement, {}).get(name, rules["default"])
    fault = _fault(value, rules)
    if fault:
        raise overrides.error(
            f"parameter {name} of {requirement} {fault}",
            requirement,
            name,
            remedy=f"It is counted in {rules['unit']}: {rules['meaning']}",
        )
    return Parameter(
        name=name,
        default=_limit(rules["default"]),
        value=_limit(value),
        unit=rules["unit"],
        meaning=rules["meaning"],
    )


def _fault(value: Any, rules: Mapping[str, Any]) -> str:
    """Say what is wrong with a value, or nothing."""
    kind = _kind(rules["default"])
    if _kind(value) != kind:
        return f"is {value!r}, which is not a {kind}"
    if kind == "list" and len({_kind(item) for item in (*rules["default"], *value)}) > 1:
        return f"is {value!r}, whose items are not of one kind"
    if value not in rules.get("choices", [value]):
        return f"is {value!r}, which is none of {', '.join(map(str, rules['choices']))}"
    if kind == "number":
        return _out_of_bounds(value, rules)
    return ""


def _out_of_bounds(value: float, rules: Mapping[str, Any]) -> str:
    if value < rules.get("minimum", value):
        return f"is {value!r}, less than {rules['minimum']}"
    if value > rules.get("maximum", value):
        return f"is {value!r}, more than {rules['maximum']}"
    return ""


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, list | tuple):
        return "list"
    return "text" if isinstance(value, str) else type(value).__name__


def _limit(value: Any) -> Limit:
    return tuple(value) if isinstance(value, list) else value


def spoken(limit: Limit) -> str:
    """Return a limit as a sentence shows it."""
    return ", ".join(map(str, limit)) if isinstance(limit, tuple) else str(limit)


def refuse_strangers(known: Mapping[str, object], overrides: Overrides) -> None:
    """Refuse overrides of requirements that do not exist.

    Raises:
        SettingsError: With the line of the first of them.
    """
    for requirement in overrides.values:
        if requirement not in known:
            raise overrides.error(
                f'there is no requirement "{requirement}"',
                requirement,
                remedy="Write the id as in the catalogue, such as DAT-02.",
            )
