"""Rules about APIs: what conforms, what does not, and what was never tried."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.api import (
    Answer,
    BadInput,
    Burst,
    Possession,
    Probe,
    Reach,
    Response,
    RoleTrials,
    SlowClients,
    TokenTrials,
    TriedOperation,
)
from assurance.model.findings import Finding, NotApplicable
from assurance.model.subjects import Location, Subject
from assurance.model.unknown import UnknownValue
from assurance.rules import api, api_access, api_refusals

SUBJECT = Subject(id="it", location=Location(file="it"))


def answer(status: int = 400, body: str = "{}", **headers: str) -> Answer:
    told = {"title": "Bad", "status": status}
    media = {"content-type": "application/problem+json"}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(
        status=status, headers=media | named, body=body, told=told, milliseconds=1, error=""
    )


def bad(fault: str, found: Answer) -> BadInput:
    return BadInput(subject=SUBJECT, fault=fault, over_tls=True, answer=found)


def tried(**changes: Any) -> TriedOperation:
    fields: dict[str, Any] = {
        "announced": frozenset({"200", "404"}),
        "statuses": {"200": 3, "405": 1},
        "failures": {},
        "errors": (),
    }
    return TriedOperation(subject=SUBJECT, **(fields | changes))


def test_an_operation_keeps_its_word() -> None:
    assert api.was_tried(tried()).holds
    assert api.keeps_its_word(tried()).holds
    assert api.answers_announced(tried()).holds


@pytest.mark.parametrize(
    ("rule", "changes", "actual"),
    [
        (api.was_tried, {"statuses": {}}, "0 requests were answered"),
        (api.was_tried, {"errors": ("no answer came",)}, "no answer came"),
        (api.keeps_its_word, {"failures": {"schema": "no title"}}, "schema: no title"),
        (api.keeps_its_word, {"statuses": {}}, "it was not tried"),
        (api.answers_announced, {"statuses": {"200": 1, "500": 2}}, "500"),
        (api.answers_announced, {"statuses": {}}, "it was not tried"),
    ],
)
def test_an_operation_that_breaks_its_word_fails(
    rule: Any, changes: dict[str, Any], actual: str
) -> None:
    finding = rule(tried(**changes))

    assert not finding.holds
    assert finding.actual == actual


@pytest.mark.parametrize("announced", ["5XX", "default"])
def test_a_status_may_be_announced_by_its_class(announced: str) -> None:
    operation = tried(announced=frozenset({announced, "200"}), statuses={"500": 1})

    assert api.answers_announced(operation).holds


@pytest.mark.parametrize(
    ("name", "away", "status", "holds"),
    [
        ("live", False, 200, True),
        ("ready", False, 503, False),
        ("live", True, 200, True),
        ("live", True, 503, False),
        ("ready", True, 503, True),
        ("ready", True, 200, False),
        ("ready", True, 0, False),
    ],
)
def test_liveness_and_readiness_differ_when_the_database_is_away(
    name: str, away: bool, status: int, holds: bool
) -> None:
    probe = Probe(subject=SUBJECT, name=name, without_database=away, answer=answer(status))

    finding = api.answers_health(probe, name=name, without_database=away)

    assert isinstance(finding, Finding)
    assert finding.holds is holds
    assert isinstance(api.answers_health(probe, name="other", without_database=away), NotApplicable)


def burst(**changes: Any) -> Burst:
    fields: dict[str, Any] = {
        "statuses": {"200": 10, "503": 2},
        "slowest": 900.0,
        "measured": True,
        "most_connections": 8.0,
        "bound": 8.0,
    }
    return Burst(subject=SUBJECT, **(fields | changes))


def test_a_burst_is_served_within_the_pool() -> None:
    assert api.survives(burst()).holds
    assert api.ends_in_time(burst(), seconds=1).holds
    assert api.stays_within_pool(burst()).holds


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        (api.survives, {"statuses": {"503": 12}}),
        (api.survives, {"statuses": {"200": 11, "500": 1}}),
        (api.survives, {"statuses": {"200": 11, "None": 1}}),
        (api.stays_within_pool, {"most_connections": 9.0}),
        (api.stays_within_pool, {"measured": False}),
    ],
)
def test_a_burst_that_breaks_something_fails(rule: Any, changes: dict[str, Any]) -> None:
    assert not rule(burst(**changes)).holds


def test_a_burst_that_waits_too_long_or_was_never_answered_fails() -> None:
    assert not api.ends_in_time(burst(slowest=1001.0), seconds=1).holds
    assert not api.ends_in_time(burst(slowest=0.0), seconds=1).holds


@pytest.mark.parametrize("status", [200, 403, 404, 422, 500, 0])
def test_only_401_refuses_a_bad_token(status: int) -> None:
    trials = TokenTrials(subject=SUBJECT, statuses={"expired": status, "unsigned": 401}, untried={})

    assert not api_access.refuses(trials, token="expired").holds
    assert api_access.refuses(trials, token="unsigned").holds
    assert not api_access.refuses(trials, token="never tried").holds


@pytest.mark.parametrize(("status", "holds"), [(200, True), (422, True), (401, False), (0, False)])
def test_a_valid_token_must_be_known(status: int, holds: bool) -> None:
    trials = TokenTrials(subject=SUBJECT, statuses={"valid": status}, untried={})

    assert api_access.knows_good_token(trials).holds is holds


@pytest.mark.parametrize(
    ("statuses", "holds"),
    [
        ({"author": 200, "learner": 403}, True),
        ({"author": 404, "learner": 404}, True),
        ({"author": 200, "learner": 200}, False),
        ({"author": 403, "learner": 403}, False),
        ({"author": 200}, False),
        ({}, False),
    ],
)
def test_roles_open_their_own_operations_only(statuses: dict[str, int], holds: bool) -> None:
    trials = RoleTrials(subject=SUBJECT, roles=frozenset({"author"}), statuses=statuses)

    assert api_access.admits_its_roles_only(trials).holds is holds


@pytest.mark.parametrize(
    ("lists", "status", "shows", "changes", "holds"),
    [
        (False, 404, False, False, True),
        (False, 403, False, False, True),
        (True, 200, False, False, True),
        (True, 200, True, False, False),
        (False, 200, False, False, False),
        (False, 422, False, False, False),
        (False, 403, False, True, False),
    ],
)
def test_strangers_are_kept_out(
    lists: bool, status: int, shows: bool, changes: bool, holds: bool
) -> None:
    reach = Reach(subject=SUBJECT, lists=lists, status=status, shows=shows, changes=changes)

    assert api_access.stops_strangers(reach).holds is holds


@pytest.mark.parametrize(
    ("created", "seen", "holds"), [(201, 200, True), (201, 404, False), (422, 0, False)]
)
def test_an_owner_sees_what_was_made(created: int, seen: int, holds: bool) -> None:
    possession = Possession(subject=SUBJECT, created=created, seen=seen)

    assert api_access.is_made_and_seen(possession).holds is holds


@pytest.mark.parametrize("fault", sorted(api_refusals.WANTED))
def test_no_bad_input_may_break_the_service(fault: str) -> None:
    good = api_refusals.WANTED[fault][-1]

    assert api_refusals.gets_its_status(bad(fault, answer(good))).holds
    assert not api_refusals.gets_its_status(bad(fault, answer(500))).holds
    assert not api_refusals.gets_its_status(bad(fault, answer(0))).holds


def test_a_refusal_is_a_problem_document_of_its_status() -> None:
    fault = "malformed JSON"
    html = answer(400, content_type="text/html")

    assert api_refusals.gets_a_problem(bad(fault, answer())).holds
    assert not api_refusals.gets_a_problem(bad(fault, html)).holds
    lying = Answer(
        status=400,
        headers={"content-type": "application/problem+json"},
        body="",
        told={"title": "Bad", "status": 200},
        milliseconds=1,
        error="",
    )
    assert api_refusals.gets_a_problem(bad(fault, lying)).actual.endswith("which says 200")


@pytest.mark.parametrize(
    "body",
    [
        "Traceback (most recent call last):",
        'File "/app/x.py", line 3, in <module>',
        "    at Object.<anonymous> (/app/server.js:3:5)",
        "psycopg.errors.SyntaxError",
        "root:x:0:0:root:/root:/bin/bash",
    ],
)
def test_what_is_inside_is_not_shown(body: str) -> None:
    found = bad("malformed JSON", answer(400, body))

    assert not api_refusals.shows_nothing_inside(found).holds
    assert api_refusals.shows_nothing_inside(bad("malformed JSON", answer())).holds


def test_too_much_must_have_been_tried_and_refused() -> None:
    huge = bad("huge body", answer(413))
    taken = bad("huge body", answer(201))

    assert api_refusals.is_limited([huge], fault="huge body").holds
    assert not api_refusals.is_limited([huge, taken], fault="huge body").holds
    assert api_refusals.is_limited([], fault="huge body").actual == "none was tried"


def test_who_asks_too_often_is_told_when_to_come_again() -> None:
    fault = "too many requests"
    told = api_refusals.says_when_to_come_again(bad(fault, answer(429, retry_after="2")))
    silent = api_refusals.says_when_to_come_again(bad(fault, answer(429)))

    assert isinstance(told, Finding)
    assert told.holds
    assert isinstance(silent, Finding)
    assert not silent.holds


def test_security_headers_are_all_there() -> None:
    names = ("Strict-Transport-Security", "X-Content-Type-Options")
    both = answer(strict_transport_security="max-age=1", x_content_type_options="nosniff")
    one = answer(x_content_type_options="nosniff")

    assert api_refusals.carries(bad("another type", both), headers=names).holds
    finding = api_refusals.carries(bad("another type", one), headers=names)
    assert finding.actual == "without Strict-Transport-Security"
    plain = BadInput(subject=SUBJECT, fault="another type", over_tls=False, answer=one)
    assert api_refusals.carries(plain, headers=names).holds


@pytest.mark.parametrize(
    ("headers", "holds"),
    [
        ({}, True),
        ({"server": "proxy"}, True),
        ({"server": "nginx/1.27.0"}, False),
        ({"x_powered_by": "Express"}, False),
    ],
)
def test_no_banner_names_software_and_version(headers: dict[str, str], holds: bool) -> None:
    refused = bad("another type", answer(400, "{}", **headers))

    assert api_refusals.has_no_banner(refused).holds is holds


@pytest.mark.parametrize("rule", [api.was_tried, api.keeps_its_word])
def test_an_operation_that_only_turned_callers_away_was_not_looked_at(rule: Any) -> None:
    with pytest.raises(UnknownValue, match="only 401 and 405 came back"):
        rule(tried(statuses={"401": 40, "405": 2}))


@pytest.mark.parametrize(
    ("announced", "statuses", "holds"),
    [
        ({"201"}, {"201": 1, "404": 9}, True),
        ({"200"}, {"204": 1}, True),
        ({"302", "404"}, {"302": 2}, True),
        ({"200"}, {"500": 1, "404": 3}, False),
        ({"200"}, {"503": 3}, False),
    ],
)
def test_an_operation_did_what_it_is_for(
    announced: set[str], statuses: dict[str, int], holds: bool
) -> None:
    found = api.succeeds(tried(announced=frozenset(announced), statuses=statuses))

    assert found.holds is holds


@pytest.mark.parametrize(
    ("statuses", "told"),
    [({"404": 16}, "only 404 × 16"), ({"304": 1, "422": 2}, "only 304 × 1 and"), ({}, "no answer")],
)
def test_an_operation_that_never_succeeded_is_unknown_and_says_what_to_give(
    statuses: dict[str, int], told: str
) -> None:
    with pytest.raises(UnknownValue, match=f"{told}.*under `bodies` or `parameters`"):
        api.succeeds(tried(statuses=statuses))


def test_a_token_that_nobody_could_make_leaves_its_refusal_unknown() -> None:
    trials = TokenTrials(
        subject=SUBJECT, statuses={"missing": 401}, untried={"unsigned": "they are no JWTs"}
    )

    assert api_access.refuses(trials, token="missing").holds
    with pytest.raises(UnknownValue, match="they are no JWTs"):
        api_access.refuses(trials, token="unsigned")


@pytest.mark.parametrize("status", [200, 201, 204, 302])
def test_good_answers_are_held_to_the_same_headers(status: int) -> None:
    def response(found: Answer) -> Response:
        return Response(subject=SUBJECT, over_tls=True, answer=found)

    guarded = answer(status, x_content_type_options="nosniff")

    assert api_refusals.carries(response(guarded), headers=["X-Content-Type-Options"]).holds
    bare = api_refusals.carries(response(answer(status)), headers=["X-Content-Type-Options"])
    assert bare.actual == "without X-Content-Type-Options"
    assert api_refusals.has_no_banner(response(guarded)).holds
    banner = answer(status, server="gunicorn/23.0.0")
    assert not api_refusals.has_no_banner(response(banner)).holds


def slow(*ended: float | None, watched: float = 75.0, status: int = 200) -> SlowClients:
    return SlowClients(subject=SUBJECT, meanwhile=answer(status), ended=ended, watched=watched)


@pytest.mark.parametrize(
    ("ended", "holds", "told"),
    [
        ((10.0, 12.5), True, "the last one went after 12.5 s"),
        ((0.0, 60.0), True, "the last one went after 60 s"),
        ((10.0, 60.1), False, "the last one went after 60.1 s"),
        ((10.0, None), False, "1 of 2 stayed for 75 s"),
        ((), False, "the last one went after 0 s"),
    ],
)
def test_slow_clients_are_sent_away_in_time(
    ended: tuple[float | None, ...], holds: bool, told: str
) -> None:
    found = api_refusals.are_sent_away(slow(*ended), seconds=60)

    assert (found.holds, found.actual) == (holds, told)


def test_who_did_not_look_long_enough_does_not_know() -> None:
    with pytest.raises(UnknownValue, match=r"1 of 2 were still there .* after 75 s, of the 90 s"):
        api_refusals.are_sent_away(slow(10.0, None), seconds=90)

    assert not api_refusals.are_sent_away(slow(91.0, None, watched=92.0), seconds=90).holds


@pytest.mark.parametrize(
    ("status", "holds"), [(200, True), (401, True), (429, True), (503, False), (0, False)]
)
def test_somebody_else_is_answered_while_clients_are_slow(status: int, holds: bool) -> None:
    assert api_refusals.leaves_room(slow(1.0, status=status)).holds is holds
