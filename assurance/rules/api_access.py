"""What must hold for who may call an API, and what callers may do."""

from __future__ import annotations

from http import HTTPStatus

from assurance.model.api import Possession, Reach, RoleTrials, TokenTrials
from assurance.model.findings import Finding
from assurance.model.unknown import UnknownValue
from assurance.rules.lists import listing

_REFUSED = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)


def knows_good_token(trials: TokenTrials) -> Finding:
    """Without that, refusing everybody would look like care."""
    status = trials.statuses.get("valid", 0)
    return Finding(
        holds=status not in (0, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN),
        expected="a caller with a valid token is not refused",
        actual=_told(status),
    )


def refuses(trials: TokenTrials, *, token: str) -> Finding:
    """The answer to a bad token is 401, and nothing else.

    Raises:
        UnknownValue: Nobody here could make such a token.
    """
    if token in trials.untried:
        raise UnknownValue(f"no such token could be made: {trials.untried[token]}")
    status = trials.statuses.get(token, 0)
    return Finding(
        holds=status == HTTPStatus.UNAUTHORIZED,
        expected="status 401",
        actual=_told(status),
    )


def admits_its_roles_only(trials: RoleTrials) -> Finding:
    """Holders of its roles get in, holders of others do not."""
    admitted = {role for role, status in trials.statuses.items() if status not in (0, *_SHUT)}
    strangers = {
        role
        for role, status in trials.statuses.items()
        if role not in trials.roles and status not in _REFUSED
    }
    refused = trials.roles & trials.statuses.keys() - admitted
    wrong = [f"{role}: {_told(trials.statuses[role])}" for role in sorted(strangers | refused)]
    return Finding(
        holds=not wrong and bool(trials.statuses.keys() - trials.roles),
        expected=f"only {listing(sorted(trials.roles), 'or')} may call it",
        actual=listing(wrong) or f"{listing(sorted(trials.statuses))} were told apart",
    )


_SHUT = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


def is_made_and_seen(possession: Possession) -> Finding:
    """Its owner made it and sees it; else that strangers do not would mean nothing."""
    return Finding(
        holds=possession.created == HTTPStatus.CREATED and possession.seen == HTTPStatus.OK,
        expected="made (201), and seen by its owner (200)",
        actual=f"{_told(possession.created)} when made, {_told(possession.seen)} when looked at",
    )


def stops_strangers(reach: Reach) -> Finding:
    """A stranger is refused, or is shown a list without it; and nothing changes."""
    kept_out = reach.status in _REFUSED or (reach.lists and reach.status == HTTPStatus.OK)
    effects = ("shown to the stranger",) * reach.shows + (
        "changed by the stranger",
    ) * reach.changes
    return Finding(
        holds=kept_out and not effects,
        expected="status 403 or 404, and nothing shown or changed",
        actual=listing((_told(reach.status), *effects)),
    )


def _told(status: int) -> str:
    return f"status {status}" if status else "no answer"
