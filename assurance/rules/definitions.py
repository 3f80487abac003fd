"""What must hold of definitions as they are written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from assurance.model.definitions import (
    Borrowing,
    Definition,
    DefinitionFile,
    Input,
    InputSet,
    Part,
    Stray,
)
from assurance.model.findings import Finding, NotApplicable, Verdict, each
from assurance.model.pipeline_walks import stages_in
from assurance.model.pipelines import Hidden, Pipeline, Stage, Step
from assurance.model.unknown import UnknownValue
from assurance.rules.lists import listing

T = TypeVar("T")

_IDENTIFIER: Final = re.compile(r"[a-zA-Z_][0-9a-zA-Z_]{0,127}")
_NAME: Final = re.compile(r"[a-zA-Z0-9_.-][-0-9a-zA-Z_\s.]{0,127}")
_TIMEOUT: Final = re.compile(r"([1-9]\d*[wdhm]|[1-9]\d+s)(\s?\d+[wdhms])*")
"""The forms that Harness takes; seconds alone have two digits.

https://developer.harness.io/docs/platform/references/entity-identifier-reference and
…/docs/platform/pipelines/failure-handling/timeout-settings
"""


def is_readable(file: DefinitionFile) -> Finding:
    """Nothing in it was left out because it could not be read."""
    return Finding(
        holds=not file.faults,
        expected="a file that is read as its author wrote it",
        actual=listing(file.faults) if file.faults else "all of it was read",
    )


def has_fields_in_place(definition: Definition) -> Finding:
    """No field stands where it has no effect."""
    strays = tuple((part, stray) for part in definition.parts for stray in part.strays)
    return _all(strays, _in_place, "every field where Harness looks for it", "none is misplaced")


def _in_place(found: tuple[Part, Stray]) -> Finding:
    part, stray = found
    return Finding(
        holds=False,
        expected="",
        actual=f"`{stray.name}` in {part.label} has no effect there: "
        f"it belongs to {stray.belongs} ({stray.location})",
        location=stray.location,
    )


def _all(parts: Iterable[T], rule: Callable[[T], Finding], expected: str, good: str) -> Finding:
    """Name what is wrong; of what is right, only that it is."""
    found = each(parts, rule, expected=expected, none="")
    return (
        found
        if found.actual and not found.holds
        else Finding(holds=True, expected=expected, actual=good)
    )


def runs_something(pipeline: Pipeline) -> Finding:
    """It has stages, and each of them has steps or calls a pipeline."""
    hidden = next((node for node in pipeline.stages.nodes if isinstance(node, Hidden)), None)
    stages = stages_in(pipeline.stages)
    if hidden and not stages:
        raise UnknownValue(f"what it runs cannot be seen: {hidden.reason}")
    expected = "at least one stage under `stages`, and steps in each (spec.execution.steps)"
    return each(stages, _runs_steps, expected=expected, none="it has no stages, so it does nothing")


def _runs_steps(stage: Stage) -> Finding:
    holds = bool(stage.body.nodes)
    said = f"{stage.path} runs something" if holds else f"{stage.path} has no steps"
    return Finding(
        holds=holds, expected="", actual=said, location=None if holds else stage.subject.location
    )


def has_valid_identifiers(definition: Definition) -> Finding:
    """Letters, digits and underscores."""
    parts = tuple(part for part in definition.parts if part.is_named)
    expected = "identifiers of letters, digits and _, which do not begin with a digit"
    return _all(parts, _is_identified, expected, f"all {len(parts)} are valid")


def _is_identified(part: Part) -> Finding:
    return _labelled(part, part.identifier, "identifier", _IDENTIFIER)


def has_valid_names(definition: Definition) -> Finding:
    """Letters, digits, spaces and few signs."""
    parts = tuple(part for part in definition.parts if part.is_named)
    expected = "names of letters, digits, spaces, dots, - and _"
    return _all(parts, _is_named, expected, f"all {len(parts)} are valid")


def _is_named(part: Part) -> Finding:
    return _labelled(part, part.name, "name", _NAME)


_RIGHT: Final = Finding(holds=True, expected="", actual="")
"""Of what is right nothing is named."""


def _labelled(part: Part, label: object, what: str, form: re.Pattern[str]) -> Finding:
    if isinstance(label, str) and form.fullmatch(label) is not None:
        return _RIGHT
    if label == "":
        said = f"{part.label} has no {what}"
    elif not isinstance(label, str):
        said = f"the {what} of {part.label} is {label}, which is no text: write it in quotes"
    else:
        said = f"the {what} {label!r} of {part.label} is not valid"
    actual = f"{said} ({part.location})"
    return Finding(holds=False, expected="", actual=actual, location=part.location)


def has_no_doubles(definition: Definition) -> Finding:
    """Each stage, group and step has an identifier of its own where it stands."""
    parts = tuple(part for part in definition.parts if part.is_named)
    several = Counter(part.path for part in parts)
    doubles = tuple(part for part in parts if several[part.path] > 1)
    expected = "identifiers that occur once in their stage or group"
    return _all(doubles, _is_double, expected, f"all {len(parts)} are different")


def _is_double(part: Part) -> Finding:
    actual = f"{part.label} shares the identifier {part.path} ({part.location})"
    return Finding(holds=False, expected="", actual=actual, location=part.location)


def is_only_one(definition: Definition) -> Finding:
    """No other file defines the same entity."""
    others = listing(sorted(str(twin) for twin in definition.twins))
    return Finding(
        holds=not definition.twins,
        expected="one definition of a kind with this identifier in its scope",
        actual=f"also defined in {others}" if others else "no other file defines it",
    )


def borrows_from_earlier_stages(definition: Definition) -> Finding:
    """What it takes from another stage, that stage has before it."""
    expected = "services and environments taken only from stages that come before"
    number = len(definition.borrowings)
    good = f"all {number} of them are" if number else "it takes none from other stages"
    return _all(definition.borrowings, _is_earlier, expected, good)


def _is_earlier(borrowing: Borrowing) -> Finding:
    actual = (
        f"the {borrowing.what} is taken from stage {borrowing.stage}, "
        f"which does not come before ({borrowing.location})"
    )
    return Finding(
        holds=bool(borrowing.is_earlier), expected="", actual=actual, location=borrowing.location
    )


def is_not_recursive(definition: Definition) -> Finding:
    """A template does not come back to itself."""
    circle = " → ".join(definition.circle)
    return Finding(
        holds=not definition.circle,
        expected="templates that do not use themselves, not even through others",
        actual=f"it uses itself: {circle}" if circle else "it does not use itself",
    )


def has_valid_timeouts(definition: Definition) -> Finding:
    """Numbers with units, as Harness reads them."""
    expected = "timeouts such as 90s, 10m or 1h 30m"
    stated = tuple(part for part in definition.parts if part.timeout != "")
    return _all(stated, _is_timeout, expected, f"all {len(stated)} are")


def _is_timeout(part: Part) -> Finding:
    if "<+" in part.timeout or _TIMEOUT.fullmatch(part.timeout) is not None:
        return _RIGHT
    actual = f"the timeout {part.timeout!r} of {part.label} is none ({part.location})"
    return Finding(holds=False, expected="", actual=actual, location=part.location)


def is_bounded(step: Step) -> Finding:
    """It ends, at the latest when the timeout of what it stands in runs out.

    What Harness does where no timeout is written differs by step and is not documented for all of
    them, so nothing is presumed.
    """
    bound = step.bound or 0
    return Finding(
        holds=bound > 0,
        expected="a timeout on the step, its group, its stage or the pipeline",
        actual=f"it ends after {bound:g} seconds" if bound > 0 else "no timeout bounds it",
    )


def fits_pipeline(inputs: InputSet) -> Finding:
    """Everything that it gives goes into an input of the pipeline."""
    expected = f"values only for inputs of the pipeline {inputs.pipeline}"
    return _all(inputs.inputs, _fits, expected, f"all {len(inputs.inputs)} values are")


def fits_templates(definition: Definition) -> Finding:
    """Everything that it gives to a template goes into an input of that."""
    given = definition.template_inputs
    expected = "values only for inputs of the templates that it uses"
    good = f"all {len(given)} values are" if given else "it gives none"
    return _all(given, _fits, expected, good)


def _fits(given: Input) -> Finding:
    actual = f"{given.path}: {given.fault} ({given.location})"
    return Finding(holds=given.fault == "", expected="", actual=actual, location=given.location)


def follows_schema(definition: Definition) -> Verdict:
    """Harness's own schema accepts it."""
    if not definition.is_compared:
        return NotApplicable("schema_not_supplied")
    return Finding(
        holds=not definition.deviations,
        expected="what the published schema accepts",
        actual=listing(definition.deviations) if definition.deviations else "it is accepted",
    )
