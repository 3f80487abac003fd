"""What makes a site an application of its own: manifest, icons, offline pages, updates."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page, Route

from assurance.collectors.browser.browsing import Browsing, ask, path_of, settled, until

_INSTALLS = 12_000
"""Milliseconds in which a service worker is expected to be active."""

_UPDATES = 40_000
"""Milliseconds in which a newer one is expected to serve, also on a busy machine."""

_CLOSED = 1_500

_OLDER = "\n// an older release\n"

_STATE = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  return {waiting: Boolean(registration?.waiting), installing: Boolean(registration?.installing)};
}"""
_WATCH = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  window.releases = [];
  navigator.serviceWorker.addEventListener("controllerchange", () => releases.push("taken"));
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    releases.push("found");
    worker.addEventListener("statechange", () => releases.push(worker.state));
  });
  await registration.update();
}"""


def application_facts(browsing: Browsing, pages: tuple[str, ...]) -> dict[str, Any]:
    """Return what a site has of an application: by its first page, and by all without a network."""
    with browsing.visit(workers=True) as page:
        settled(page, pages[0])
        found = {"manifest": _manifest(page), "worker": ask(page, "worker.js", _INSTALLS)}
        offline = _offline(page, pages) if found["worker"] else []
    updates = _update(browsing, pages[0], found["worker"]) if found["worker"] else {}
    return {**found, "offline": offline, "update": updates}


def _manifest(page: Page) -> dict[str, Any] | None:
    """Return the manifest that a page links to, with what its icons really are."""
    link = page.locator('link[rel="manifest"]')
    if link.count() == 0:
        return None
    address = urljoin(page.url, link.first.get_attribute("href") or "")
    answer = page.request.get(address)
    try:
        content = json.loads(answer.text()) if answer.ok else None
    except ValueError:
        content = None
    if not isinstance(content, dict):
        return {"address": path_of(address), "status": answer.status, "content": None, "icons": []}
    icons = [_icon(page, urljoin(address, str(icon["src"])), icon) for icon in _icons(content)]
    return {
        "address": path_of(address),
        "status": answer.status,
        "content": content,
        "icons": icons,
    }


def _icons(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    listed = content.get("icons")
    for icon in listed if isinstance(listed, list) else ():
        if isinstance(icon, dict) and icon.get("src"):
            yield icon


def _icon(page: Page, address: str, icon: dict[str, Any]) -> dict[str, Any]:
    answer = page.request.get(address)
    body = answer.body()
    png = body[:8] == b"\x89PNG\r\n\x1a\n" and len(body) >= 24
    size = [int.from_bytes(body[at : at + 4], "big") for at in (16, 20)] if png else None
    return {
        "path": path_of(address),
        "status": answer.status,
        "type": answer.headers.get("content-type", ""),
        "sizes": str(icon.get("sizes", "")),
        "purpose": str(icon.get("purpose", "any")),
        "measured": size,
    }


def _offline(page: Page, pages: tuple[str, ...]) -> list[dict[str, Any]]:
    """Open every page with and without a network, in a browser that was here before."""
    online = {}
    for path in pages:
        settled(page, path)
        online[path] = ask(page, "seen.js")["headings"]
    page.context.set_offline(True)
    found = [{"path": path, "online": online[path], **_without(page, path)} for path in pages]
    page.context.set_offline(False)
    return found


def _without(page: Page, path: str) -> dict[str, Any]:
    try:
        page.goto(path, wait_until="load")
    except BrowserError as error:
        return {"opens": False, "headings": [], "text": "", "fault": error.message.splitlines()[0]}
    page.wait_for_timeout(300)
    seen = ask(page, "seen.js")
    return {"opens": True, "headings": seen["headings"], "text": seen["text"][:500], "fault": ""}


def _update(browsing: Browsing, path: str, worker: str) -> dict[str, Any]:
    """Begin with an older release of the service worker, and let the browser look for a newer one.

    The older one is the present one with a remark at its end: to a browser any other byte is
    another release.
    """

    def older(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text() + _OLDER)

    with browsing.visit(workers=True) as page:
        page.context.route(lambda url: path_of(url) == worker, older)
        settled(page, path)
        ask(page, "worker.js", _INSTALLS)
        settled(page, path)  # the worker answers for pages that were opened after it was active
        said = {alert["text"] for alert in ask(page, "seen.js")["alerts"]}
        page.context.unroute_all()
        page.evaluate(_WATCH)
        installed = until(lambda: "installed" in _steps(page), page, _UPDATES)
        page.wait_for_timeout(1_000)
        steps, told = _steps(page), ask(page, "seen.js")["alerts"]
        return {
            "found": "found" in steps,
            "installed": installed,
            "taken": "taken" in steps,
            "told": [alert for alert in told if alert["text"] not in said],
            "after_reopening": _reopened(page, path) if installed else None,
        }


def _steps(page: Page) -> list[str]:
    """Return how far a new release has come; a page that reloads itself for it has taken it."""
    with contextlib.suppress(BrowserError):
        found: list[str] | None = page.evaluate("() => window.releases ?? null")
        return ["found", "installed", "taken"] if found is None else found
    return []


def _reopened(page: Page, path: str) -> dict[str, Any]:
    """Close the page and open it again: a release that only waits for that now serves it."""
    again = page.context.new_page()
    page.close()
    again.wait_for_timeout(_CLOSED)  # until the browser knows that nobody is there any more
    settled(again, path)
    until(lambda: not any(again.evaluate(_STATE).values()), again, _UPDATES)
    state: dict[str, Any] = again.evaluate(_STATE)
    return state
