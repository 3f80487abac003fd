"""The rules about a site as an application, on what a browser noted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assurance.model.findings import Finding
from assurance.model.web_applications import WebApplication
from assurance.readers.web_applications import read_web_applications
from assurance.rules import web_applications as rules
from tests.states import managed, state
from tests.visits import APPLICATION, changed

RULES = [
    rules.has_manifest,
    rules.has_icons,
    rules.has_worker,
    rules.opens_without_network,
    rules.updates_after_release,
    rules.tells_of_release,
]


def site(*change: Any) -> WebApplication:
    values = changed(APPLICATION, *change) if change else APPLICATION
    (found,) = read_web_applications(state(managed("browser_application.site", **values)))
    return found


@pytest.mark.parametrize("rule", RULES)
def test_a_good_application_holds(rule: Callable[[WebApplication], Finding]) -> None:
    assert rule(site()).holds


@pytest.mark.parametrize(
    ("rule", "path", "value", "actual"),
    [
        (rules.has_manifest, "manifest", None, "without a manifest"),
        (rules.has_manifest, "manifest.content", None, "without a manifest"),
        (rules.has_manifest, "manifest.content.display", "browser", "without display"),
        (rules.has_manifest, "manifest.content.start_url", 3, "without start_url"),
        (rules.has_icons, "manifest.icons", [], "none of 192 pixels"),
        (rules.has_icons, "manifest.icons.0.status", 404, "/icon.png is not what it says"),
        (rules.has_icons, "manifest.icons.0.type", "text/html", "is not what it says"),
        (rules.has_icons, "manifest.icons.0.measured", [64, 64], "is not what it says"),
        (rules.has_icons, "manifest.icons.0.purpose", "any", "none that may be masked"),
        (rules.has_icons, "manifest.icons.0.purpose", "maskable", "none of 192 pixels"),
        (rules.has_worker, "worker", None, "none"),
        (rules.opens_without_network, "offline", [], "there is no service worker"),
        (rules.opens_without_network, "offline.0.headings", ["Offline"], "/ shows Offline"),
        (rules.opens_without_network, "offline.1.opens", False, "/about shows nothing"),
        (rules.updates_after_release, "update", {}, "there is no service worker"),
        (rules.updates_after_release, "update.installed", False, "is not installed"),
        (rules.updates_after_release, "update.after_reopening.waiting", True, "still serves"),
        (rules.tells_of_release, "update.told", [], "it says nothing"),
    ],
)
def test_a_broken_one_does_not(
    rule: Callable[[WebApplication], Finding], path: str, value: Any, actual: str
) -> None:
    found = rule(site(path, value))

    assert not found.holds
    assert actual in found.actual


def test_a_drawn_icon_has_any_size_but_does_not_stand_for_all() -> None:
    drawn = {
        "path": "/icon.svg",
        "status": 200,
        "type": "image/svg+xml",
        "sizes": "any",
        "purpose": "any",
        "measured": None,
    }
    beside = [*APPLICATION["manifest"]["icons"], drawn]

    assert rules.has_icons(site("manifest.icons", beside)).holds
    assert not rules.has_icons(site("manifest.icons", [drawn])).holds


def test_a_release_that_takes_over_needs_no_word() -> None:
    values = changed(APPLICATION, "update.told", [])
    values["update"]["taken"] = True
    (found,) = read_web_applications(state(managed("browser_application.site", **values)))

    assert rules.tells_of_release(found).holds
