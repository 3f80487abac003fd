"""Sentences about the pages of a frontend."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import pages as rules


@then("every page holds its content before any script runs")
def holds_its_content(judge: Judge) -> None:
    """Its words, for the most part."""
    judge.every("page", rules.holds_its_content, percent=judge.limit("percent"))


@then("every page has its title and heading before any script runs")
def names_itself(judge: Judge) -> None:
    """As they stay."""
    judge.every("page", rules.names_itself)


@then("every page opens with no broken script")
def opens(judge: Judge) -> None:
    """It answers, and its scripts run to their end."""
    judge.every("page", rules.opens)


@then("every link is followed without a full reload")
def stays_in_the_document(judge: Judge) -> None:
    """The first link of each page."""
    judge.every("link between pages", rules.stays_in_the_document)


@then("back and forward lead to the pages that were shown")
def follows_back_and_forward(judge: Judge) -> None:
    """Without a full reload."""
    judge.every("link between pages", rules.follows_back_and_forward)


@then("the address of every page can be opened on its own")
def can_be_entered(judge: Judge) -> None:
    """By somebody who was never there before."""
    judge.every("link between pages", rules.can_be_entered)


@then("the policy of every page forbids unsafe inline script")
def forbids_inline_script(judge: Judge) -> None:
    """By an enforced header."""
    judge.every("page", rules.forbids_inline_script)


@then("no page runs a script that was smuggled in")
def runs_nothing_smuggled(judge: Judge) -> None:
    """Neither a script nor a handler."""
    judge.every("page", rules.runs_nothing_smuggled)


@then("no page has a serious accessibility violation")
def is_accessible(judge: Judge) -> None:
    """On a phone and on a desktop, in dark and in light."""
    judge.every("page on a screen", rules.is_accessible)


@then("every control is reached by keyboard")
def is_reached_by_keyboard(judge: Judge) -> None:
    """With the Tab key."""
    judge.every("page on a screen", rules.is_reached_by_keyboard)


@then("every control shows when it has the focus")
def shows_the_focus(judge: Judge) -> None:
    """To whoever looks."""
    judge.every("page on a screen", rules.shows_the_focus)


@then("every page fits the width of its screen")
def fits_the_screen(judge: Judge) -> None:
    """Nobody scrolls sideways."""
    judge.every("page on a screen", rules.fits_the_screen)


@then("the first page stays within its weight budget")
def stays_within_weight(judge: Judge) -> None:
    """Of script, compressed."""
    judge.every("first page", rules.stays_within_weight, kilobytes=judge.limit("kilobytes"))


@then("every request of a page to the API carries a trace context")
def carries_trace_context(judge: Judge) -> None:
    """So that it can be followed from the browser on."""
    judge.every("request of a page", rules.carries_trace_context)
