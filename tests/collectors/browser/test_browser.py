"""A real browser at a small site: what is well made is seen to be, and so is every fault."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from assurance.collectors.browser import (
    BrowserRequest,
    Element,
    Journey,
    Step,
    collect_browser,
)
from assurance.collectors.browser.browsing import browsing
from assurance.collectors.browser.journeys import refused_writes
from assurance.collectors.browser.offline import application_facts
from assurance.errors import NotCollected, NotGiven
from assurance.model.findings import Finding
from assurance.model.web_applications import WebApplication
from assurance.readers.journeys import read_calls, read_journeys, read_troubles
from assurance.readers.pages import read_first_page, read_links, read_pages, read_screens
from assurance.readers.state import State
from assurance.readers.web_applications import read_web_applications
from assurance.rules import journeys, pages, web_applications
from tests.collectors.browser.small_site import serving
from tests.states import managed, state

BORROW = Journey(
    name="A neighbour borrows a saw",
    steps=(
        Step(action="open", path="/"),
        Step(action="click", element=Element(role="link", name="About")),
        Step(action="see", element=Element(role="heading", name="About the tool library")),
        Step(action="click", element=Element(role="button", name="Give it back"), when_shown=True),
        Step(action="sign_in"),
        Step(
            action="click",
            element=Element(role="button", name="Borrow a saw", exact=True),
            writes=True,
        ),
        Step(action="see", element=Element(role="status", name="")),
    ),
    sign_in=(Step(action="click", element=Element(role="link", name="Tools")),),
)
TROUBLES = {"slow", "away", "500", "429", "403", "401"}
BAD = (
    *("content by script", "no policy", "reloading links", "no deep links"),
    *("no manifest", "no worker", "silent", "no trace"),
    *("unlabelled", "hidden focus", "unreachable", "wide", "heavy"),
)
"""Every fault that a single visit can show."""

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.takes(120)]

Looks = dict[str, Future[Any]]


@pytest.fixture(scope="module", autouse=True)
def chromium() -> None:
    """The browser of this machine."""
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        pytest.skip("tool missing: chromium")


def collected(*faults: str) -> State:
    with serving(*faults) as base_url:
        body = collect_browser(
            BrowserRequest(
                base_url=base_url, pages=("/", "/about"), api="/api/", journeys=(BORROW,)
            )
        )
    json.dumps(body)  # evidence is JSON
    return State([(body, "sha256:x")])


def installed(*faults: str) -> WebApplication:
    with serving(*faults) as base_url, browsing(base_url) as browser:
        values = application_facts(browser, ("/",))
    found = managed("browser_application.site", **values)
    (site,) = read_web_applications(state(found))
    return site


def silent_writes() -> State:
    with serving("silent") as base_url, browsing(base_url) as browser:
        trials = list(refused_writes(browser, BORROW, "/api/"))
    site = managed("browser_site.site", given={"journeys": True, "sign_in": True})
    return state(site, *(managed(f"browser_trouble.{each['trouble']}", **each) for each in trials))


@pytest.fixture(scope="module")
def looks() -> Iterator[Looks]:
    """Everything that is looked at, side by side: nearly all of it is waiting for what never comes.

    In threads of their own the browsers also start where another test's is open.
    """
    with ThreadPoolExecutor(max_workers=3) as pool:
        yield {
            "bad": pool.submit(collected, *BAD),
            "silent writes": pool.submit(silent_writes),
            "good": pool.submit(collected),
            "small icons": pool.submit(installed, "small icons", "silent"),
            "forgetful": pool.submit(installed, "worker without cache"),
        }


@pytest.fixture(scope="module")
def good(looks: Looks) -> State:
    """The site as it should be."""
    found: State = looks["good"].result()
    return found


@pytest.fixture(scope="module")
def bad(looks: Looks) -> State:
    """The site with every fault that a single visit can show."""
    found: State = looks["bad"].result()
    return found


def judged(population: tuple[Any, ...], rule: Callable[..., Any], **limits: Any) -> set[bool]:
    assert population, "nothing was judged"
    verdicts = [rule(record, **limits) for record in population]
    return {verdict.holds for verdict in verdicts if isinstance(verdict, Finding)}


PAGES: list[tuple[Callable[..., Any], dict[str, int]]] = [
    (pages.holds_its_content, {"percent": 80}),
    (pages.names_itself, {}),
    (pages.forbids_inline_script, {}),
    (pages.runs_nothing_smuggled, {}),
]
SCREENS = [
    pages.is_accessible,
    pages.is_reached_by_keyboard,
    pages.shows_the_focus,
]
SITE = [
    web_applications.has_manifest,
    web_applications.has_icons,
    web_applications.has_worker,
    web_applications.opens_without_network,
    web_applications.updates_after_release,
    web_applications.tells_of_release,
]


@pytest.mark.parametrize(("rule", "limits"), PAGES)
def test_pages_are_told_apart(
    good: State, bad: State, rule: Callable[..., Any], limits: dict[str, int]
) -> None:
    assert judged(read_pages(good), rule, **limits) == {True}
    assert False in judged(read_pages(bad)[:1], rule, **limits)


def test_weight_is_what_was_transferred(good: State, bad: State) -> None:
    assert judged(read_first_page(good), pages.stays_within_weight, kilobytes=180) == {True}
    assert judged(read_first_page(bad), pages.stays_within_weight, kilobytes=180) == {False}


@pytest.mark.parametrize("rule", SCREENS)
def test_screens_are_told_apart(good: State, bad: State, rule: Callable[..., Any]) -> None:
    assert judged(read_screens(good), rule) == {True}
    assert False in judged(read_screens(bad), rule)


def test_a_page_that_is_too_wide_is_seen(good: State, bad: State) -> None:
    assert judged(read_screens(good), pages.fits_the_screen) == {True}
    assert judged(read_screens(bad)[:2], pages.fits_the_screen) == {False}


def test_links_are_followed_in_the_document(good: State, bad: State) -> None:
    for rule in (pages.stays_in_the_document, pages.follows_back_and_forward):
        assert judged(read_links(good), rule) == {True}
        assert judged(read_links(bad), rule) == {False}
    assert judged(read_links(good), pages.can_be_entered) == {True}
    assert False in judged(read_links(bad), pages.can_be_entered)


@pytest.mark.parametrize("rule", SITE)
def test_an_application_is_told_from_a_site(
    good: State, bad: State, rule: Callable[..., Any]
) -> None:
    assert judged(read_web_applications(good), rule) == {True}
    assert judged(read_web_applications(bad), rule) == {False}


def test_icons_smaller_than_they_say_are_seen(looks: Looks) -> None:
    site = looks["small icons"].result()

    assert not web_applications.has_icons(site).holds
    assert web_applications.updates_after_release(site).holds
    assert not web_applications.tells_of_release(site).holds


def test_a_worker_that_keeps_nothing_does_not_open_offline(looks: Looks) -> None:
    site = looks["forgetful"].result()

    assert web_applications.has_worker(site).holds
    assert not web_applications.opens_without_network(site).holds


@pytest.mark.parametrize("writes", [False, True])
def test_every_trouble_is_tried_and_told(good: State, *, writes: bool) -> None:
    troubles = read_troubles(good, writes=writes)

    assert {trouble.kind for trouble in troubles} == TROUBLES
    assert judged(troubles, journeys.tells_understandably) == {True}
    assert judged(troubles, journeys.stays_readable) == {True}
    if not writes:
        assert judged(troubles, journeys.leads_on) == {True}


def test_a_page_that_is_silent_in_trouble_is_seen(bad: State) -> None:
    troubles = read_troubles(bad, writes=False)

    assert judged(troubles, journeys.tells_understandably) == {False}


def test_an_action_that_is_silent_in_trouble_is_seen(looks: Looks) -> None:
    troubles = read_troubles(looks["silent writes"].result(), writes=True)

    assert {trouble.kind for trouble in troubles} == TROUBLES
    assert judged(troubles, journeys.tells_understandably) == {False}


def test_a_journey_that_breaks_before_it_writes_tries_no_action(bad: State) -> None:
    assert read_troubles(bad, writes=True) == ()
    assert judged(read_journeys(bad, "pointer"), journeys.is_completed) == {False}


def test_a_journey_is_completed_by_pointer_and_by_keyboard(good: State) -> None:
    (pointer,) = read_journeys(good, "pointer")
    (keyboard,) = read_journeys(good, "keyboard")

    assert [taken.outcome for taken in pointer.steps].count("left out") == 1
    assert journeys.is_completed(pointer).holds
    assert [call.status for call in pointer.writes] == [201]
    assert journeys.can_be_walked(keyboard).holds
    assert journeys.ends_accessibly(pointer).holds


def test_what_is_asked_of_the_api_carries_a_trace(good: State, bad: State) -> None:
    assert judged(read_calls(good), pages.carries_trace_context) == {True}
    assert judged(read_calls(bad), pages.carries_trace_context) == {False}
    assert {call.method for call in read_calls(good)} == {"GET", "POST"}


def test_a_site_that_is_away_is_no_evidence() -> None:
    with serving() as base_url:
        pass

    with pytest.raises(NotCollected, match="does not answer a browser"):
        collect_browser(BrowserRequest(base_url=base_url, pages=("/",), api="/api/"))


def test_without_a_browser_nothing_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(NotGiven, match="no browser is installed"):
        collect_browser(BrowserRequest(base_url="http://127.0.0.1:9", pages=("/",), api="/api/"))
