"""Sentences about buckets."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import buckets as rules


@then("every bucket is private")
def is_private(judge: Judge) -> None:
    """By a public access block of its own or of its account."""
    judge.every("bucket", rules.is_private)


@then("every bucket is encrypted")
def is_encrypted(judge: Judge) -> None:
    """As the configuration states it."""
    judge.every("bucket", rules.is_encrypted)


@then("every bucket is versioned")
def is_versioned(judge: Judge) -> None:
    """So that what is overwritten can be restored."""
    judge.every("bucket", rules.is_versioned)


@then("every bucket is reached over TLS only")
def refuses_plain_transport(judge: Judge) -> None:
    """By its policy."""
    judge.every("bucket", rules.refuses_plain_transport)


@then("every bucket has a lifecycle")
def has_lifecycle(judge: Judge) -> None:
    """So that it does not grow for ever."""
    judge.every("bucket", rules.has_lifecycle)
