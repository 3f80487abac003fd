"""Steps about audit: what is recorded of the account, and who watches it."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import audit as rules


@then("a trail records the management events of all regions")
def management_events_are_recorded(judge: Judge) -> None:
    """Validated, encrypted, switched on."""
    judge.system(rules.is_recorded, judge.view.audit, made_of=("aws_cloudtrail",))


@then("every trail is kept in a private bucket that refuses deletion")
def trails_are_kept(judge: Judge) -> None:
    """Private, versioned, locked."""
    judge.every("trail", rules.keeps_its_trail)


@then("the configuration of the account is recorded continuously")
def configuration_is_recorded(judge: Judge) -> None:
    """By a recorder that is on."""
    recorder = ("aws_config_configuration_recorder",)
    judge.system(rules.watches_compliance, judge.view.audit, made_of=recorder)


@then("the account is watched for threats")
def threats_are_watched(judge: Judge) -> None:
    """By a detector that is on."""
    judge.system(rules.watches_threats, judge.view.audit, made_of=("aws_guardduty_detector",))
