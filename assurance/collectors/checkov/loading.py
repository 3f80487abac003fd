"""Notices policies that checkov did not load: it only logs that a file cannot be imported."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

_DECLARED = re.compile(
    r"""(?m)^\s*(?:policy|id)\s*[=:]\s*["']?(CKV\d?_[A-Z0-9_]+_\d+)["']?,?\s*$"""
)


def declared_policies(directory: Path) -> list[tuple[str, Path]]:
    """The ids that files of policies declare, with the file, in order of the file."""
    return [
        (policy, file)
        for file in sorted(directory.rglob("*"))
        if file.suffix in (".py", ".yaml", ".yml", ".json")
        for policy in _DECLARED.findall(file.read_text(encoding="utf-8", errors="replace"))
    ]


def missing_policies(
    directories: Iterable[Path], expected: Iterable[str], loaded: frozenset[str]
) -> list[dict[str, str]]:
    """An error for each policy that should be there and is not, or is there twice."""
    errors: list[dict[str, str]] = []
    seen: dict[str, str] = {}
    declared = ((one, *found) for one in directories for found in declared_policies(one))
    for directory, policy, file in declared:
        where = f"{directory.name}/{file.relative_to(directory).as_posix()}"
        if policy not in loaded:
            errors.append({"file": where, "summary": f"the policy {policy} did not load"})
        if policy in seen:
            summary = f"{policy} is declared in {seen[policy]} too; only one of them is run"
            errors.append({"file": where, "summary": summary})
        seen[policy] = where
    errors += [
        {"file": "", "summary": f"the catalogue names {policy}, which checkov does not have"}
        for policy in sorted(set(expected) - loaded - seen.keys())
    ]
    return errors
