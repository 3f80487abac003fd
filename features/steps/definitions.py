"""Sentences about definitions of Harness as they are written."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import definitions as rules


@then("every definition file can be read")
def is_readable(judge: Judge) -> None:
    """To its last document."""
    judge.every("definition file", rules.is_readable)


@then("every definition has its fields where they take effect")
def has_fields_in_place(judge: Judge) -> None:
    """Not a level above or below."""
    judge.every("definition", rules.has_fields_in_place)


@then("every pipeline runs something in each of its stages")
def runs_something(judge: Judge) -> None:
    """The published schema accepts one without stages."""
    judge.every("pipeline", rules.runs_something)


@then("every definition has valid identifiers")
def has_valid_identifiers(judge: Judge) -> None:
    """Its own and those in it."""
    judge.every("definition", rules.has_valid_identifiers)


@then("every definition has valid names")
def has_valid_names(judge: Judge) -> None:
    """Its own and those in it."""
    judge.every("definition", rules.has_valid_names)


@then("every definition gives each of its parts an identifier of its own")
def has_no_doubles(judge: Judge) -> None:
    """Within a stage or group."""
    judge.every("definition", rules.has_no_doubles)


@then("every definition is the only one of its entity")
def is_only_one(judge: Judge) -> None:
    """Across files."""
    judge.every("definition", rules.is_only_one)


@then("every definition takes services and environments only from earlier stages")
def borrows_from_earlier_stages(judge: Judge) -> None:
    """Where it takes them from stages."""
    judge.every("definition", rules.borrows_from_earlier_stages)


@then("every definition is free of templates that use themselves")
def is_not_recursive(judge: Judge) -> None:
    """Not through others either."""
    judge.every("definition", rules.is_not_recursive)


@then("every definition writes its timeouts as Harness reads them")
def has_valid_timeouts(judge: Judge) -> None:
    """With units."""
    judge.every("definition", rules.has_valid_timeouts)


@then("every step is bounded by a timeout")
def is_bounded(judge: Judge) -> None:
    """Its own, or one around it."""
    judge.every("step", rules.is_bounded)


@then("every input set fits its pipeline")
def fits_pipeline(judge: Judge) -> None:
    """Each value goes into an input."""
    judge.every("input set", rules.fits_pipeline)


@then("every definition gives its templates only inputs that they take")
def fits_templates(judge: Judge) -> None:
    """Where it gives any."""
    judge.every("definition", rules.fits_templates)


@then("every definition follows the published schema")
def follows_schema(judge: Judge) -> None:
    """Where somebody supplies it."""
    judge.every("definition", rules.follows_schema)
