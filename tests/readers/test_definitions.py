"""Definitions are read with their files, and steps with what bounds them."""

from __future__ import annotations

import time
from typing import Any

import pytest

from assurance.model.definitions import DefinitionFile
from assurance.model.pipeline_walks import steps_of
from assurance.rules import definitions as rules
from tests.harness_states import definition, harness_view

PIPELINE: dict[str, Any] = {
    "identifier": "release",
    "name": "release",
    "stages": [
        {
            "stage": {
                "identifier": "live",
                "name": "live",
                "type": "Custom",
                "spec": {
                    "execution": {
                        "steps": [
                            {
                                "stepGroup": {
                                    "identifier": "checks",
                                    "name": "checks",
                                    "steps": [
                                        {
                                            "step": {
                                                "identifier": "check",
                                                "name": "check",
                                                "type": "ShellScript",
                                                "spec": {},
                                            }
                                        }
                                    ],
                                }
                            }
                        ]
                    }
                },
            }
        }
    ],
}


def unread(file: str, fault: str, line: int = 3) -> dict[str, Any]:
    made = definition("harness_file", {"fault": fault}, file=file)
    return {**made, "address": f"harness_file.{file}", "line": line}


def files(*definitions: dict[str, Any]) -> tuple[DefinitionFile, ...]:
    return harness_view(*definitions).definitions.files


def test_a_file_that_was_read_holds_and_stands_for_what_is_in_it() -> None:
    (file,) = files(definition("harness_pipeline", PIPELINE, file="a.yaml"))

    assert rules.is_readable(file).holds
    assert file.subject.id == "a.yaml"
    assert file.subject.parts == ("harness_pipeline.release",)


def test_a_file_of_which_a_part_was_not_read_fails_as_a_whole() -> None:
    good = definition("harness_pipeline", PIPELINE, file="a.yaml")

    (file,) = files(good, unread("a.yaml", "not valid YAML (line 3)"))

    found = rules.is_readable(file)
    assert not found.holds
    assert found.actual == "not valid YAML (line 3)"
    assert file.subject.location.line == 3
    assert set(file.subject.parts) == {"harness_pipeline.release", "harness_file.a.yaml"}


def test_files_that_hold_nothing_readable_are_subjects_too() -> None:
    first, second = files(unread("b.yaml", "x"), definition("harness_secret", {}, file="a.yaml"))

    assert (first.subject.id, second.subject.id) == ("a.yaml", "b.yaml")
    assert not rules.is_readable(second).holds


def bounded(**timeouts: str) -> bool:
    """Judge the one step when `step`, `group`, `stage` or `pipeline` state a timeout."""
    (item,) = PIPELINE["stages"]
    (wrapped,) = item["stage"]["spec"]["execution"]["steps"]
    (inner,) = wrapped["stepGroup"]["steps"]
    step = {**inner["step"], "timeout": timeouts.get("step", "")}
    group = {
        **wrapped["stepGroup"],
        "timeout": timeouts.get("group", ""),
        "steps": [{"step": step}],
    }
    stage = {
        **item["stage"],
        "timeout": timeouts.get("stage", ""),
        "spec": {"execution": {"steps": [{"stepGroup": group}]}},
    }
    made = {**PIPELINE, "timeout": timeouts.get("pipeline", ""), "stages": [{"stage": stage}]}
    view = harness_view(definition("harness_pipeline", made))
    (pipeline,) = view.pipelines
    (placed,) = steps_of(pipeline)
    return rules.is_bounded(placed.step).holds


@pytest.mark.parametrize("level", ["step", "group", "stage", "pipeline"])
def test_a_step_ends_when_anything_around_it_does(level: str) -> None:
    assert bounded(**{level: "10m"})


def test_a_step_that_nothing_bounds_fails() -> None:
    assert not bounded()


def test_definitions_are_read_in_time_that_grows_with_their_number() -> None:
    def seconds(number: int) -> float:
        made = [
            definition("harness_pipeline", {**PIPELINE, "identifier": f"p{n}"})
            for n in range(number)
        ]
        view = harness_view(*made)
        started = time.process_time()
        assert len(view.definitions.definitions) == number
        return time.process_time() - started

    seconds(50)

    # Linear is ten times as long, quadratic a hundred times; collecting garbage comes on top.
    assert seconds(4000) < 40 * min(seconds(400), seconds(400))
