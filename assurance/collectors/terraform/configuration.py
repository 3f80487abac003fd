"""The `configuration` part of the evidence: what is declared, apart from resources."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from assurance.collectors.terraform import hcl
from assurance.collectors.terraform.modules import Declaration, Node, read_text, unquoted
from assurance.collectors.terraform.provider_blocks import pairs_of
from assurance.collectors.terraform.tokens import UNKNOWN
from assurance.errors import EvidenceError

_SCALARS = {"true": True, "false": False, "null": None}
Settings = Callable[[Node, str], Mapping[str, Any]]


def module_entry(
    node: Node, system: Path, valueless: frozenset[str], settings: Settings
) -> dict[str, Any]:
    """One module of the tree as the evidence lists it."""
    module = node.module
    return {
        "path": relative(module.path, system),
        "required_version": _first(module.settings, "required_version"),
        "required_providers": _required_providers(module.settings),
        "backend": _backend(module.settings, system),
        "providers": [
            _provider(node, declaration, system, settings) for declaration in module.providers
        ],
        "variables": {
            name: _variable(node, name, declaration, system, valueless)
            for name, declaration in sorted(module.variables.items())
        },
        "outputs": {
            name: {
                "description": _text(declaration, "description"),
                "sensitive": declaration.text("sensitive") == "true",
                **place(declaration, system),
            }
            for name, declaration in sorted(module.outputs.items())
        },
        "module_calls": {
            name: {
                "source": _text(declaration, "source"),
                "version": _text(declaration, "version"),
                **place(declaration, system),
            }
            for name, declaration in sorted(module.calls.items())
        },
    }


def place(declaration: Declaration, system: Path) -> dict[str, Any]:
    """File and line of a declaration."""
    return {
        "file": relative(Path(declaration.source.path), system),
        "line": declaration.block.line,
    }


def relative(path: Path, system: Path) -> str:
    """A path as the evidence writes it."""
    return Path(os.path.relpath(path, system)).as_posix()


def scalar(text: str | None) -> Any:
    """The value of a literal; an expression is unknown here."""
    if text is None or text in _SCALARS:
        return _SCALARS.get(text or "null")
    plain = unquoted(text)
    if plain is not None:
        return plain
    try:
        return int(text)
    except ValueError:
        pass
    if text.replace(" ", "") in ("[]", "{}"):
        return [] if "[" in text else {}
    return {UNKNOWN: "an expression"}


def lock_entry(root: Path, system: Path) -> dict[str, Any] | None:
    """What the lock file pins; None where there is none."""
    path = root / ".terraform.lock.hcl"
    if not path.is_file():
        return None
    try:
        source = hcl.parse(str(path), read_text(path))
    except EvidenceError:
        return {"file": relative(path, system), "providers": {}}
    providers = {}
    for block in source.body.of("provider"):
        attributes = block.body.attributes
        text = {name: source.value(attribute) for name, attribute in attributes.items()}
        providers[block.labels[0]] = {
            "version": unquoted(text.get("version")),
            "constraints": unquoted(text.get("constraints")),
            "hashes": text.get("hashes", "").count('"') // 2,
        }
    return {"file": relative(path, system), "providers": dict(sorted(providers.items()))}


def _text(declaration: Declaration, name: str) -> str | None:
    text = declaration.text(name)
    return unquoted(text) or (text.strip() if text else None)


def _first(settings: list[Declaration], name: str) -> str | None:
    return next((t for t in (d.string(name) for d in settings) if t is not None), None)


def _required_providers(settings: list[Declaration]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for declaration in settings:
        for block in declaration.block.body.of("required_providers"):
            for name, attribute in block.body.attributes.items():
                text = declaration.source.value(attribute)
                pairs = pairs_of(declaration.source, attribute) if text.startswith("{") else {}
                found[name] = {
                    "source": unquoted(pairs.get("source")),
                    "version": unquoted(pairs.get("version") if pairs else text),
                }
    return dict(sorted(found.items()))


def _backend(settings: list[Declaration], system: Path) -> dict[str, Any] | None:
    for declaration in settings:
        for block in declaration.block.body.blocks:
            if block.kind in ("backend", "cloud"):
                return {
                    "type": block.labels[0] if block.labels else "cloud",
                    "config": {
                        name: scalar(declaration.source.value(attribute))
                        for name, attribute in sorted(block.body.attributes.items())
                    },
                    "file": relative(Path(declaration.source.path), system),
                    "line": block.line,
                }
    return None


def _provider(
    node: Node, declaration: Declaration, system: Path, settings: Settings
) -> dict[str, Any]:
    alias = declaration.string("alias")
    name = declaration.block.labels[0]
    evaluated = settings(node, f"{name}.{alias}" if alias else name)
    return {
        "name": name,
        "alias": alias,
        "region": evaluated.get("region"),
        "default_tags": evaluated.get("default_tags") or {},
        "assume_role": bool(
            declaration.block.body.of("assume_role")
            or declaration.block.body.of("assume_role_with_web_identity")
        ),
        **place(declaration, system),
    }


def _variable(
    node: Node, name: str, declaration: Declaration, system: Path, valueless: frozenset[str]
) -> dict[str, Any]:
    attributes = declaration.block.body.attributes
    entry = {
        "type": _type(declaration),
        "description": _text(declaration, "description"),
        "has_default": "default" in attributes,
        "sensitive": declaration.text("sensitive") == "true",
        "nullable": declaration.text("nullable") != "false",
        "validations": len(declaration.block.body.of("validation")),
        "value_known": node.parent is not None or name not in valueless,
        **place(declaration, system),
    }
    if "default" in attributes:
        hidden = entry["sensitive"] and declaration.text("default") != "null"
        entry["default"] = "(sensitive)" if hidden else scalar(declaration.text("default"))
    return entry


def _type(declaration: Declaration) -> str | None:
    text = declaration.text("type")
    return " ".join((unquoted(text) or text).split()) if text else None
