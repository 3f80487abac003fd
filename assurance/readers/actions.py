"""Read what a step of a pipeline does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assurance.model.actions import Action, Unrecognised


def read_action(step: Mapping[str, Any]) -> Action:
    """Return what a step does, given the mapping under `step:`."""
    kind = str(step.get("type") or "")
    return Action(step_type=kind, parts=(Unrecognised(what=kind),), report_paths=(), outputs=())
