"""Collects what a browser sees of a frontend: everything in one browser process."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from playwright.sync_api import Error as BrowserError

from assurance.collectors.authorities import remedy
from assurance.collectors.browser.accessibility import screen_facts
from assurance.collectors.browser.browsing import DESKTOP, PHONE, Browsing, browsing
from assurance.collectors.browser.journeys import journey_facts, refused_writes
from assurance.collectors.browser.navigation import navigation_facts
from assurance.collectors.browser.offline import application_facts
from assurance.collectors.browser.pages import page_facts
from assurance.collectors.browser.refusals import reading_troubles
from assurance.collectors.browser.request import BrowserRequest
from assurance.errors import NotCollected

FORMAT = "browser/1"


def collect_browser(request: BrowserRequest) -> dict[str, Any]:
    """Return the evidence body of kind `browser`.

    Raises:
        NotGiven: This machine has no browser.
        NotCollected: The site does not answer, or not in time.
    """
    with browsing(request.base_url, request.trust) as browser:
        _reach(browser, request.pages[0])
        resources = list(_observed(browser, request))
        tools = {"chromium": browser.version, "playwright": version("playwright")}
    return {
        "format": FORMAT,
        "root": request.base_url,
        "tools": tools,
        "diagnostics": [],
        "resources": resources,
    }


def _reach(browser: Browsing, path: str) -> None:
    with browser.visit() as page:
        try:
            page.goto(path, wait_until="commit")
        except BrowserError as error:
            raise NotCollected(
                f"{browser.base_url} does not answer a browser: {error.message.splitlines()[0]}.",
                remedy=remedy(error.message, "start the system, or correct the base URL."),
            ) from error


def _observed(browser: Browsing, request: BrowserRequest) -> Iterator[dict[str, Any]]:
    yield _resource("browser_site", request.base_url, _site(request))
    calling = []
    for path in request.pages:
        facts = page_facts(browser, path, request.api)
        calling += [path] if facts["calls"] else []
        yield _resource("browser_page", path, facts)
        for screen in (DESKTOP, PHONE):
            yield _resource(
                "browser_screen", f"{path} on a {screen.name}", screen_facts(browser, path, screen)
            )
        if (link := navigation_facts(browser, path)) is not None:
            yield _resource("browser_link", f"{path} to {link['link']}", link)
    application = application_facts(browser, request.pages)
    yield _resource("browser_application", request.base_url, application)
    for path in calling:
        with browser.visit() as page:
            for trial in reading_troubles(page, path, request.api):
                yield _resource("browser_trouble", f"{path}, {trial['trouble']}", trial)
    yield from _travelled(browser, request)


def _site(request: BrowserRequest) -> dict[str, Any]:
    return {
        "base_url": request.base_url,
        "first": request.pages[0],
        "api": request.api,
        "given": {
            "journeys": bool(request.journeys),
            "sign_in": not any(journey.needs_sign_in for journey in request.journeys),
        },
    }


def _travelled(browser: Browsing, request: BrowserRequest) -> Iterator[dict[str, Any]]:
    for journey in request.journeys:
        if journey.needs_sign_in:
            continue
        for means in ("pointer", "keyboard"):
            facts = journey_facts(browser, journey, request.api, means)
            yield _resource("browser_journey", f"{journey.name}, by {means}", facts)
        for trial in refused_writes(browser, journey, request.api):
            name = f"{journey.name}, {trial['asks']}, {trial['trouble']}"
            yield _resource("browser_trouble", name, trial)


def _resource(type_: str, name: str, values: dict[str, Any]) -> dict[str, Any]:
    return {
        "address": f"{type_}.{name}",
        "mode": "managed",
        "type": type_,
        "name": name,
        "module": "",
        "provider": "browser",
        "existence": "known",
        "values": values,
        "file": name,
        "line": None,
    }
