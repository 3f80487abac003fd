"""Read what a step of a pipeline does.

A step is judged by what it does, not by its type: a `Run` step may test, scan, publish or deploy.
What cannot be read is `Unrecognised`, which no rule may take for a check that passed, nor for
harmless.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import orjson

from assurance.model.actions import Action, HiddenInTemplate, Part, Unrecognised
from assurance.model.checks import Approval
from assurance.model.unknown import UnknownValue, is_unknown
from assurance.readers.actions_checks import CHECK_STEPS
from assurance.readers.actions_delivery import DELIVERY_STEPS
from assurance.readers.actions_outputs import read_outputs
from assurance.readers.actions_releases import RELEASE_STEPS, elsewhere
from assurance.readers.actions_scripts import SCRIPT_STEPS, Reader
from assurance.readers.projects import NO_PROJECTS, Projects
from assurance.readers.written_values import at, text, texts

_READERS: Mapping[str, Reader] = {
    **SCRIPT_STEPS,
    **CHECK_STEPS,
    **DELIVERY_STEPS,
    **RELEASE_STEPS,
}


def read_action(step: Mapping[str, Any], projects: Projects = NO_PROJECTS) -> Action:
    """Return what a step does; never raises, whatever is written.

    Args:
        step: The mapping under `step:`, templates filled in where they are at hand.
        projects: The applications in the repository, for commands that depend on their files.
    """
    if is_unknown(step) or not isinstance(step, dict):
        return _action("", (Unrecognised(what="the step is not known"),))
    try:
        content = orjson.dumps({name: step[name] for name in _DECIDING if name in step})
    except TypeError:  # something in it is unknown
        return _read(step, projects)
    return _read_once(content, projects)


_DECIDING = ("type", "spec", "timeout", "template")


@lru_cache(maxsize=1 << 14)
def _read_once(content: bytes, projects: Projects) -> Action:
    """Return what a step of that content does; steps are copied from pipeline to pipeline."""
    return _read(orjson.loads(content), projects)


def _read(step: Mapping[str, Any], projects: Projects) -> Action:
    reference = at(step, "template", "templateRef")
    if reference is not None:
        return _action("", (HiddenInTemplate(reference=text(reference)),))
    step_type, spec = text(step.get("type")), step.get("spec")
    if is_unknown(step_type) or is_unknown(spec):
        return _action("", (Unrecognised(what="what the step does is decided by the run"),))
    spec = spec if isinstance(spec, dict) else {}
    try:
        parts = _parts(step_type, spec, projects)
    except UnknownValue as reason:
        parts = (Unrecognised(what=f"{step_type}: {reason}"),)
    timed = tuple(_expiring(part, step) for part in parts)
    reports = texts(at(spec, "reports", "spec", "paths"))
    return Action(
        step_type=step_type, parts=timed, report_paths=reports, outputs=read_outputs(spec)
    )


def _action(step_type: str, parts: tuple[Part, ...]) -> Action:
    return Action(step_type=step_type, parts=parts, report_paths=(), outputs=())


def _parts(step_type: str, spec: Mapping[str, Any], projects: Projects) -> tuple[Part, ...]:
    reader = _READERS.get(step_type)
    if reader is not None:
        return reader(spec, projects)
    return (elsewhere(step_type) or Unrecognised(what=f"a step of type {step_type or 'nothing'}"),)


def _expiring(part: Part, step: Mapping[str, Any]) -> Part:
    return replace(part, timeout=text(step.get("timeout"))) if isinstance(part, Approval) else part
