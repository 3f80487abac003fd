"""The rules about pages, on what a browser noted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from assurance.model.findings import Finding
from assurance.model.unknown import UnknownValue
from assurance.readers.pages import read_first_page, read_links, read_pages, read_screens
from assurance.rules import pages as rules
from tests.states import managed, state
from tests.visits import LINK, PAGE, SCREEN, SITE, changed

CSP = "headers.content-security-policy"
content = partial(rules.holds_its_content, percent=70)
weight = partial(rules.stays_within_weight, kilobytes=180)


def of_page(rule: Callable[..., Finding], *change: Any) -> Finding:
    values = changed(PAGE, *change) if change else PAGE
    (page,) = read_pages(state(managed("browser_page.first", **values)))
    return rule(page)


@pytest.mark.parametrize(
    "rule",
    [
        content,
        weight,
        rules.names_itself,
        rules.opens,
        rules.forbids_inline_script,
        rules.runs_nothing_smuggled,
    ],
)
def test_a_good_page_holds(rule: Callable[..., Finding]) -> None:
    assert of_page(rule).holds


@pytest.mark.parametrize(
    ("rule", "path", "value", "actual"),
    [
        (content, "before.text", "Saws and", "40% of 5 words"),
        (content, "after.text", "", "a page without words"),
        (weight, "scripts.0.bytes", 180_001, "180.0 KB"),
        (weight, "inline_bytes", 80_001, "180.0 KB"),
        (rules.names_itself, "before.headings", [], "'Tools', no heading; then 'Tools', Tools to"),
        (rules.names_itself, "before.title", "", "'', Tools to borrow; then 'Tools'"),
        (rules.opens, "status", 404, "status 404"),
        (rules.opens, "errors", ["x is not defined"], "status 200; x is not defined"),
        (rules.runs_nothing_smuggled, "injected.handler", True, "a smuggled handler ran"),
        (rules.forbids_inline_script, "headers", {}, "there is no policy"),
        (
            rules.forbids_inline_script,
            "headers",
            {"content-security-policy-report-only": "default-src 'self'"},
            "the policy is only reported",
        ),
    ],
)
def test_a_broken_page_does_not(
    rule: Callable[..., Finding], path: str, value: Any, actual: str
) -> None:
    found = of_page(rule, path, value)

    assert not found.holds
    assert actual in found.actual


@pytest.mark.parametrize(
    ("policy", "actual"),
    [
        ("img-src 'self'", "no directive is about script"),
        ("default-src 'self' 'unsafe-inline'", "script-src-elem allows 'unsafe-inline'"),
        ("script-src 'unsafe-inline'; default-src 'none'", "script-src-elem allows"),
        ("SCRIPT-SRC 'self' 'unsafe-inline'", "script-src-elem allows"),
        ("script-src 'self'; script-src-attr 'unsafe-inline'", "script-src-attr allows"),
        ("script-src 'self' data:", "script-src-elem allows data:"),
        ("script-src 'self' 'unsafe-inline'; script-src 'self'", "script-src-elem allows"),
    ],
)
def test_a_loose_policy_is_seen(policy: str, actual: str) -> None:
    found = of_page(rules.forbids_inline_script, CSP, policy)

    assert not found.holds
    assert actual in found.actual


@pytest.mark.parametrize(
    "policy",
    [
        "default-src 'self'",
        "script-src 'nonce-abc' 'unsafe-inline'",
        "script-src 'sha256-abc=' 'self'; object-src 'none'",
        "default-src 'unsafe-inline'; script-src-elem 'self'; script-src-attr 'none'",
        "script-src 'unsafe-inline', script-src 'self'",
    ],
)
def test_a_strict_policy_holds(policy: str) -> None:
    assert of_page(rules.forbids_inline_script, CSP, policy).holds


def test_only_the_page_where_people_begin_is_weighed() -> None:
    site = managed("browser_site.site", **SITE)
    first = managed("browser_page.first", **PAGE)
    other = managed("browser_page.other", **changed(PAGE, "path", "/about"))

    (page,) = read_first_page(state(site, first, other))

    assert page.subject.id.endswith("first")


@pytest.mark.parametrize(
    ("rule", "path", "value"),
    [
        (rules.is_accessible, "rules", 0),
        (
            rules.is_accessible,
            "violations",
            [{"rule": "label", "impact": "critical", "help": "", "nodes": ["input"]}],
        ),
        (rules.is_reached_by_keyboard, "keyboard.unreached", ['div "Fold"']),
        (rules.is_reached_by_keyboard, "keyboard.controls", []),
        (rules.shows_the_focus, "keyboard.invisible", ['a "Tools"']),
        (rules.fits_the_screen, "wider_than_screen", True),
    ],
)
def test_what_keeps_people_out_is_seen(rule: Callable[..., Finding], path: str, value: Any) -> None:
    (good,) = read_screens(state(managed("browser_screen.phone", **SCREEN)))
    (bad,) = read_screens(state(managed("browser_screen.phone", **changed(SCREEN, path, value))))

    assert rule(good).holds
    assert not rule(bad).holds


def test_a_moderate_violation_is_none_of_this_requirement() -> None:
    moderate = [{"rule": "region", "impact": "moderate", "help": "", "nodes": ["div"]}]
    values = changed(SCREEN, "violations", moderate)
    (page,) = read_screens(state(managed("browser_screen.phone", **values)))

    assert rules.is_accessible(page).holds


@pytest.mark.parametrize(
    ("rule", "path", "value"),
    [
        (rules.stays_in_the_document, "same_document", False),
        (rules.stays_in_the_document, "arrived", False),
        (rules.follows_back_and_forward, "back.shown", False),
        (rules.follows_back_and_forward, "forward.same_document", False),
        (rules.can_be_entered, "deep.status", 404),
        (rules.can_be_entered, "deep.headings", ["Not here"]),
    ],
)
def test_a_link_that_loses_its_way_is_seen(
    rule: Callable[..., Finding], path: str, value: Any
) -> None:
    (good,) = read_links(state(managed("browser_link.about", **LINK)))
    (bad,) = read_links(state(managed("browser_link.about", **changed(LINK, path, value))))

    assert rule(good).holds
    assert not rule(bad).holds


@pytest.mark.parametrize(
    "header",
    [
        "",
        "0af7651916cd43dd8448eb211c80319c",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    ],
)
def test_a_trace_context_is_valid_or_none(header: str) -> None:
    values = changed(PAGE, "calls.0.traceparent", header)
    (bad,) = read_pages(state(managed("browser_page.first", **values)))
    (good,) = read_pages(state(managed("browser_page.first", **PAGE)))

    assert not rules.carries_trace_context(bad.calls[0]).holds
    assert rules.carries_trace_context(good.calls[0]).holds


def test_a_page_that_did_not_answer_is_unknown() -> None:
    with pytest.raises(UnknownValue, match="did not answer"):
        of_page(rules.opens, "status", None)
