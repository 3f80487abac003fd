"""Sentences about the content delivery network."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import distributions as rules


@then("every distribution delivers over TLS")
def distributions_deliver_over_tls(judge: Judge) -> None:
    """No path is served over plain HTTP."""
    judge.every("distribution", rules.delivers_over_tls)


@then("every distribution refuses old versions of TLS")
def distributions_refuse_old_tls(judge: Judge) -> None:
    """TLS 1.2 is the oldest."""
    judge.every("distribution", rules.refuses_old_tls)


@then("every distribution hides its origins")
def distributions_hide_their_origins(judge: Judge) -> None:
    """Nobody reaches an origin past the distribution."""
    judge.every("distribution", rules.hides_its_origins)
