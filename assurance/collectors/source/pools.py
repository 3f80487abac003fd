"""Finds where Python code opens a pool of database connections, and with which arguments.

SQLAlchemy: https://docs.sqlalchemy.org/en/20/core/engines.html; its `connect_args` go to libpq:
https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assurance.collectors.source.request import ApplicationRequest

_CALLS = ("create_engine", "create_async_engine")
_ELSEWHERE = ("tests", "test", "migrations", "alembic")


def database_pools(application: ApplicationRequest, system: Path) -> list[dict[str, Any]]:
    """Return every engine outside tests and migrations, with its arguments as they are written."""
    found: list[dict[str, Any]] = []
    for path in application.files(".py"):
        inside = path.relative_to(application.directory)
        if any(part in _ELSEWHERE for part in inside.parts[:-1]):
            continue
        name = path.relative_to(system).as_posix() if path.is_relative_to(system) else str(path)
        try:
            tree = ast.parse(path.read_text(encoding="utf-8", errors="replace"))
        except (SyntaxError, ValueError):
            continue
        found += [{"file": name, **pool} for pool in _pools(tree)]
    return found


def _pools(tree: ast.Module) -> Iterator[dict[str, Any]]:
    functions = {each.name: each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in _CALLS:
            given = {word.arg: word.value for word in node.keywords if word.arg}
            yield {
                "line": node.lineno,
                "arguments": {name: _value(value) for name, value in given.items()},
                "connect": dict(_connect(given.get("connect_args"), functions)),
            }


def _name(function: ast.expr) -> str:
    return str(getattr(function, "attr", getattr(function, "id", "")))


def _connect(
    node: ast.expr | None, functions: Mapping[str, ast.FunctionDef]
) -> Iterator[tuple[str, Any]]:
    """Yield what is passed to the driver: a dictionary, or what a function puts into one."""
    if isinstance(node, ast.Dict):
        yield from _entries(node)
    elif isinstance(node, ast.Call) and _name(node.func) in functions:
        for part in ast.walk(functions[_name(node.func)]):
            if isinstance(part, ast.Dict):
                yield from _entries(part)
            elif isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Subscript):
                key = part.targets[0].slice
                if isinstance(key, ast.Constant):
                    yield str(key.value), _value(part.value)


def _entries(node: ast.Dict) -> Iterator[tuple[str, Any]]:
    for key, value in zip(node.keys, node.values, strict=True):
        if isinstance(key, ast.Constant):
            yield str(key.value), _value(value)


def _value(node: ast.expr) -> dict[str, Any]:
    """Return a literal as such, anything else as it is written."""
    try:
        return {"literal": ast.literal_eval(node)}
    except ValueError:
        return {"written": ast.unparse(node)}
