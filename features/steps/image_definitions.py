"""Sentences about how images are declared."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import image_definitions as rules
from assurance.rules import image_dependencies as dependencies


@then("every image is built in stages")
def built_in_stages(judge: Judge) -> None:
    """The last copies from an earlier one."""
    judge.every("image definition", rules.is_built_in_stages)


@then("no image ships a compiler")
def ships_no_compiler(judge: Judge) -> None:
    """Nor headers, nor a package manager of its language."""
    judge.every("image definition", rules.ships_no_compiler)


@then("no image ships a package cache")
def ships_no_package_cache(judge: Judge) -> None:
    """Left by what the last stage installs."""
    judge.every("image definition", rules.ships_no_package_cache)


@then("no image ships tests")
def ships_no_tests(judge: Judge) -> None:
    """Copied from the context."""
    judge.every("image definition", rules.ships_no_tests)


@then("every image starts from a slim base")
def starts_from_slim_base(judge: Judge) -> None:
    """What the budget begins with."""
    judge.every("image definition", dependencies.starts_from_slim_base)


@then("every image runs as a numeric user other than root")
def runs_as_numeric_user(judge: Judge) -> None:
    """The last USER."""
    judge.every("image definition", rules.runs_as_numeric_user)


@then("every image has pinned bases")
def has_pinned_bases(judge: Judge) -> None:
    """By digest or exact version."""
    judge.every("image definition", dependencies.has_pinned_bases)


@then("every image installs its dependencies from a lock file with hashes")
def installs_from_lock(judge: Judge) -> None:
    """In every stage."""
    judge.every("image definition", dependencies.installs_from_lock)


@then("no image fetches anything without a checksum")
def fetches_nothing_unchecked(judge: Judge) -> None:
    """By ADD."""
    judge.every("image definition", dependencies.fetches_nothing_unchecked)


@then("every image installs its dependencies before it copies its source")
def installs_before_source(judge: Judge) -> None:
    """So that a change of the source reuses the layer."""
    judge.every("image definition", dependencies.installs_before_source)


@then("every image declares a health check")
def declares_health_check(judge: Judge) -> None:
    """The last HEALTHCHECK."""
    judge.every("image definition", rules.declares_health_check)


@then("every image stops on SIGTERM")
def stops_on_sigterm(judge: Judge) -> None:
    """Its process 1 hears the signal."""
    judge.every("image definition", rules.stops_on_sigterm)
