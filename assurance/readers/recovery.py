"""Finds the pipelines that are there to bring an earlier release back, by what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assurance.model.pipelines import Pipeline
from assurance.readers.kinds import Kind

_NAMED = re.compile(r"recover|roll_?back|restor|redeploy|revert|disaster|last_?good", re.IGNORECASE)


def recovering(pipelines: Iterable[Pipeline]) -> tuple[Pipeline, ...]:
    """Return the pipelines whose name says that they bring an earlier release back."""
    return tuple(found for found in pipelines if _NAMED.search(f"{found.identifier} {found.name}"))


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="recovery pipeline",
        plural="recovery pipelines",
        population=lambda view: recovering(view.pipelines),
        made_of=("harness_pipeline",),
    ),
)
