"""Looks around in a repository and describes what it finds as a first `assurance.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assurance.errors import SettingsError

_SKIPPED = {"node_modules", "tests", "test", "examples", "example", "vendor"}
_LESSER = re.compile(
    r"(^|[-_.])(dev|devel|develop|development|test|testing|stage|staging|stg|qa|uat|int|sandbox|"
    r"demo|preprod|preview|nonprod|lab)([-_.]|$)",
    re.IGNORECASE,
)
_ENVIRONMENT = re.compile(
    r"(^|[-_.])(prod|production|prd|live|dev|devel|develop|development|test|testing|stage|staging|"
    r"stg|qa|uat|int|sandbox|demo|preprod|preview|nonprod|lab)([-_.]|$)",
    re.IGNORECASE,
)
_SHARED = re.compile(r"common|shared|global|default|base|secret|terraform|variables|all", re.I)
"""Variable files that belong to every environment."""

_LOCAL_SOURCE = re.compile(r'^\s*source\s*=\s*"(\.{1,2}/[^"]*)"', re.MULTILINE)
_CONFIGURES = re.compile(
    r'^\s*(provider\s+"?\w+"?\s*\{|backend\s+"?\w+"?\s*\{|cloud\s*\{)', re.MULTILINE
)
_HAS_CONTENT = re.compile(r"^\s*(resource|module|data)\s+\"?\w", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A Terraform root as it is used in one environment."""

    environment: str
    root: Path
    variable_files: tuple[Path, ...]


def describe_repository(directory: Path) -> str:
    """Return the text of an `assurance.toml` for a repository.

    A directory is a root when it holds resources or module calls and no other directory uses it as
    a module. A variable file named after an environment makes an environment of its own; else the
    name of the root's directory does.

    Raises:
        SettingsError: There is no directory, or no Terraform in it.
    """
    if not directory.is_dir():
        raise SettingsError(
            "this is not a directory.", file=directory, remedy="name the repository's directory."
        )
    found = [entry for root in _roots(directory) for entry in _uses(root)]
    if not found and _has_terragrunt(directory):
        raise SettingsError(
            "no Terraform root was found: Terragrunt puts the roots together when it runs.",
            file=directory,
            remedy="let it plan (`terragrunt plan -out`, then `terragrunt show -json`), and name "
            "in assurance.toml the root it made (in .terragrunt-cache) or that plan.",
        )
    if not found:
        raise SettingsError(
            "no Terraform root was found.",
            file=directory,
            remedy="write assurance.toml by hand and name the directories of the *.tf files.",
        )
    return _toml(directory.resolve(), found)


def _has_terragrunt(directory: Path) -> bool:
    return next(directory.rglob("terragrunt*.hcl"), None) is not None


def _directories(directory: Path) -> Iterator[Path]:
    for path in sorted({file.parent for file in directory.rglob("*.tf")}):
        parts = path.relative_to(directory).parts
        if not any(part in _SKIPPED or part.startswith(".") for part in parts):
            yield path


def _roots(directory: Path) -> list[Path]:
    texts = {path.resolve(): _text(path) for path in _directories(directory)}
    used = {
        (path / source).resolve()
        for path, text in texts.items()
        for source in _LOCAL_SOURCE.findall(text)
    }
    candidates = [
        path for path, text in texts.items() if path not in used and _HAS_CONTENT.search(text)
    ]
    configured = [path for path in candidates if _CONFIGURES.search(texts[path])]
    return configured or candidates


def _text(directory: Path) -> str:
    return "\n".join(
        file.read_text(encoding="utf-8", errors="replace")
        for file in sorted(directory.glob("*.tf"))
    )


def _uses(root: Path) -> Iterator[Found]:
    files = sorted({*root.glob("*.tfvars"), *root.glob("*/*.tfvars")})
    automatic = [file for file in files if _is_automatic(file, root)]
    known = [file for file in files if file not in automatic and _environment_of(file, root)]
    beside = {file.parent for file in known if file.parent != root and _is_environment(file.stem)}
    named = [file for file in files if file in known or _is_sibling(file, beside)]
    for file in named:
        yield Found(
            environment=_environment_of(file, root) or file.stem,
            root=root,
            variable_files=(*automatic, file),
        )
    if not named:
        found = _ENVIRONMENT.search(root.name)
        yield Found(
            environment=root.name if found else "production",
            root=root,
            variable_files=tuple(automatic),
        )


def _is_environment(name: str) -> bool:
    return _ENVIRONMENT.search(name) is not None


def _is_sibling(file: Path, directories: set[Path]) -> bool:
    """Whether a file stands in a directory of files that are called after environments."""
    return file.parent in directories and not _SHARED.search(file.stem)


def _is_automatic(file: Path, root: Path) -> bool:
    return file.parent == root and (
        file.name == "terraform.tfvars" or file.name.endswith(".auto.tfvars")
    )


def _environment_of(file: Path, root: Path) -> str:
    for name in (file.stem, file.parent.name if file.parent != root else ""):
        if _ENVIRONMENT.search(name):
            return name
    return ""


def _toml(directory: Path, found: Iterable[Found]) -> str:
    grouped: dict[str, list[Found]] = {}
    for entry in found:
        grouped.setdefault(entry.environment, []).append(entry)
    shared = grouped.pop("production", []) if _is_default(grouped) else []
    lines = [
        "# Written by `assurance init`: look it over.",
        "[system]",
        f'name = "{directory.name}"',
    ]
    for name in sorted(grouped) or ["production"]:
        lines += _table(directory, name, [*shared, *grouped.get(name, ())])
    return "\n".join(lines) + "\n"


def _is_default(grouped: dict[str, list[Found]]) -> bool:
    """Whether roots that name no environment stand beside some that do: all share them then."""
    unnamed = [entry for entry in grouped.get("production", ()) if not _names_itself(entry)]
    return len(grouped) > 1 and len(unnamed) == len(grouped.get("production", ())) and bool(unnamed)


def _names_itself(entry: Found) -> bool:
    """Whether a root, or a variable file of it, says by its name where it belongs."""
    files = any(_environment_of(file, entry.root) for file in entry.variable_files)
    return files or _is_environment(entry.root.name)


def _table(directory: Path, name: str, entries: list[Found]) -> list[str]:
    production = "false" if _LESSER.search(name) else "true"
    lines = [
        "",
        f'[environments."{name}"]',
        f"production = {production}  # whether requirements that speak of production apply",
        "terraform = [",
    ]
    for entry in entries:
        root = _relative(entry.root, directory)
        files = ", ".join(f'"{_relative(file, directory)}"' for file in entry.variable_files)
        variables = f", variable_files = [{files}]" if files else ""
        lines.append(f'  {{ root = "{root}"{variables} }},')
    return [*lines, "]"]


def _relative(path: Path, directory: Path) -> str:
    return path.resolve().relative_to(directory).as_posix()
