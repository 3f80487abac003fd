"""What must hold for the answers to bad input, and for the headers of all answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from assurance.model.api import Answer, BadInput, Response, SlowClients
from assurance.model.findings import Finding, NotApplicable, Verdict
from assurance.model.unknown import UnknownValue
from assurance.rules.lists import listing

WANTED: Mapping[str, tuple[int, ...]] = {
    "malformed JSON": (400, 422),
    "another type": (400, 422),
    "deep nesting": (400, 413, 422),
    "huge body": (413,),
    "another content type": (415,),
    "an unknown path": (404,),
    "another method": (405,),
    "a path that climbs": (400, 404, 422),
    "meta-characters of SQL": (200, 400, 404, 422),
    "too many requests": (429,),
}
"""What is wrong with the input → the statuses that say so (RFC 9110, RFC 6585)."""

_TRACE = re.compile(
    r"Traceback \(most recent call last\)|\bFile \"[^\"]+\", line \d+|^\s+at [\w.$<>]+ ?\(.*:\d+|"
    r"\.(py|js|mjs|java|rb|go):\d+|psycopg|sqlalchemy|SQLSTATE|syntax error at or near|"
    r"root:[^:\n]*:0:0:",
    re.MULTILINE | re.IGNORECASE,
)
"""Forms of stack traces and of what databases and files say, in the languages of the web."""

_MEDIA = "application/problem+json"
_VERSION = re.compile(r"\d+\.\d+|/\d")
_BANNERS = ("server", "x-powered-by", "x-aspnet-version", "x-runtime", "via")


def gets_its_status(bad: BadInput) -> Finding:
    """The status says what is wrong with the input."""
    wanted = WANTED[bad.fault]
    return Finding(
        holds=bad.answer.status in wanted,
        expected=f"status {listing(wanted, 'or')}",
        actual=_told(bad.answer),
    )


def gets_a_problem(bad: BadInput) -> Finding:
    """A refusal is a problem document (RFC 9457) that tells the status it came with."""
    answer = bad.answer
    if 0 < answer.status < 400:
        return Finding(holds=True, expected="a problem document, if refused", actual=_told(answer))
    media = answer.headers.get("content-type", "").partition(";")[0]
    told = answer.told
    agrees = told.get("status", answer.status) == answer.status
    fine = media == _MEDIA and agrees and bool(told.get("title") or told.get("type"))
    return Finding(
        holds=answer.status > 0 and fine,
        expected=f"{_MEDIA} with type or title, of the same status",
        actual=f"{media or 'nothing'}, {_told(answer)}"
        + ("" if agrees else f", which says {told.get('status')}"),
    )


def shows_nothing_inside(bad: BadInput) -> Finding:
    """No stack trace, and nothing of what a database or a file says."""
    found = _TRACE.search(bad.answer.body)
    return Finding(
        holds=found is None and bad.answer.status > 0,
        expected="nothing of what is inside",
        actual=f"it shows {found[0].strip()[:80]!r}" if found else _told(bad.answer),
    )


def is_limited(inputs: Iterable[BadInput], *, fault: str) -> Finding:
    """What is too much is refused as such, wherever it was tried."""
    tried = [each for each in inputs if each.fault == fault]
    wrong = [each for each in tried if each.answer.status not in WANTED[fault]]
    return Finding(
        holds=bool(tried) and not wrong,
        expected=f"status {listing(WANTED[fault])} for every {fault}",
        actual=listing(f"{each.subject}: {_told(each.answer)}" for each in wrong)
        or (f"{len(tried)} refused" if tried else "none was tried"),
    )


def says_when_to_come_again(bad: BadInput) -> Verdict:
    """Who asks too often is told how long to wait."""
    if bad.fault != "too many requests":
        return NotApplicable("other_input")
    wait = bad.answer.headers.get("retry-after", "")
    return Finding(
        holds=bad.answer.status == 429 and bool(wait),
        expected="status 429 with Retry-After",
        actual=f"{_told(bad.answer)}, Retry-After {wait or 'missing'}",
    )


def carries(response: Response | BadInput, *, headers: Iterable[str]) -> Finding:
    """Every wanted header is there; over plain HTTP nobody heeds Strict-Transport-Security.

    RFC 6797, 7.2: a server must not send that header over plain HTTP.
    """
    wanted = [name for name in headers if response.over_tls or name != "Strict-Transport-Security"]
    missing = [name for name in wanted if not response.answer.headers.get(name.lower())]
    return Finding(
        holds=not missing and response.answer.status > 0,
        expected=f"the headers {listing(wanted)}",
        actual=f"without {listing(missing)}" if missing else "all of them",
    )


def has_no_banner(response: Response | BadInput) -> Finding:
    """No header tells which software of which version answers."""
    told = [
        f"{name}: {value}"
        for name, value in sorted(response.answer.headers.items())
        if name in _BANNERS and (name != "server" or _VERSION.search(value))
    ]
    return Finding(
        holds=not told and response.answer.status > 0,
        expected="no header that names software and version",
        actual=listing(told) or "none",
    )


def leaves_room(slow: SlowClients) -> Finding:
    """Somebody else is answered, be it with a refusal, while clients are slow."""
    return Finding(
        holds=0 < slow.meanwhile.status < 500,
        expected="an answer to somebody else",
        actual=_told(slow.meanwhile),
    )


def are_sent_away(slow: SlowClients, *, seconds: int) -> Finding:
    """None of them keeps its connection longer than the limit; unknown where nobody looked so long.

    Raises:
        UnknownValue: Some were still there when the looking ended, which was before the limit.
    """
    times = [slow.watched if each is None else each for each in slow.ended]
    late = [each for each in times if each > seconds]
    staying = sum(each is None for each in slow.ended)
    if staying and not late:
        raise UnknownValue(
            f"{staying} of {len(times)} were still there when the looking ended, after"
            f" {slow.watched:g} s, of the {seconds} s that they may stay"
        )
    return Finding(
        holds=bool(times) and not late,
        expected=f"answered or hung up on within {seconds} s",
        actual=f"{staying} of {len(times)} stayed for {slow.watched:g} s"
        if staying
        else f"the last one went after {max(times, default=0):g} s",
    )


def _told(answer: Answer) -> str:
    return f"status {answer.status}" if answer.status else f"no answer ({answer.error})"
