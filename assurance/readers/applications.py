"""Reads the applications of the system."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assurance.model.applications import Application, FlagEvaluation
from assurance.model.subjects import Location, Subject
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
                subject=_place(resource, number, found),
                flag=found["flag"],
                default=found["default"],
            )
            for number, found in enumerate(values["flag_evaluations"], 1)
        ),
    )


def _place(resource: Resource, number: int, found: Mapping[str, Any]) -> Subject:
    return Subject(
        id=f"{resource.id}/{found['flag']}#{number}",
        location=Location(file=found["file"], line=found["line"]),
        evidence=resource.digest,
    )


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="application",
        plural="applications",
        population=lambda view: view.delivery.applications,
        inventory=(_APPLICATION,),
    ),
    Kind(
        noun="evaluation of a flag",
        plural="evaluations of flags",
        population=lambda view: tuple(
            flag for application in view.delivery.applications for flag in application.flags
        ),
        made_of=(_APPLICATION,),
    ),
)
