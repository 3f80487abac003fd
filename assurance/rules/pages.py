"""What must hold for the pages of a frontend, as a browser shows them."""

from __future__ import annotations

import re

from assurance.model.findings import Finding
from assurance.model.pages import Call, ContentPolicy, PageLink, ScreenPage, Violation, WebPage
from assurance.rules.lists import listing

_GRAVE = ("serious", "critical")
_KILOBYTE = 1000
_WORD = re.compile(r"\w+")
_EXCUSE = re.compile(r"'(nonce-|sha256-|sha384-|sha512-)")
_TRACE = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
"""https://www.w3.org/TR/trace-context/#traceparent-header."""


def holds_its_content(page: WebPage, *, percent: int) -> Finding:
    """Of the words that its main part shows at last, enough are there before any script runs."""
    words = _WORD.findall(page.after.text.lower())
    before = set(_WORD.findall(page.before.text.lower()))
    kept = sum(word in before for word in words)
    share = 100 * kept // len(words) if words else 0
    return Finding(
        holds=bool(words) and share >= percent,
        expected=f"at least {percent}% of its words in the HTML",
        actual=f"{share}% of {len(words)} words" if words else "a page without words",
    )


def names_itself(page: WebPage) -> Finding:
    """Title and heading are those that are there before any script runs."""
    before, after = page.before, page.after
    same = before.title == after.title and before.headings == after.headings
    return Finding(
        holds=same and bool(before.title) and bool(before.headings),
        expected="title and heading in the HTML, as they stay",
        actual=f"{before.title!r}, {listing(before.headings) or 'no heading'}"
        + ("" if same else f"; then {after.title!r}, {listing(after.headings) or 'no heading'}"),
    )


def opens(page: WebPage) -> Finding:
    """It answers, and none of its scripts breaks."""
    return Finding(
        holds=page.status == 200 and not page.errors,
        expected="status 200 and no broken script",
        actual=f"status {page.status}" + "".join(f"; {error}" for error in page.errors[:2]),
    )


def stays_in_the_document(link: PageLink) -> Finding:
    """Following it needs no full reload."""
    return Finding(
        holds=link.arrived and link.same_document and bool(link.headings),
        expected="the other page without a full reload",
        actual=(
            f"{listing(link.headings) or 'a page without heading'}, "
            f"{'in the same document' if link.same_document else 'after a full reload'}"
            if link.arrived
            else "the address does not change"
        ),
    )


def follows_back_and_forward(link: PageLink) -> Finding:
    """The browser's own buttons lead back and forth, without a full reload."""
    ways = (("back", link.back), ("forward", link.forward))
    lost = [f"{name} shows another page" for name, move in ways if not move.shown]
    lost += [f"{name} reloads" for name, move in ways if not move.same_document]
    return Finding(
        holds=not lost,
        expected="the pages it was at",
        actual=listing(lost) or "the pages it was at",
    )


def can_be_entered(link: PageLink) -> Finding:
    """Its address, opened on its own, shows the same."""
    same = link.deep_headings == link.headings and bool(link.headings)
    return Finding(
        holds=link.deep_status == 200 and same,
        expected=f"status 200 and {listing(link.headings) or 'a heading'}",
        actual=f"status {link.deep_status} and {listing(link.deep_headings) or 'no heading'}",
    )


def forbids_inline_script(page: WebPage) -> Finding:
    """Some enforced policy lets neither inline scripts nor handlers run."""
    loose = [_looseness(policy) for policy in page.policies]
    strict = "" in loose
    why = "the policy is only reported" if page.is_only_reported else "there is no policy"
    return Finding(
        holds=strict,
        expected="an enforced policy without unsafe inline script",
        actual="inline script needs a nonce or a hash"
        if strict
        else listing(dict.fromkeys(loose)) or why,
    )


def _looseness(policy: ContentPolicy) -> str:
    """Return why a policy lets inline script run; empty where it does not."""
    for directive in ("script-src-elem", "script-src-attr"):
        allowed = policy.allows(directive)
        if allowed is None:
            return "no directive is about script"
        excused = any(map(_EXCUSE.match, allowed)) or "'strict-dynamic'" in allowed
        if "'unsafe-inline'" in allowed and not excused:
            return f"{directive} allows 'unsafe-inline'"
        if "data:" in allowed:
            return f"{directive} allows data:"
    return ""


def runs_nothing_smuggled(page: WebPage) -> Finding:
    """A script that somebody put into it does not run."""
    return Finding(
        holds=not page.ran,
        expected="no smuggled script runs",
        actual=f"a smuggled {listing(page.ran)} ran" if page.ran else "no smuggled script runs",
    )


def is_accessible(page: ScreenPage) -> Finding:
    """Nothing serious was found, by rules that were really tried."""
    return no_grave_violation(page.violations, tried=page.rules > 0)


def no_grave_violation(violations: tuple[Violation, ...], *, tried: bool = True) -> Finding:
    """None of the violations is serious or critical."""
    grave = [each for each in violations if each.impact in _GRAVE]
    said = [f"{each.rule} at {listing(each.nodes[:2])}" for each in grave]
    return Finding(
        holds=tried and not grave,
        expected="no serious or critical violation of WCAG 2.2 AA",
        actual="; ".join(said) or ("none" if tried else "no rule was tried"),
    )


def is_reached_by_keyboard(page: ScreenPage) -> Finding:
    """The Tab key comes to everything that can be operated."""
    return Finding(
        holds=bool(page.controls) and not page.unreached,
        expected="every control is reached by Tab",
        actual=f"not reached: {listing(page.unreached[:5])}"
        if page.unreached
        else f"{len(page.controls)} controls",
    )


def shows_the_focus(page: ScreenPage) -> Finding:
    """Whoever is somewhere sees where."""
    return Finding(
        holds=not page.invisible,
        expected="the focus is visible on every control",
        actual=f"not visible on {listing(page.invisible[:5])}" if page.invisible else "visible",
    )


def fits_the_screen(page: ScreenPage) -> Finding:
    """Nobody has to scroll sideways (WCAG 2.2, 1.4.10)."""
    return Finding(
        holds=not page.is_too_wide,
        expected="no wider than the screen",
        actual="wider than the screen" if page.is_too_wide else "fits",
    )


def stays_within_weight(page: WebPage, *, kilobytes: int) -> Finding:
    """Its scripts, compressed, are not heavier than the budget."""
    return Finding(
        holds=0 <= page.script_bytes <= kilobytes * _KILOBYTE,
        expected=f"at most {kilobytes} KB of script",
        actual=f"{page.script_bytes / _KILOBYTE:.1f} KB",
    )


def carries_trace_context(call: Call) -> Finding:
    """The request can be followed from the browser on."""
    return Finding(
        holds=bool(_TRACE.fullmatch(call.traceparent)),
        expected="a valid traceparent",
        actual=call.traceparent or "none",
    )
