"""The pages of a frontend, as a browser shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is visible on a page.

    Attributes:
        title: Of the document.
        headings: Of the first level.
        text: Of its main part.
    """

    title: str
    headings: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Call:
    """A request that a page made to the API.

    Attributes:
        subject: Method and path, and whose it was.
        method: Of HTTP.
        path: What was asked for.
        status: Of the answer.
        traceparent: The header of W3C Trace Context; empty where it was not sent.
    """

    subject: Subject
    method: str
    path: str
    status: int
    traceparent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentPolicy:
    """One content security policy: directive → what it allows."""

    directives: Mapping[str, tuple[str, ...]]

    def allows(self, directive: str) -> tuple[str, ...] | None:
        """Return what holds for a directive, by what stands in for it; None where all is allowed.

        https://www.w3.org/TR/CSP3/#directive-fallback-list
        """
        general = ("script-src", "default-src") if directive.startswith("script-src") else ()
        names = dict.fromkeys((directive, *general, "default-src"))
        return next((self.directives[name] for name in names if name in self.directives), None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WebPage:
    """One page.

    Attributes:
        subject: Its path.
        status: Of the answer.
        before: What it shows where no script runs.
        after: What it shows when its scripts have come to rest.
        policies: Content security policies that are enforced.
        is_only_reported: Whether a policy is only reported.
        ran: Which of the scripts that were smuggled in did run.
        script_bytes: What its scripts weigh as transferred, those in the page compressed.
        calls: What it asked of the API.
        errors: Scripts that broke.
    """

    subject: Subject
    status: int
    before: Seen
    after: Seen
    policies: tuple[ContentPolicy, ...]
    is_only_reported: bool
    ran: tuple[str, ...]
    script_bytes: int
    calls: tuple[Call, ...]
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A rule of axe-core that is broken."""

    rule: str
    impact: str
    help: str
    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScreenPage:
    """A page on one kind of screen.

    Attributes:
        subject: Page and screen.
        rules: How many rules were tried.
        violations: Those that are broken.
        controls: What can be operated.
        unreached: Controls that the Tab key does not come to.
        invisible: Controls on which the focus cannot be seen.
        is_too_wide: Whether it has to be scrolled sideways.
    """

    subject: Subject
    rules: int
    violations: tuple[Violation, ...]
    controls: tuple[str, ...]
    unreached: tuple[str, ...]
    invisible: tuple[str, ...]
    is_too_wide: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The browser's own way back or forward.

    Attributes:
        shown: Whether address and content followed.
        same_document: Whether the page was kept.
    """

    shown: bool
    same_document: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PageLink:
    """A link from one page to another, and what became of it.

    Attributes:
        subject: From where to where.
        arrived: Whether the address changed.
        same_document: Whether that went without a full reload.
        headings: What was shown there.
        back: The way back.
        forward: And forward again.
        deep_status: Of the answer to who opens the address on their own.
        deep_headings: What is shown to them.
    """

    subject: Subject
    arrived: bool
    same_document: bool
    headings: tuple[str, ...]
    back: Move
    forward: Move
    deep_status: int
    deep_headings: tuple[str, ...]
