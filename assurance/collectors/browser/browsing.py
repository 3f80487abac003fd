"""The one browser of a run, and the pages that are opened in it."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    ViewportSize,
    sync_playwright,
)
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import TimeoutError as TooSlow

from assurance.collectors.browser.home import home, node_trusting
from assurance.errors import NotCollected, NotGiven
from assurance.model.judgements import Reason

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
_WITHIN = 420.0
"""Seconds that a whole collection may take."""

_ANSWER = 15_000
"""Milliseconds in which a page answers, and an element appears."""

_REST = 5_000
"""Milliseconds after which a page that never stops asking is looked at as it is."""

Script = Literal["seen.js", "focus.js", "links.js", "worker.js"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What somebody looks at a page on."""

    name: str
    size: ViewportSize
    colours: Literal["light", "dark"]


DESKTOP = Screen(name="desktop", size=ViewportSize(width=1280, height=800), colours="light")
PHONE = Screen(name="phone", size=ViewportSize(width=390, height=844), colours="dark")


class Browsing:
    """A browser that is looked through at one site."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        self.base_url = base_url
        self.version = browser.version
        self._browser = browser
        self._end = time.monotonic() + _WITHIN

    @contextlib.contextmanager
    def visit(
        self, screen: Screen = DESKTOP, *, scripts: bool = True, workers: bool = False
    ) -> Iterator[Page]:
        """Yield an empty page of somebody who was never here before.

        Args:
            screen: What they look on.
            scripts: Whether scripts run.
            workers: Whether service workers may be installed; they would answer for the site.

        Raises:
            NotCollected: The time for the whole collection is over.
        """
        if time.monotonic() > self._end:
            raise NotCollected(
                f"the browser did not come to an end within {_WITHIN:.0f} s.",
                remedy="name fewer pages, or run on a machine with less other load.",
            )
        context = self._browser.new_context(
            base_url=self.base_url,
            viewport=screen.size,
            color_scheme=screen.colours,
            java_script_enabled=scripts,
            service_workers="allow" if workers else "block",
            locale="en-GB",
            reduced_motion="reduce",
        )
        try:
            yield _patient(context)
        finally:
            context.close()


def _patient(context: BrowserContext) -> Page:
    context.set_default_timeout(_ANSWER)
    return context.new_page()


@contextlib.contextmanager
def browsing(base_url: str, trust: Path | None = None) -> Iterator[Browsing]:
    """Start the browser of this machine, and end it.

    Args:
        base_url: Where it looks.
        trust: Authorities in PEM that it trusts beside those that it knows.

    Raises:
        NotGiven: There is none, or it cannot be told whom to trust.
        NotCollected: It does not start, or does not do what it is told.
    """
    command = next(filter(None, map(shutil.which, _NAMES)), None)
    if command is None:
        raise NotGiven(Reason.BROWSER, remedy="install Chromium, so that it is on the PATH.")
    trust = trust if base_url.startswith("https:") else None
    try:
        with home(trust) as environment, _playwright(trust) as playwright:
            browser = playwright.chromium.launch(
                executable_path=command,
                args=_FLAGS,
                env={**environment} if environment else None,
            )
            try:
                yield Browsing(browser, base_url)
            finally:
                browser.close()
    except BrowserError as error:
        raise NotCollected(
            f"the browser gave up on {base_url}: {error.message.splitlines()[0]}.",
            remedy="see whether the site answers, and run again.",
        ) from error


@contextlib.contextmanager
def _playwright(trust: Path | None) -> Iterator[Playwright]:
    with contextlib.ExitStack() as ends:
        with node_trusting(trust):
            running = ends.enter_context(sync_playwright())
        yield running


def settle(page: Page) -> None:
    """Wait until a page asks for nothing any more; not for one that never stops."""
    with contextlib.suppress(TooSlow):
        page.wait_for_load_state("networkidle", timeout=_REST)


def settled(page: Page, path: str) -> None:
    """Open a page and let it come to rest."""
    page.goto(path, wait_until="load")
    settle(page)


def ask(page: Page, script: Script, argument: object = None) -> Any:
    """Return what one of our own scripts says of a page."""
    text = (files("assurance") / "collectors/browser" / script).read_text(encoding="utf-8")
    return page.evaluate(text, argument)


def path_of(url: str) -> str:
    """Return the path of an address."""
    return urlsplit(url).path or "/"


def until(holds: Callable[[], bool], page: Page, milliseconds: int) -> bool:
    """Wait until something holds, and return whether it came to that."""
    end = time.monotonic() + milliseconds / 1000
    while not (held := holds()) and time.monotonic() < end:
        page.wait_for_timeout(100)
    return held
