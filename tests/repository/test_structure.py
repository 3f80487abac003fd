"""The habits of the house that a machine can hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
LONGEST_MODULE = 250
LONGEST_FUNCTION = 30
LONGER_WITH_REASON: dict[str, str] = {
    "assurance/readers/view.py": "one cached property a concept, and nothing else",
}


def modules(*directories: str) -> list[Path]:
    return sorted(
        path
        for directory in directories
        for path in (REPOSITORY / directory).rglob("*.py")
        if path.name != "__init__.py"
    )


def name(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


@pytest.mark.parametrize("path", modules("assurance", "features", "policies"), ids=name)
def test_a_module_holds_one_idea(path: Path) -> None:
    length = len(path.read_text(encoding="utf-8").splitlines())
    limit = 400 if name(path) in LONGER_WITH_REASON else LONGEST_MODULE

    assert length <= limit, f"{name(path)} has {length} lines; split it by idea"


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node


def body_length(function: ast.FunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", modules("assurance", "features", "policies"), ids=name)
def test_a_function_fits_the_eye(path: Path) -> None:
    long = [
        f"{function.name} ({body_length(function)} lines)"
        for function in functions(path)
        if body_length(function) > LONGEST_FUNCTION
    ]

    assert not long, f"{name(path)}: {', '.join(long)}"


def looks_past(node: ast.AST) -> bool:
    """Whether a node asks a record's field in a way that an unknown value answers silently."""
    if isinstance(node, ast.Compare):
        silent = any(isinstance(operator, ast.Is | ast.IsNot) for operator in node.ops)
        return silent and isinstance(node.left, ast.Attribute)
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "isinstance":
        return isinstance(node.args[0], ast.Attribute)
    return False


@pytest.mark.parametrize("path", modules("assurance/rules"), ids=name)
def test_a_rule_cannot_look_past_an_unknown_value(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    lines = [node.lineno for node in ast.walk(tree) if looks_past(node)]  # type: ignore[attr-defined]

    assert not lines, f"{name(path)}: lines {lines}"


@pytest.mark.parametrize("path", modules("features/steps"), ids=name)
def test_a_step_is_glue(path: Path) -> None:
    busy = [
        function.name
        for function in functions(path)
        if body_length(function) > 6
        or any(
            isinstance(node, ast.If | ast.For | ast.While | ast.Try) for node in ast.walk(function)
        )
    ]

    assert not busy, f"{name(path)}: {', '.join(busy)}"
