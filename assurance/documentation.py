"""Writes the documentation that is made from the catalogue and the vocabulary of steps.

`python -m assurance.documentation` writes the files, `--check` only says which are out of date.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from assurance.catalogue import Catalogue, load
from assurance.features import load_scenarios
from assurance.model.reports import ScenarioText
from assurance.model.requirements import Requirement

_KEYWORDS = ("given", "when", "then")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the files; return 1 when a check finds one out of date."""
    parser = argparse.ArgumentParser(prog="assurance.documentation", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, say what is old")
    check = parser.parse_args(arguments).check
    repository = Path(__file__).parents[1]
    old = [
        file
        for file, text in documents(repository).items()
        if not file.exists() or file.read_text(encoding="utf-8") != text
    ]
    for file in old:
        sys.stdout.write(f"{file.relative_to(repository)} {'is out of date' if check else ''}\n")
        if not check:
            file.write_text(documents(repository)[file], encoding="utf-8")
    return 1 if check and old else 0


def documents(repository: Path) -> Mapping[Path, str]:
    """Return the text of every generated document by its file."""
    catalogue = load(repository / "features" / "requirements")
    known = {entry.id: entry for entry in catalogue.requirements}
    scenarios = load_scenarios(repository / "features", known)
    return {
        repository / "docs" / "requirements.md": _requirements(catalogue, scenarios),
        repository / "docs" / "steps.md": _steps(repository, scenarios),
    }


def _requirements(catalogue: Catalogue, scenarios: Sequence[ScenarioText]) -> str:
    lines = [
        "# Requirements",
        "",
        "Made by `tox run -e docs` from `features/requirements`.",
        "A layer in brackets has no verifier yet; it is reported as `notchecked`.",
    ]
    for title, entries in groupby(catalogue.requirements, key=lambda entry: entry.area_title):
        lines += ["", f"## {title}", ""]
        lines += ["| id | requirement | layers | severity | scenarios | counterexamples |"]
        lines += ["|---|---|---|---|---|---|"]
        lines += [_line(entry, scenarios) for entry in entries]
    return "\n".join(lines) + "\n"


def _line(entry: Requirement, scenarios: Sequence[ScenarioText]) -> str:
    layers = ", ".join(
        f"({layer})" if layer in entry.unbuilt else str(layer) for layer in entry.layers
    )
    own = sum(text.requirement == entry.id for text in scenarios)
    statement = entry.statement.replace("|", "\\|")
    cells = (entry.id, statement, layers, entry.severity, own, len(entry.counterexamples))
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _steps(repository: Path, scenarios: Sequence[ScenarioText]) -> str:
    used = [step.text for text in scenarios for step in text.steps]
    lines = [
        "# Steps",
        "",
        "Made by `tox run -e docs` from `features/steps`: reuse before inventing.",
    ]
    for file in sorted((repository / "features" / "steps").glob("[a-z]*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        sentences = sorted(_sentences(tree))
        if sentences:
            lines += ["", f"## {file.stem.replace('_', ' ').capitalize()}", ""]
            lines += [f"- {keyword} **{text}**{_uses(text, used)}" for keyword, text in sentences]
    return "\n".join(lines) + "\n"


def _sentences(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the keyword and the sentence of every step definition of a module."""
    for function in ast.walk(tree):
        for decorator in getattr(function, "decorator_list", ()):
            if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") in _KEYWORDS:
                for node in ast.walk(decorator.args[0]):
                    if isinstance(node, ast.Constant) and isinstance(node.value, str):
                        yield decorator.func.id.capitalize(), node.value  # type: ignore[attr-defined]


def _uses(text: str, used: Sequence[str]) -> str:
    head = text.split("{", 1)[0]
    count = sum(found == text or ("{" in text and found.startswith(head)) for found in used)
    return f" ({count})"


if __name__ == "__main__":
    sys.exit(main())
