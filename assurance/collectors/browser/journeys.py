"""Goes the ways of people through a frontend, with the pointer and with the keyboard alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Locator, Page, Request, Response

from assurance.collectors.browser.accessibility import violations
from assurance.collectors.browser.browsing import PHONE, Browsing, ask, path_of, settle
from assurance.collectors.browser.refusals import writing_troubles
from assurance.collectors.browser.steps import Element, Journey, Step

_APPEARS = 15_000
_PRESENT = 3_000
_TABS = 150
"""How many presses of Tab a person may need to come to an element."""


def journey_facts(browsing: Browsing, journey: Journey, api: str, means: str) -> dict[str, Any]:
    """Return how far somebody came, and what they asked of the API on the way.

    Args:
        browsing: The browser.
        journey: What they want.
        api: What the paths of the API begin with.
        means: `pointer`, on a desktop, or `keyboard`, on a phone-sized window.
    """
    with browsing.visit(PHONE) if means == "keyboard" else browsing.visit() as page:
        writes: list[dict[str, Any]] = []
        page.on("response", lambda answer: _note(answer, api, writes))
        steps = [dict(done) for done in _walked(page, journey, means)]
        completed = all(step["outcome"] != "failed" for step in steps)
        return {
            "journey": journey.name,
            "means": means,
            "steps": steps,
            "completed": completed and len(steps) == len(journey.whole),
            "writes": writes,
            "end": ask(page, "seen.js")["headings"],
            "violations": violations(page)["violations"] if completed else [],
        }


def _note(answer: Response, api: str, writes: list[dict[str, Any]]) -> None:
    request: Request = answer.request
    if path_of(request.url).startswith(api) and request.method not in ("GET", "HEAD", "OPTIONS"):
        writes.append(
            {
                "method": request.method,
                "path": path_of(request.url),
                "status": answer.status,
                "traceparent": request.headers.get("traceparent", ""),
            }
        )


def _walked(page: Page, journey: Journey, means: str) -> Iterator[dict[str, str]]:
    for step in journey.whole:
        outcome, fault = _outcome(page, step, means)
        yield {"step": str(step), "outcome": outcome, "fault": fault, "at": path_of(page.url)}
        if outcome == "failed":
            return


def _outcome(page: Page, step: Step, means: str) -> tuple[str, str]:
    try:
        done = do(page, step, means)
    except BrowserError as error:
        return "failed", error.message.splitlines()[0]
    except KeyError as error:
        return "failed", f"the environment variable {error} is not set"
    return ("done" if done else "left out"), ""


def do(page: Page, step: Step, means: str = "pointer") -> bool:
    """Do a step; False where it was left out because its element is not there."""
    if step.element is None:
        page.goto(urljoin(page.url, step.path) if "://" in page.url else step.path)
        settle(page)
        return True
    element = found(page, step.element)
    if step.when_shown and not _appears(element, _PRESENT):
        return False
    element.wait_for(state="visible", timeout=_APPEARS)
    if step.action == "fill":
        element.fill(os.environ[step.variable] if step.variable else step.value)
    elif step.action != "see":
        _operate(page, element, step, means)
        settle(page)
    return True


def found(page: Page, element: Element) -> Locator:
    """Return an element as assistive technology finds it."""
    role: Any = element.role
    return page.get_by_role(role, name=element.name, exact=element.exact).first


def _appears(element: Locator, milliseconds: int) -> bool:
    try:
        element.wait_for(state="visible", timeout=milliseconds)
    except BrowserError:
        return False
    return True


def _operate(page: Page, element: Locator, step: Step, means: str) -> None:
    """Click, or come there by Tab and press what operates it."""
    if means == "pointer":
        element.check() if step.action == "check" else element.click()
        return
    for _ in range(_TABS):
        if element.evaluate("(element) => element === document.activeElement"):
            page.keyboard.press("Space" if step.action == "check" else "Enter")
            return
        page.keyboard.press("Tab")
    raise BrowserError(f"{step.element} is not reached by {_TABS} presses of Tab")


def refused_writes(browsing: Browsing, journey: Journey, api: str) -> Iterator[dict[str, Any]]:
    """Go to the first step that writes, and try it while the API is in trouble; then end the way.

    What the journey had begun is undone by its own later steps.
    """
    with browsing.visit() as page:
        steps = list(journey.whole)
        at = next((index for index, step in enumerate(steps) if step.writes), None)
        if at is None or not all(
            _outcome(page, step, "pointer")[0] != "failed" for step in steps[:at]
        ):
            return
        element = steps[at].element
        assert element is not None, "only steps on elements write"
        yield from writing_troubles(
            page, api, str(steps[at]), lambda: found(page, element).click(timeout=_PRESENT)
        )
