"""Lets the API be slow, refuse or be away, on its way to the browser; looks at what is shown."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page, Request, Route

from assurance.collectors.browser.browsing import ask, path_of, settle, until

_STATUSES = {401: "Unauthorized", 403: "Forbidden", 429: "Too Many Requests", 500: "Server Error"}
TROUBLES = ("slow", "away", "500", "429", "403", "401")
"""What is tried; the last one may end a session."""

_DENIED = ("401", "403")
"""Of these only another person, or another sign-in, gets anybody any further."""

_PATIENCE = 6_000
"""Milliseconds after which a page must have told what is wrong."""

_RECOVERS = 8_000
_AT_REST = 500
_POLL = 100


def reading_troubles(page: Page, path: str, api: str) -> Iterator[dict[str, Any]]:
    """Open a page while the API is in each kind of trouble, and see how it gets over it."""
    usual = _usual(page, path)
    for trouble in TROUBLES:
        yield {
            "path": path,
            "asks": "GET",
            **_in_trouble(page, api, trouble, usual, lambda: _open(page, path)),
        }


def _usual(page: Page, path: str) -> dict[str, Any]:
    """Return what a page shows without any trouble, with all that it tells until it is at rest."""
    _open(page, path)
    first = ask(page, "seen.js")["alerts"]
    settle(page)
    page.wait_for_timeout(_AT_REST)
    seen: dict[str, Any] = ask(page, "seen.js")
    return {**seen, "alerts": [*first, *seen["alerts"]]}


def _open(page: Page, path: str) -> None:
    page.goto(path, wait_until="domcontentloaded")


def writing_troubles(
    page: Page, api: str, what: str, act: Callable[[], None]
) -> Iterator[dict[str, Any]]:
    """Do something that writes, while the API is in each kind of trouble."""
    undisturbed = ask(page, "seen.js")["alerts"]
    for trouble in TROUBLES:
        # What the last trouble left on the page does for this one as well, if it still says so.
        usual = {**ask(page, "seen.js"), "alerts": undisturbed}
        yield {
            "path": path_of(page.url),
            "asks": what,
            **_in_trouble(page, api, trouble, usual, act, writes=True),
        }


def _in_trouble(
    page: Page,
    api: str,
    trouble: str,
    usual: dict[str, Any],
    act: Callable[[], None],
    *,
    writes: bool = False,
) -> dict[str, Any]:
    held: list[Route] = []
    met: list[str] = []

    def answer(route: Route, request: Request) -> None:
        if writes == (request.method in ("GET", "HEAD", "OPTIONS")):
            route.fallback()
            return
        met.append(path_of(request.url))
        _trouble(route, request, trouble, held)

    known = {alert["text"] for alert in usual["alerts"]}
    concerned = lambda url: path_of(url).startswith(api)  # noqa: E731  Playwright takes a predicate
    page.route(concerned, answer)
    act()
    told = until(lambda: bool(met and _new(page, known)), page, _PATIENCE)
    page.wait_for_timeout(_POLL)
    seen, new = ask(page, "seen.js"), _new(page, known)
    for route in held:
        with contextlib.suppress(BrowserError):  # the page may have given up waiting
            route.abort() if writes else route.continue_()
    page.unroute(concerned, answer)
    return {
        "trouble": trouble,
        "met": sorted(set(met)),
        "told": new if told else [],
        "headings": seen["headings"],
        "text": seen["text"][:2000],
        "changed": seen["text"] != usual["text"],
        "recovers": None if writes or trouble in _DENIED else _recovers(page, new),
    }


def _trouble(route: Route, request: Request, trouble: str, held: list[Route]) -> None:
    if trouble == "slow":
        held.append(route)
    elif trouble == "away":
        route.abort("connectionrefused")
    else:
        status = int(trouble)
        problem = {"type": "about:blank", "title": _STATUSES[status], "status": status}
        origin = request.headers.get("origin", "*")
        headers = {
            "content-type": "application/problem+json",
            "access-control-allow-origin": origin,
            **({"retry-after": "1"} if status == 429 else {}),
        }
        route.fulfill(status=status, headers=headers, body=json.dumps(problem))


def _new(page: Page, known: set[str]) -> list[dict[str, Any]]:
    return [alert for alert in ask(page, "seen.js")["alerts"] if alert["text"] not in known]


def _recovers(page: Page, told: list[dict[str, Any]]) -> bool:
    """With the API back, use the way on that the page offers, or wait where it offers none."""
    texts = {alert["text"] for alert in told}
    ways = [way for alert in told for way in alert["ways"]]
    if ways:
        page.get_by_text(ways[0], exact=True).first.click()
    return until(
        lambda: not texts & {alert["text"] for alert in ask(page, "seen.js")["alerts"]},
        page,
        _RECOVERS,
    )
