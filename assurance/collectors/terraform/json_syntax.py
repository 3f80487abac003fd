"""Terraform's JSON syntax, brought into the native one.

Strings keep being templates in both, so a value is written as a quoted string and means the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from assurance.collectors.terraform.hcl import HclSyntaxError

_LABELS = {
    "resource": 2,
    "data": 2,
    "ephemeral": 2,
    "variable": 1,
    "output": 1,
    "module": 1,
    "provider": 1,
    "locals": 0,
    "terraform": 0,
}
# What is a block and not an argument, inside the blocks above.
_NESTED = {
    "terraform": {"backend": 1, "required_providers": 0, "cloud": 0},
    "resource": {"lifecycle": 0, "provisioner": 1, "connection": 0},
}
_WHOLE = re.compile(r"\$\{(?P<inner>[^{}]*)\}")
_BARE = frozenset({"provider", "depends_on", "ignore_changes", "type", "replace_triggered_by"})


def to_native(path: str, text: str) -> str:
    """The same configuration in native syntax; lines of the original are not kept."""
    try:
        document = json.loads(text)
    except ValueError as error:
        raise HclSyntaxError(
            f"the file is not JSON: {error}",
            file=path,
            line=getattr(error, "lineno", None),
            remedy="correct the syntax",
        ) from error
    if not isinstance(document, dict):
        raise HclSyntaxError("the file holds no object", file=path, line=1)
    return "\n".join(
        line
        for kind, content in document.items()
        if kind in _LABELS
        for line in _blocks(kind, content, _LABELS[kind], ())
    )


def _blocks(kind: str, content: object, labels: int, named: tuple[str, ...]) -> Iterator[str]:
    if isinstance(content, list):
        for item in content:
            yield from _blocks(kind, item, labels, named)
    elif isinstance(content, dict) and labels:
        for label, inner in content.items():
            yield from _blocks(kind, inner, labels - 1, (*named, label))
    elif isinstance(content, dict):
        title = " ".join([kind, *(json.dumps(label) for label in named)])
        yield f"{title} {{"
        yield from _arguments(kind, content)
        yield "}"


def _arguments(kind: str, content: dict[str, object]) -> Iterator[str]:
    nested = _NESTED.get(kind, {})
    for name, value in content.items():
        if name == "//":
            continue
        if name in nested:
            yield from _blocks(name, value, nested[name], ())
        elif kind in ("resource", "data", "provider") and _is_block(value):
            yield from _repeated(name, value)
        else:
            yield f"{name} = {_expression(name, value)}"


def _is_block(value: object) -> bool:
    # Without the provider's schema an argument cannot be told from a block in every case; a list
    # of objects is a block in the AWS provider far more often than an argument.
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)


def _repeated(name: str, value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        yield f"{name} {{"
        yield from _arguments("resource", dict(item))
        yield "}"


def _expression(name: str, value: object) -> str:
    if isinstance(value, str):
        return _string(name, value)
    if isinstance(value, list):
        return "[" + ", ".join(_expression(name, item) for item in value) + "]"
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key)} = {_expression('', item)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    return json.dumps(value)


def _string(name: str, value: str) -> str:
    whole = _WHOLE.fullmatch(value)
    if whole:
        return whole.group("inner")
    if name in _BARE:
        return value
    # Quotes inside an interpolation stay as they are; those outside are escaped.
    return '"' + "".join(_escaped(part) for part in re.split(r"(\$\{.*?\})", value)) + '"'


def _escaped(part: str) -> str:
    return part if part.startswith("${") else json.dumps(part, ensure_ascii=False)[1:-1]
