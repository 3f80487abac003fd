"""Follows a link, goes back and forward, and opens the address that it leads to on its own."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as TooSlow

from assurance.collectors.browser.browsing import Browsing, ask, path_of, settle, settled, until

_MARK = "window.sameDocument = true"
_KEPT = "() => window.sameDocument === true"
_REPLACED = 4_000
_ARRIVES = 10_000
"""Milliseconds in which a page is expected to follow the address."""


def navigation_facts(browsing: Browsing, path: str) -> dict[str, Any] | None:
    """Return what becomes of a page's first link to another page; None where it has none."""
    with browsing.visit() as page:
        settled(page, path)
        links = ask(page, "links.js")
        if not links:
            return None
        start = ask(page, "seen.js")["headings"]
        page.evaluate(_MARK)
        followed = _followed(page, links[0], start)
        target = path_of(page.url)
        return {
            "path": path,
            "link": links[0],
            **followed,
            "back": _moved(page, "back", path, start),
            "forward": _moved(page, "forward", target, followed["headings"]),
            "deep": _deep(browsing, target),
        }


def _followed(page: Page, link: str, start: list[str]) -> dict[str, Any]:
    """Click, and wait for the other page: the address may change before the content does."""
    before = page.url
    page.locator(f'a[href="{link}"]').first.click()
    arrived = until(lambda: page.url != before, page, _ARRIVES)
    settle(page)
    until(lambda: ask(page, "seen.js")["headings"] not in ([], start), page, _REPLACED)
    seen = ask(page, "seen.js")
    return {
        "arrived": arrived,
        "same_document": page.evaluate(_KEPT),
        "headings": seen["headings"],
    }


def _moved(page: Page, way: str, path: str, headings: list[str]) -> dict[str, Any]:
    """Use the browser's own button, and see whether address and content follow."""
    try:
        page.go_back(wait_until="commit") if way == "back" else page.go_forward(wait_until="commit")
        shown = until(
            lambda: path_of(page.url) == path and ask(page, "seen.js")["headings"] == headings,
            page,
            _ARRIVES,
        )
    except TooSlow:
        shown = False
    return {"shown": shown, "same_document": page.evaluate(_KEPT)}


def _deep(browsing: Browsing, path: str) -> dict[str, Any]:
    with browsing.visit() as page:
        answer = page.goto(path, wait_until="load")
        settle(page)
        seen = ask(page, "seen.js")
        return {
            "path": path,
            "status": answer.status if answer else None,
            "headings": seen["headings"],
        }
