"""Finds where code evaluates feature flags, by the names of OpenFeature's methods.

https://openfeature.dev/specification/sections/flag-evaluation: every evaluation takes the key of
the flag and the default that holds when the provider cannot answer.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assurance.collectors.source.request import ApplicationRequest

_METHOD = re.compile(r"get_(boolean|string|integer|float|object)_(value|details)(_async)?")
_CALL = re.compile(
    r"\b(get(?:Boolean|String|Number|Object)(?:Value|Details)|use(?:Boolean|String|Number|Object)?"
    r"Flag(?:Value|Details)?)\s*\(\s*([\"'`])([^\"'`]+)\2\s*(?:,\s*([^,)\n]+))?"
)
_TEST = re.compile(r"(^|/)(tests?|__tests__)/|[._-](test|spec)\.|/conftest\.py$")


def flag_evaluations(application: ApplicationRequest, system: Path) -> list[dict[str, Any]]:
    """Return every evaluation outside tests: flag, default as it is written, and place."""
    found: list[dict[str, Any]] = []
    for path in application.files(".py", ".js", ".jsx", ".ts", ".tsx", ".mjs"):
        name = path.relative_to(system).as_posix() if path.is_relative_to(system) else str(path)
        if _TEST.search(path.relative_to(application.directory).as_posix()):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        calls = _python(text) if path.suffix == ".py" else _script(text)
        found += [{**call, "file": name} for call in calls]
    return found


def _python(text: str) -> Iterator[dict[str, Any]]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if _METHOD.fullmatch(node.func.attr):
            given = {word.arg: word.value for word in node.keywords}
            flag = node.args[0] if node.args else given.get("flag_key")
            default = node.args[1] if len(node.args) > 1 else given.get("default_value")
            yield {
                "flag": flag.value if isinstance(flag, ast.Constant) else _written(flag),
                "default": _written(default),
                "line": node.lineno,
            }


def _written(node: ast.expr | None) -> str:
    return "" if node is None else ast.unparse(node)


def _script(text: str) -> Iterator[dict[str, Any]]:
    for call in _CALL.finditer(text):
        line = text.count("\n", 0, call.start()) + 1
        yield {"flag": call[3], "default": (call[4] or "").strip(), "line": line}
