"""Sentences about backups."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import backups as rules


@then("every database is backed up automatically")
def is_backed_up(judge: Judge) -> None:
    """By itself or by a plan."""
    judge.every("database", rules.is_backed_up, judge.view.backups)


@then("every database has an encrypted copy of its backups elsewhere")
def has_copy_elsewhere(judge: Judge) -> None:
    """In another region or account."""
    judge.every("database", rules.has_copy_elsewhere, judge.view.backups)


@then("every backup vault encrypts its recovery points with a customer managed key")
def encrypts_recovery_points(judge: Judge) -> None:
    """Where AWS Backup keeps any."""
    judge.every("backup vault", rules.encrypts_recovery_points)
