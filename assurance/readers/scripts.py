"""The scripts that a step runs, wherever its type keeps them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def scripts_of(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the command of a Run or Test step, and the script of a ShellScript step.

    Args:
        values: What is written for the step.
    """
    spec = values.get("spec")
    if not isinstance(spec, Mapping):
        return
    for key in ("command", "preCommand", "postCommand", "entrypoint"):
        found = spec.get(key)
        if isinstance(found, str):
            yield found
        elif isinstance(found, list | tuple):
            yield " ".join(str(part) for part in found)
    source: Any = spec
    for key in ("source", "spec", "script"):
        source = source.get(key) if isinstance(source, Mapping) else None
    if isinstance(source, str):
        yield source
