"""The published schema is heard field by field, whatever alternatives it lists.

The schema of the tests is a small one of our own; Harness's is used where the user has it.
"""

from __future__ import annotations

import copy
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assurance.collectors.harness import HarnessRequest, cache_key, collect_harness
from assurance.collectors.harness.published_schema import compare
from assurance.collectors.harness.schema_mending import mended
from assurance.readers.definition_places import EXECUTION, STAGE, STAGE_SPEC, STEP, STEP_SPEC

VARIABLE = "ASSURANCE_HARNESS_SCHEMA"
REFERENCE = Path(__file__).parents[3]


def node(type_: str, **spec: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["identifier", "type"],
        "properties": {
            "type": {"type": "string", "enum": [type_]},
            "identifier": {"type": "string", "pattern": "^[a-z_]+$"},
            "spec": {"type": "object", **spec},
        },
    }


SMALL: dict[str, Any] = {
    "type": "object",
    "required": ["pipeline"],
    "properties": {"pipeline": {"$ref": "#/definitions/pipeline/whole"}},
    "definitions": {
        "pipeline": {
            "whole": {
                "type": "object",
                "properties": {
                    "steps": {
                        "type": "array",
                        "items": {
                            "properties": {
                                "step": {
                                    "oneOf": [
                                        {"$ref": "#/definitions/pipeline/steps/Run"},
                                        {"$ref": "#/definitions/pipeline/steps/Scan"},
                                        {"type": "object", "required": ["template"]},
                                    ]
                                }
                            }
                        },
                    }
                },
            },
            "steps": {
                "Run": node(
                    "Run",
                    required=["command"],
                    properties={
                        "command": {"type": "string"},
                        "env": {
                            "oneOf": [{"type": "object"}, {"pattern": "^<.*>$", "type": "string"}]
                        },
                    },
                ),
                "Scan": node(
                    "Scan",
                    oneOf=[{"required": ["image"]}, {"required": ["repository"]}],
                    properties={"target": {"properties": {"type": {"enum": ["a", "b"]}}}},
                ),
                "Odd": {
                    "properties": {"$schema": "text", "x": None, "y": [], "z": {"minLength": None}}
                },
            },
        }
    },
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A directory with the small schema."""
    (tmp_path / "pipeline.json").write_text(json.dumps(SMALL), encoding="utf-8")
    return tmp_path


def record(**step: Any) -> dict[str, Any]:
    return {
        "type": "harness_pipeline",
        "values": {"steps": [{"step": step}]},
        "lines": {"": 1, "/steps/0/step": 3, "/steps/0/step/spec": 5},
        "file": "a.yaml",
        "line": 1,
    }


def test_what_the_schema_accepts_has_no_deviations(small: Path) -> None:
    good = record(identifier="a", type="Run", spec={"command": "x", "env": "<+input>"})

    assert compare(good, small) == []


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (
            {"identifier": "a", "name": "try it", "type": "Run", "spec": {}},
            "step 'try it' (Run): `spec.command` is missing (a.yaml:5)",
        ),
        (
            {"identifier": "a", "type": "Run", "spec": {"command": 5}},
            "step 'a' (Run): `spec.command` 5 is not of type string (a.yaml:5)",
        ),
        (
            {"identifier": "A", "type": "Run", "spec": {"command": "x"}},
            "step 'A' (Run): `identifier` 'A' has not the form ^[a-z_]+$ (a.yaml:3)",
        ),
        (
            {"type": "Run", "spec": {"command": "x"}},
            "a step (Run): `identifier` is missing (a.yaml:3)",
        ),
        (
            {"identifier": "a", "type": "Ran", "spec": {}},
            "step 'a' (Ran): `type` 'Ran' does not exist here (a.yaml:3)",
        ),
        (
            {"identifier": "a", "type": "Scan", "spec": {}},
            "step 'a' (Scan): one of `spec.image`, `spec.repository` is missing (a.yaml:5)",
        ),
        (
            {"identifier": "a", "type": "Scan", "spec": {"image": "x", "target": {"type": "c"}}},
            "step 'a' (Scan): `spec.target.type` 'c' is not one of 'a', 'b' (a.yaml:5)",
        ),
        (
            {"identifier": "a", "type": "Run", "spec": {"command": "x", "env": "text"}},
            "step 'a' (Run): `spec.env` 'text' has not the form ^<.*>$ (a.yaml:5)",
        ),
    ],
)
def test_a_deviation_names_the_step_the_field_and_the_line(
    small: Path, step: dict[str, Any], said: str
) -> None:
    assert compare(record(**step), small) == [said]


def test_a_kind_without_a_schema_is_not_compared(small: Path) -> None:
    assert compare({**record(), "type": "harness_service"}, small) is None
    assert compare({**record(), "type": "harness_trigger"}, small) is None


@pytest.mark.parametrize("content", ["{", '{"$ref": "#/nowhere"}', '{"type": "nothing"}', "\xff"])
def test_a_schema_of_no_use_is_said_to_be(tmp_path: Path, content: str) -> None:
    (tmp_path / "pipeline.json").write_bytes(content.encode("latin-1"))

    found = compare(record(), tmp_path)

    assert found["$unknown"].startswith("the schema pipeline.json cannot be used: ")


def test_only_what_is_no_schema_is_taken_out_of_a_schema() -> None:
    sound = dict(SMALL["definitions"]["pipeline"]["steps"])
    odd = sound.pop("Odd")

    assert mended(odd) == {"properties": {"z": {}}}
    assert mended(sound) == sound
    assert mended({"enum": [None, 1], "const": None, "default": None}) == {
        "enum": [None, 1],
        "const": None,
        "default": None,
    }


def test_the_evidence_holds_what_the_schema_refuses(small: Path) -> None:
    (small / "harness").mkdir()
    (small / "harness/a.yaml").write_text(
        "pipeline:\n  steps:\n    - step:\n        identifier: a\n        type: Ran\n"
    )
    request = HarnessRequest(system=small, directories=(Path("harness"),))
    with_schema = HarnessRequest(system=small, directories=(Path("harness"),), schema=small)

    (without,) = collect_harness(request)["resources"]
    (compared,) = collect_harness(with_schema)["resources"]

    assert "deviations" not in without
    assert compared["deviations"] == [
        "step 'a' (Ran): `type` 'Ran' does not exist here (harness/a.yaml:3)"
    ]
    assert cache_key(request) != cache_key(with_schema)


@pytest.fixture(scope="session")
def published() -> Path:
    """The directory of Harness's own schema; the test is skipped where the user has none."""
    directory = os.environ.get(VARIABLE)
    if not directory:
        pytest.skip(f"no schema was supplied in {VARIABLE}")
    return Path(directory)


@pytest.fixture(scope="session")
def reference(published: Path) -> dict[str, dict[str, Any]]:
    """The reference definitions, compared with it, by address."""
    request = HarnessRequest(system=REFERENCE, directories=(Path("harness"),), schema=published)
    return {found["address"]: found for found in collect_harness(request)["resources"]}


def test_the_reference_definitions_follow_the_published_schema(
    reference: dict[str, dict[str, Any]],
) -> None:
    compared = {
        name: found["deviations"] for name, found in reference.items() if "deviations" in found
    }

    assert len(compared) > 20
    assert all(deviations == [] for deviations in compared.values()), compared


def steps_in(values: Any, type_: str) -> Iterator[dict[str, Any]]:
    if isinstance(values, dict):
        if isinstance(values.get("step"), dict) and values["step"].get("type") == type_:
            yield values["step"]
        values = list(values.values())
    for item in values if isinstance(values, list) else ():
        yield from steps_in(item, type_)


@pytest.mark.parametrize(
    ("type_", "change", "said"),
    [
        (
            "AquaTrivy",
            lambda step: step["spec"]["target"].update(type="docker"),
            "`spec.target.type` 'docker' is not one of 'repository', 'container'",
        ),
        ("AquaTrivy", lambda step: step["spec"].pop("mode"), "`spec.mode` is missing"),
        (
            "Run",
            lambda step: step.update(type="HarnessApproval"),
            "`type` 'HarnessApproval' does not exist here",
        ),
        (
            "Run",
            lambda step: step.update(timeout="10 minutes"),
            "`timeout` '10 minutes' has not the form",
        ),
        ("BuildAndPushECR", lambda step: step["spec"].pop("region"), "`spec.region` is missing"),
        (
            "BuildAndPushECR",
            lambda step: step["spec"].update(tags=5),
            "`spec.tags` 5 is not of type array",
        ),
    ],
)
def test_a_slip_in_one_step_is_said_of_that_step_alone(
    reference: dict[str, dict[str, Any]],
    published: Path,
    type_: str,
    change: Callable[[dict[str, Any]], Any],
    said: str,
) -> None:
    broken = copy.deepcopy(reference["harness_pipeline.workshop_ci"])
    changed = next(steps_in(broken["values"], type_))
    change(changed)
    started = time.process_time()

    (deviation,) = compare(broken, published)

    assert time.process_time() - started < 2
    assert deviation.startswith(f"step '{changed['name']}' ({changed['type']}): {said}")
    assert len(deviation) < 400


def test_no_field_that_the_schema_knows_in_a_place_is_called_stray_there(published: Path) -> None:
    schema = mended(json.loads((published / "pipeline.json").read_text(encoding="utf-8")))
    steps, stages = 0, 0
    for name, found in nodes(schema):
        own, spec = fields(found, schema)
        if name.endswith("StageNode"):
            stages += 1
            assert not own & STAGE.keys(), name
            assert not spec & STAGE_SPEC.keys(), name
        else:
            steps += 1
            assert not own & STEP.keys(), name
            assert not spec & STEP_SPEC.keys(), name

    assert steps > 300
    assert stages > 10
    assert not {"steps", "rollbackSteps"} & EXECUTION.keys()


def nodes(schema: Any) -> Iterator[tuple[str, Any]]:
    """Yield the definitions of stages and steps."""
    pipeline = schema["definitions"]["pipeline"]
    for area in (*pipeline["steps"].values(), *pipeline["stages"].values()):
        for name, found in area.items():
            if name.endswith("Node") and "type" in found.get("properties", {}):
                yield name, found


def fields(node_: Any, schema: Any) -> tuple[set[str], set[str]]:
    """Return the fields of a stage or step, and those of its spec."""
    own = properties(node_, schema)
    return set(own) - {"spec"}, set(properties(own.get("spec", {}), schema))


def properties(part: Any, schema: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while "$ref" in part:
        target = schema
        for name in part["$ref"].removeprefix("#/").split("/"):
            target = target[name]
        part = target
    for key in ("allOf", "oneOf", "anyOf"):
        for inner in part.get(key, ()):
            found |= properties(inner, schema)
    if "then" in part:
        found |= properties(part["then"], schema)
    found |= part.get("properties", {})
    return found
