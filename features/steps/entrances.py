"""Sentences about what clients find at the entrance of a system."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import entrances as rules


@then("every entrance speaks modern TLS")
def speaks_modern_tls(judge: Judge) -> None:
    """The agreed version or a newer one, in a handshake."""
    judge.every("entrance", rules.speaks_modern_tls, version=judge.limit("version"))


@then("every handshake with an old version is refused")
def refuses_old_tls(judge: Judge) -> None:
    """Older than agreed."""
    judge.every("handshake", rules.refuses_old_tls, version=judge.limit("version"))


@then("every entrance presents a certificate that clients trust")
def is_trusted(judge: Judge) -> None:
    """Somebody vouches for it whom they trust."""
    judge.every("entrance", rules.is_trusted)


@then("every request over plain HTTP is redirected to HTTPS")
def is_redirected(judge: Judge) -> None:
    """Whatever it asks for."""
    judge.every("request over plain HTTP", rules.is_redirected)


@then("every served certificate covers the served name")
def covers_the_served_name(judge: Judge) -> None:
    """Which clients ask for."""
    judge.every("served certificate", rules.covers_the_served_name)


@then("every served certificate remains valid")
def remains_valid(judge: Judge) -> None:
    """For as long as agreed."""
    judge.every("served certificate", rules.remains_valid, days=judge.limit("days"))
