"""What a browser found of a site as an application → its manifest, worker and updates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from assurance.model.web_applications import (
    Icon,
    Manifest,
    OfflinePage,
    Update,
    WebApplication,
)
from assurance.readers.kinds import Kind
from assurance.readers.state import Resource, State


def read_web_applications(state: State) -> tuple[WebApplication, ...]:
    """Return the site, as what it is beyond its pages."""
    return tuple(_application(each) for each in state.of("browser_application"))


def _application(resource: Resource) -> WebApplication:
    values = resource.values
    return WebApplication(
        subject=resource.subject(),
        manifest=_manifest(values["manifest"]),
        worker=values["worker"] or "",
        offline=tuple(_offline(each) for each in values["offline"]),
        update=_update(values["update"]) if values["update"] else None,
    )


def _manifest(found: Mapping[str, Any] | None) -> Manifest | None:
    content = found["content"] if found else None
    if found is None or not content:
        return None
    return Manifest(
        name=_text(content.get("name") or content.get("short_name")),
        start=_text(content.get("start_url")),
        display=_text(content.get("display")),
        icons=tuple(_icon(each) for each in found["icons"]),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _icon(found: Mapping[str, Any]) -> Icon:
    width, height = found["measured"] or (0, 0)
    return Icon(
        path=found["path"],
        is_image=found["status"] == 200 and found["type"].startswith("image/"),
        sizes=tuple(re.split(r"\s+", found["sizes"].strip().lower())),
        width=width,
        height=height,
        purposes=tuple(re.split(r"\s+", found["purpose"].strip().lower())),
    )


def _offline(found: Mapping[str, Any]) -> OfflinePage:
    return OfflinePage(
        path=found["path"],
        opens=found["opens"],
        online=tuple(found["online"]),
        headings=tuple(found["headings"]),
        text=found["text"],
    )


def _update(found: Mapping[str, Any]) -> Update:
    reopened = found["after_reopening"] or {}
    return Update(
        installed=found["installed"],
        is_taken=found["taken"],
        told=tuple(alert["text"] for alert in found["told"]),
        still_waits=bool(reopened.get("waiting") or reopened.get("installing")),
    )


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="site",
        plural="sites",
        population=lambda view: read_web_applications(view.state),
        inventory=("browser_application",),
    ),
)
