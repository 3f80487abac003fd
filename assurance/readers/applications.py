"""Reads the applications of the system."""

from __future__ import annotations

from assurance.model.applications import Application, FlagEvaluation
from assurance.model.subjects import Location
from assurance.readers.kinds import Kind
from assurance.readers.state import Resource, State

_APPLICATION = "source_application"


def read_applications(state: State) -> tuple[Application, ...]:
    """Return every application."""
    return tuple(_application(found) for found in state.of(_APPLICATION))


def _application(resource: Resource) -> Application:
    values = resource.values
    return Application(
        subject=resource.subject(),
        name=values["name"],
        role=values["role"],
        directory=values["directory"],
        dockerfile=values["dockerfile"],
        image=values["image"],
        lock_files=tuple(values["lock_files"]),
        flags=tuple(
            FlagEvaluation(
                flag=found["flag"],
                default=found["default"],
                location=Location(file=found["file"], line=found["line"]),
            )
            for found in values["flag_evaluations"]
        ),
    )


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="application",
        plural="applications",
        population=lambda view: view.delivery.applications,
        inventory=(_APPLICATION,),
    ),
)
