"""The services that a pipeline may bring to production, and questions about one of them."""

from __future__ import annotations

from assurance.model.actions import Part
from assurance.model.pipeline_walks import Placed
from assurance.model.pipelines import Pipeline
from assurance.model.unknown import UnknownValue, is_unknown
from assurance.rules.path_choices import changes_production
from assurance.rules.path_layout import layout_of
from assurance.rules.path_questions import Choice


def services_of(pipeline: Pipeline) -> tuple[str, ...]:
    """Return the services that may reach production; empty text for what has none."""
    found: list[str] = []
    for placed, _ in layout_of(pipeline).steps:
        if any(_may_change(part, placed) for part in placed.step.action.parts):
            services = placed.stage.services
            found.extend(("",) if is_unknown(services) or not services else services)
    return tuple(dict.fromkeys(found)) or ("",)


def _may_change(part: Part, placed: Placed) -> bool:
    try:
        return changes_production(part, placed)
    except UnknownValue:
        return True


def of_service(choice: Choice, service: str) -> Choice:
    """Narrow a choice to what concerns a service; what has none concerns every one."""

    def narrowed(part: Part, placed: Placed) -> bool:
        if not choice(part, placed):
            return False
        services = placed.stage.services
        if not service and (is_unknown(services) or not services):
            return True
        return service in services

    return narrowed
