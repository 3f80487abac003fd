"""Sentences about an API: its document, its health, its limits."""

from __future__ import annotations

from pytest_bdd import given, parsers, then

from assurance.judge import Judge
from assurance.model.judgements import Reason
from assurance.rules import api as rules
from assurance.rules import api_access, api_documents, api_refusals, database_pools

_NEEDS = {
    "tokens": ("people", Reason.ISSUER),
    "an issuer of tokens": ("issuer", Reason.ISSUER),
    "the backend itself": ("backend", Reason.BACKEND),
    "a twin without its database": ("twin", Reason.TWIN),
    "metrics of the pool": ("metrics", Reason.METRICS),
    "a rate that may be exceeded": ("rate", Reason.RATE),
}


@given(parsers.parse("{what} to look at the API with"))
def needed(judge: Judge, what: str) -> None:
    """The run may do without."""
    name, reason = _NEEDS[what]
    judge.need(given=lambda: name in judge.view.api.given, otherwise=reason)


@then("every served document is valid OpenAPI")
def is_valid(judge: Judge) -> None:
    """By the schema of its own version."""
    judge.every("served document", rules.is_valid)


@then("every operation answers the requests that its description allows and forbids")
def was_tried(judge: Judge) -> None:
    """Made by a generator."""
    judge.every("operation", rules.was_tried)


@then("every operation is seen to succeed")
def succeeds(judge: Judge) -> None:
    """At least once."""
    judge.every("operation", rules.succeeds)


@then("every operation answers with an announced status")
def answers_announced(judge: Judge) -> None:
    """Or refuses a method that it does not have."""
    judge.every("operation", rules.answers_announced)


@then("every operation answers as its schemas say")
def keeps_its_word(judge: Judge) -> None:
    """Bodies, headers, content types, refusals."""
    judge.every("operation", rules.keeps_its_word)


@then("the liveness of the backend says that it lives")
def lives(judge: Judge) -> None:
    """With its database."""
    judge.every("probe of health", rules.answers_health, name="live", without_database=False)


@then("the readiness of the backend says that it is ready")
def is_ready(judge: Judge) -> None:
    """With its database."""
    judge.every("probe of health", rules.answers_health, name="ready", without_database=False)


@then("the liveness of the twin says that it lives")
def twin_lives(judge: Judge) -> None:
    """Without its database."""
    judge.every("probe of health", rules.answers_health, name="live", without_database=True)


@then("the readiness of the twin says that it is not ready")
def twin_is_not_ready(judge: Judge) -> None:
    """Without its database."""
    judge.every("probe of health", rules.answers_health, name="ready", without_database=True)


@then("every burst of requests is answered, or told to come again")
def survives(judge: Judge) -> None:
    """Nothing breaks."""
    judge.every("burst of requests", rules.survives)


@then("no request of a burst waits longer than the limit")
def ends_in_time(judge: Judge) -> None:
    """For a connection, or for anything else."""
    judge.every("burst of requests", rules.ends_in_time, seconds=judge.limit("seconds"))


@then("no burst of requests takes more connections than the pool holds")
def stays_within_pool(judge: Judge) -> None:
    """By the application's own metrics."""
    judge.every("burst of requests", rules.stays_within_pool)


@then("every protected operation knows a valid token")
def knows_good_token(judge: Judge) -> None:
    """The control of all other trials."""
    judge.every("protected operation", api_access.knows_good_token)


@then(parsers.parse('every protected operation refuses the token "{kind}"'))
def refuses(judge: Judge, kind: str) -> None:
    """With status 401."""
    judge.every("protected operation", api_access.refuses, token=kind)


@then("every operation of certain roles admits these only")
def admits_its_roles_only(judge: Judge) -> None:
    """By what its description says."""
    judge.every("operation of certain roles", api_access.admits_its_roles_only)


@then("every possession is seen by its owner")
def is_made_and_seen(judge: Judge) -> None:
    """The control of the trials of strangers."""
    judge.every("possession", api_access.is_made_and_seen)


@then("no stranger sees or changes what somebody else owns")
def stops_strangers(judge: Judge) -> None:
    """Neither of the same role nor of another one."""
    judge.every("reach of a stranger", api_access.stops_strangers)


@then("every bad input gets the status that says what is wrong")
def gets_its_status(judge: Judge) -> None:
    """Of HTTP."""
    judge.every("bad input", api_refusals.gets_its_status)


@then("every refusal of a bad input is a problem document")
def gets_a_problem(judge: Judge) -> None:
    """RFC 9457."""
    judge.every("bad input", api_refusals.gets_a_problem)


@then("no answer to a bad input shows what is inside")
def shows_nothing_inside(judge: Judge) -> None:
    """No stack trace."""
    judge.every("bad input", api_refusals.shows_nothing_inside)


@then(parsers.parse('every input with "{fault}" is refused as too much'))
def is_limited(judge: Judge, fault: str) -> None:
    """Wherever it was tried; and it was tried."""
    judge.system(lambda: api_refusals.is_limited(judge.view.api.inputs, fault=fault))


@then("whoever asks too often is told when to come again")
def says_when_to_come_again(judge: Judge) -> None:
    """By Retry-After."""
    judge.every("bad input", api_refusals.says_when_to_come_again)


@then("others are answered while clients are slow")
def leaves_room(judge: Judge) -> None:
    """At the same moment, on a connection of their own."""
    judge.every("way of being slow", api_refusals.leaves_room)


@then("every slow client is sent away in time")
def are_sent_away(judge: Judge) -> None:
    """With an answer or without."""
    judge.every("way of being slow", api_refusals.are_sent_away, seconds=judge.limit("seconds"))


@then(parsers.parse("the security headers are there for every {noun}"))
def carries(judge: Judge, noun: str) -> None:
    """All of them."""
    judge.every(noun, api_refusals.carries, headers=judge.limit("headers"))


@then(parsers.parse("no software is named for any {noun}"))
def has_no_banner(judge: Judge, noun: str) -> None:
    """Nor its version."""
    judge.every(noun, api_refusals.has_no_banner)


@then("every application that is a backend keeps a valid description of its API")
def describes_its_api(judge: Judge) -> None:
    """OpenAPI, of any version."""
    judge.every("application", api_documents.describes_its_api)


@then("every database pool is bounded")
def is_bounded(judge: Judge) -> None:
    """By the arguments in the code."""
    judge.every("database pool", database_pools.is_bounded)


@then("every database pool is limited in time")
def is_limited_in_time(judge: Judge) -> None:
    """Waiting, connecting, asking."""
    judge.every("database pool", database_pools.is_limited_in_time)


@then("every database pool notices dead connections")
def notices_dead_connections(judge: Judge) -> None:
    """Before they are used."""
    judge.every("database pool", database_pools.notices_dead_connections)


@then("every database pool encrypts its connections")
def pool_is_encrypted(judge: Judge) -> None:
    """As it is written, or as the services set it."""
    services = judge.view.services.services
    judge.every("database pool", database_pools.is_encrypted, services)
