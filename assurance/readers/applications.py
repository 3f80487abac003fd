"""Reads the applications of the system."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assurance.model.applications import (
    ApiDocument,
    Application,
    Argument,
    DatabasePool,
    FlagEvaluation,
)
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
        api_documents=tuple(
            ApiDocument(
                version=found["version"],
                operations=found["operations"],
                fault=found["fault"],
                location=Location(file=found["file"]),
            )
            for found in values.get("api_documents", ())
        ),
    )


def _place(resource: Resource, number: int, found: Mapping[str, Any]) -> Subject:
    return Subject(
        id=f"{resource.id}/{found['flag']}#{number}",
        location=Location(file=found["file"], line=found["line"]),
        evidence=resource.digest,
    )


def read_database_pools(state: State) -> tuple[DatabasePool, ...]:
    """Return every pool of database connections that code opens."""
    return tuple(
        DatabasePool(
            subject=Subject(
                id=f"{resource.id}/database pool#{number}",
                location=Location(file=found["file"], line=found["line"]),
                evidence=resource.digest,
            ),
            arguments=_arguments(found["arguments"]),
            connection=_arguments(found["connect"]),
        )
        for resource in state.of(_APPLICATION)
        for number, found in enumerate(resource.values.get("database_pools", ()), 1)
    )


def _arguments(found: Mapping[str, Mapping[str, Any]]) -> dict[str, Argument]:
    return {
        name: Argument(is_literal="literal" in value, value=next(iter(value.values())))
        for name, value in found.items()
    }


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="database pool",
        plural="database pools",
        population=lambda view: read_database_pools(view.state),
        made_of=(_APPLICATION,),
    ),
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
