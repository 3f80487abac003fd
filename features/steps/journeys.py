"""Sentences about what people do with a frontend, and about the API in trouble."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import journeys as rules


@then("every journey is completed")
def is_completed(judge: Judge) -> None:
    """In a real browser, at the base URL."""
    judge.every("journey", rules.is_completed)


@then("every journey can be walked by keyboard alone")
def can_be_walked(judge: Judge) -> None:
    """Without a pointer, on a small window."""
    judge.every("journey by keyboard", rules.can_be_walked)


@then("no journey ends at a serious accessibility violation")
def ends_accessibly(judge: Judge) -> None:
    """Where nobody gets without signing in."""
    judge.every("journey", rules.ends_accessibly)


@then("every reading of a page is answered by the API")
def is_answered(judge: Judge) -> None:
    """As long as nobody disturbs it."""
    judge.every("reading of a page", rules.is_answered)


@then("every journey writes through the API")
def writes_through_api(judge: Judge) -> None:
    """And what it writes is accepted."""
    judge.every("journey", rules.writes_through_api)


@then("every page in trouble tells of it understandably")
def pages_tell(judge: Judge) -> None:
    """To eyes and to assistive technology."""
    judge.every("page in trouble", rules.tells_understandably)


@then("every page in trouble stays readable")
def pages_stay_readable(judge: Judge) -> None:
    """It is not blank."""
    judge.every("page in trouble", rules.stays_readable)


@then("every page gets over its trouble")
def pages_lead_on(judge: Judge) -> None:
    """By itself, or by a way on that it offers."""
    judge.every("page in trouble", rules.leads_on)


@then("every action in trouble tells of it understandably")
def actions_tell(judge: Judge) -> None:
    """To eyes and to assistive technology."""
    judge.every("action in trouble", rules.tells_understandably)


@then("every action in trouble leaves the page readable")
def actions_stay_readable(judge: Judge) -> None:
    """It is not blank."""
    judge.every("action in trouble", rules.stays_readable)
