"""Searches for credentials, and the defaults of inputs that hold them → scans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from assurance.model.scans import Credential, Input, Scans, Searched
from assurance.model.subjects import Location
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.kinds import Kind
from assurance.readers.state import Resource, State, thaw

_SECRET_NAME = re.compile(
    r"(^|_)(pass(word|wd|phrase)?|pwd|secret|token|(api|access|private|signing)_?key|credentials?)$",
    re.IGNORECASE,
)


def read_scans(state: State) -> Scans:
    """Return what was searched, and the inputs of Terraform's modules."""
    return Scans(
        places=tuple(_place(found) for found in state.of("scan_place")),
        history=tuple(_history(found) for found in state.of("scan_history")),
        inputs=tuple(_inputs(state)),
    )


def _place(resource: Resource) -> Searched:
    values = resource.values
    return Searched(
        subject=resource.subject(),
        amount=f"{values['read']} files",
        is_empty=not values["read"] and not values["not_read"],
        credentials=tuple(
            Credential(
                what=found["what"],
                is_excepted=found["excepted"],
                location=Location(file=found["file"], line=found["line"]),
            )
            for found in values["findings"]
        ),
    )


def _history(resource: Resource) -> Searched:
    values = resource.values
    credentials = tuple(
        Credential(
            what=found["what"],
            is_excepted=found["excepted"],
            location=Location(file=f"{found['file']} in commit {found['commit'][:12]}"),
        )
        for found in values["findings"]
    )
    if values["shallow"]:
        why = "the whole history is not here (no git repository, or a shallow clone of it)"
        known = tuple(found for found in credentials if not found.is_excepted)
        credentials = known or cast("tuple[Credential, ...]", unknown(why))
    return Searched(
        subject=resource.subject(),
        amount=f"{values['commits']} commits",
        is_empty=False,
        credentials=credentials,
    )


def _inputs(state: State) -> Iterator[Input]:
    for body, _ in state.configurations():
        for module in body["configuration"]["modules"].values():
            for name, variable in sorted(module["variables"].items()):
                yield Input(
                    name=name,
                    is_for_credential=bool(_SECRET_NAME.search(name)),
                    has_default=_says_something(variable),
                    location=Location(file=variable.get("file") or "?", line=variable.get("line")),
                )


def _says_something(variable: Mapping[str, Any]) -> bool:
    if not variable.get("has_default"):
        return False
    default = thaw(variable.get("default"))
    return default if is_unknown(default) else bool(default)


KINDS = (
    Kind(
        noun="searched place",
        plural="searched places",
        population=lambda view: view.scans.places,
        inventory=("scan_place",),
    ),
    Kind(
        noun="searched history",
        plural="searched histories",
        population=lambda view: view.scans.history,
        inventory=("scan_history",),
    ),
)
