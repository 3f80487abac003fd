"""The exceptions that a system claims, from the waivers beside its evaluated Terraform."""

from __future__ import annotations

from assurance.model.subjects import Location, Subject
from assurance.model.waivers import GrantedWaiver
from assurance.readers.kinds import Kind
from assurance.readers.state import State


def read_waivers(state: State) -> tuple[GrantedWaiver, ...]:
    """Return the waivers in the order of their file."""
    return tuple(
        GrantedWaiver(
            subject=Subject(
                id=entry["name"], location=Location(file=entry["file"], line=entry["line"])
            ),
            reason=entry.get("reason", ""),
            owner=entry.get("owner", ""),
            approver=entry.get("approver", ""),
            expires=entry.get("expires", ""),
        )
        for body, _ in state.bodies
        for entry in body.get("waivers", ())
    )


KINDS = (Kind(noun="waiver", plural="waivers", population=lambda view: read_waivers(view.state)),)
