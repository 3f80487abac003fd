"""Sentences about a site as an application of its own."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import web_applications as rules


@then("every site has a manifest")
def has_manifest(judge: Judge) -> None:
    """With what it takes to be installed."""
    judge.every("site", rules.has_manifest)


@then("every site has true icons in all sizes")
def has_icons(judge: Judge) -> None:
    """That are what the manifest says."""
    judge.every("site", rules.has_icons)


@then("every site has a service worker")
def has_worker(judge: Judge) -> None:
    """That becomes active."""
    judge.every("site", rules.has_worker)


@then("every site opens without a network")
def opens_without_network(judge: Judge) -> None:
    """In a browser that was there before."""
    judge.every("site", rules.opens_without_network)


@then("every site serves a newer release once it is opened again")
def updates_after_release(judge: Judge) -> None:
    """At the latest."""
    judge.every("site", rules.updates_after_release)


@then("every site tells who is there of a newer release")
def tells_of_release(judge: Judge) -> None:
    """Unless the release takes over by itself."""
    judge.every("site", rules.tells_of_release)
