"""What axe-core finds on a page, and what can be reached by keyboard."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

from assurance.collectors.browser.browsing import Browsing, Screen, ask, settled

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
"""WCAG 2.2, levels A and AA, as axe-core calls them.

https://www.deque.com/axe/core-documentation/api-documentation/#axecore-tags
"""

_BEYOND = 12
"""How much longer than the number of its controls the order of a page may be."""


def screen_facts(browsing: Browsing, path: str, screen: Screen) -> dict[str, Any]:
    """Return how one page is on one screen."""
    with browsing.visit(screen) as page:
        settled(page, path)
        seen = ask(page, "seen.js")
        return {
            "path": path,
            "screen": screen.name,
            "colours": seen["colours"],
            "wider_than_screen": seen["wide"],
            **violations(page),
            "keyboard": _keyboard(page),
        }


def violations(page: Page) -> dict[str, Any]:
    """Return what axe-core finds on a page as it is now, and how many rules it tried."""
    if page.evaluate("() => typeof window.axe") == "undefined":
        page.evaluate(_axe())
    found = page.evaluate(
        "async (tags) => await axe.run(document,"
        " {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
        _TAGS,
    )
    return {
        "rules": len(found["passes"]) + len(found["violations"]) + len(found["incomplete"]),
        "axe": found["testEngine"]["version"],
        "violations": [
            {
                "rule": each["id"],
                "impact": each["impact"],
                "help": each["help"],
                "nodes": [" ".join(map(str, node["target"])) for node in each["nodes"][:5]],
            }
            for each in found["violations"]
        ],
    }


def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def _keyboard(page: Page) -> dict[str, Any]:
    """Walk through the page with the Tab key, until it begins anew."""
    controls: list[str] = ask(page, "focus.js", True)
    reached: dict[int, bool] = {}
    for _ in range(len(controls) + _BEYOND):
        page.keyboard.press("Tab")
        focus = ask(page, "focus.js", False)
        if focus is None and reached:
            break
        if focus is not None and focus["index"] >= 0:
            if focus["index"] in reached and len(reached) == len(controls):
                break
            reached[focus["index"]] = reached.get(focus["index"], False) or focus["visible"]
    return {
        "controls": controls,
        "unreached": [name for index, name in enumerate(controls) if index not in reached],
        "invisible": [controls[index] for index, visible in sorted(reached.items()) if not visible],
    }
