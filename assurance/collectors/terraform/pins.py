"""Version constraints that the Terraform and the providers of this machine do not meet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assurance.collectors.terraform.configuration import relative
from assurance.collectors.terraform.mirror import Terraform
from assurance.collectors.terraform.modules import Declaration, Node, unquoted
from assurance.collectors.terraform.preparing import packages_for
from assurance.collectors.terraform.provider_blocks import pairs_of, source_of
from assurance.collectors.terraform.request import TerraformRequest

_TERM = re.compile(r"^\s*(~>|>=|<=|!=|=|>|<)?\s*v?(\d+(?:\.\d+)*)")

# Complaints that another version of a provider need not have.
_OF_A_VERSION = frozenset(
    {
        "Invalid data source",
        "Invalid resource type",
        "Missing required argument",
        "Unsupported argument",
        "Unsupported attribute",
        "Unsupported block type",
    }
)


def satisfies(version: str, constraint: str) -> bool:
    """Whether a version meets a constraint such as `>= 1.5, < 2.0` or `~> 5.1`."""
    return all(_term(version, term) for term in constraint.split(",") if term.strip())


def unmet_pins(
    tree: Node, terraform: Terraform | None, request: TerraformRequest
) -> list[dict[str, Any]]:
    """A warning for every pin of the root's modules that was set aside for evaluation."""
    if terraform is None:
        return []
    packages = packages_for(request.root, tree)
    found: dict[tuple[str, int, str], dict[str, Any]] = {}
    for node in tree.walk():
        for declaration, what, constraint, source in _pins(node):
            package = packages.get(source)
            version = terraform.version if not source else package.version if package else None
            if version is None or satisfies(version, constraint):
                continue
            file = relative(Path(declaration.source.path), request.system)
            found[(file, declaration.block.line, what)] = {
                "severity": "warning",
                "summary": f"{what} {version} does not meet {constraint!r}",
                "detail": "the pin was set aside for evaluation only",
                "file": file,
                "line": declaration.block.line,
            }
    return list(found.values())


def excused(diagnostics: list[dict[str, Any]], pins: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What only a provider of another version refuses says nothing against a configuration."""
    if not any(pin["summary"].startswith("provider ") for pin in pins):
        return diagnostics
    return [
        entry | {"severity": "warning"} if entry["summary"] in _OF_A_VERSION else entry
        for entry in diagnostics
    ]


def _pins(node: Node) -> Iterator[tuple[Declaration, str, str, str]]:
    for declaration in node.module.settings:
        required = declaration.string("required_version")
        if required:
            yield declaration, "Terraform", required, ""
        for block in declaration.block.body.of("required_providers"):
            for name, attribute in block.body.attributes.items():
                text = declaration.source.value(attribute)
                pairs = pairs_of(declaration.source, attribute) if text.startswith("{") else {}
                version = unquoted(pairs.get("version") if pairs else text)
                if version:
                    yield declaration, f"provider {name}", version, source_of(node.module, name)


def _term(version: str, term: str) -> bool:
    match = _TERM.match(term)
    if match is None:
        return True
    operator, wanted = match.group(1) or "=", _numbers(match.group(2))
    have = _numbers(version)
    size = max(len(have), len(wanted))
    left, right = _padded(have, size), _padded(wanted, size)
    if operator == "~>":
        fixed = max(len(wanted) - 1, 1)
        return left >= right and left[:fixed] == right[:fixed]
    return {
        "=": left == right,
        "!=": left != right,
        ">": left > right,
        ">=": left >= right,
        "<": left < right,
        "<=": left <= right,
    }[operator]


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".")[:3])


def _padded(numbers: tuple[int, ...], size: int) -> tuple[int, ...]:
    return numbers + (0,) * (size - len(numbers))
