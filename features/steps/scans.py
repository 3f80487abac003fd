"""Sentences about credentials in files."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import scans as rules


@then("no searched place holds a credential")
def places_hold_none(judge: Judge) -> None:
    """Every directory of the working tree."""
    judge.every("searched place", rules.holds_no_credential)


@then("no searched history holds a credential")
def history_holds_none(judge: Judge) -> None:
    """Every commit."""
    judge.every("searched history", rules.holds_no_credential)


@then("no input for a credential has a default")
def inputs_have_no_default(judge: Judge) -> None:
    """By the name of the input."""
    judge.system(rules.no_default_is_a_credential, judge.view.scans)
