"""What a browser showed → pages, screens and links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from assurance.model.pages import (
    Call,
    ContentPolicy,
    Move,
    PageLink,
    ScreenPage,
    Seen,
    Violation,
    WebPage,
)
from assurance.model.subjects import Location, Subject
from assurance.model.unknown import unknown
from assurance.readers.kinds import Kind
from assurance.readers.state import Resource, State

_POLICY = "content-security-policy"


def read_pages(state: State) -> tuple[WebPage, ...]:
    """Return the pages that the browser opened."""
    return tuple(_page(each) for each in state.of("browser_page"))


def read_first_page(state: State) -> tuple[WebPage, ...]:
    """Return the page on which people begin."""
    first = {each.values["first"] for each in state.of("browser_site")}
    return tuple(_page(each) for each in state.of("browser_page") if each.values["path"] in first)


def read_screens(state: State) -> tuple[ScreenPage, ...]:
    """Return the pages on each kind of screen."""
    return tuple(_screen(each) for each in state.of("browser_screen"))


def read_links(state: State) -> tuple[PageLink, ...]:
    """Return the links that were followed."""
    return tuple(_link(each) for each in state.of("browser_link"))


def read_call(resource: Resource, number: int, call: Mapping[str, Any]) -> Call:
    """Return one request to the API; an answer that did not come has the status 0."""
    return Call(
        subject=Subject(
            id=f"{resource.id}: {call['method']} {call['path']} #{number}",
            location=Location(file=call["path"]),
            evidence=resource.digest,
        ),
        method=call["method"],
        path=call["path"],
        status=call["status"] or 0,
        traceparent=call["traceparent"],
    )


def read_violations(found: Any) -> tuple[Violation, ...]:
    """Return what axe-core found."""
    return tuple(
        Violation(
            rule=each["rule"],
            impact=each["impact"] or "minor",
            help=each["help"],
            nodes=tuple(each["nodes"]),
        )
        for each in found
    )


def _page(resource: Resource) -> WebPage:
    values = resource.values
    headers = values["headers"]
    return WebPage(
        subject=resource.subject(),
        status=_status(values["status"]),
        before=_seen(values["before"]),
        after=_seen(values["after"]),
        policies=tuple(_policies(headers.get(_POLICY, ""))),
        is_only_reported=_POLICY not in headers and f"{_POLICY}-report-only" in headers,
        ran=tuple(sorted(name for name, ran in values["injected"].items() if ran)),
        script_bytes=sum(each["bytes"] for each in values["scripts"]) + values["inline_bytes"],
        calls=tuple(
            read_call(resource, number, call) for number, call in enumerate(values["calls"], 1)
        ),
        errors=tuple(values["errors"]),
    )


def _status(status: int | None) -> int:
    return cast("int", unknown("the page did not answer")) if status is None else status


def _seen(found: Mapping[str, Any]) -> Seen:
    return Seen(title=found["title"], headings=tuple(found["headings"]), text=found["text"])


def _policies(header: str) -> Iterator[ContentPolicy]:
    """Yield the policies of a header: several are separated by commas, and each is enforced.

    Of a directive that is given twice the first counts.
    https://www.w3.org/TR/CSP3/#parse-serialized-policy
    """
    for policy in header.replace("\n", ",").split(","):
        directives: dict[str, tuple[str, ...]] = {}
        for directive in policy.split(";"):
            name, *allowed = directive.split() or [""]
            directives.setdefault(name.lower(), tuple(allowed))
        directives.pop("", None)
        if directives:
            yield ContentPolicy(directives=directives)


def _screen(resource: Resource) -> ScreenPage:
    values = resource.values
    keyboard = values["keyboard"]
    return ScreenPage(
        subject=resource.subject(),
        rules=values["rules"],
        violations=read_violations(values["violations"]),
        controls=tuple(keyboard["controls"]),
        unreached=tuple(keyboard["unreached"]),
        invisible=tuple(keyboard["invisible"]),
        is_too_wide=values["wider_than_screen"],
    )


def _link(resource: Resource) -> PageLink:
    values = resource.values
    return PageLink(
        subject=resource.subject(),
        arrived=values["arrived"],
        same_document=values["same_document"],
        headings=tuple(values["headings"]),
        back=Move(**values["back"]),
        forward=Move(**values["forward"]),
        deep_status=_status(values["deep"]["status"]),
        deep_headings=tuple(values["deep"]["headings"]),
    )


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="page",
        plural="pages",
        population=lambda view: read_pages(view.state),
        inventory=("browser_page",),
    ),
    Kind(
        noun="first page",
        plural="first pages",
        population=lambda view: read_first_page(view.state),
    ),
    Kind(
        noun="page on a screen",
        plural="pages on screens",
        population=lambda view: read_screens(view.state),
        inventory=("browser_screen",),
    ),
    Kind(
        noun="link between pages",
        plural="links between pages",
        population=lambda view: read_links(view.state),
        inventory=("browser_link",),
    ),
)
