"""Our policies, run for real, deny what they are for and nothing else, in every shape."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from typing import Any

import pytest

from assurance.catalogue import load
from assurance.rego.commands import REFERENCE, definitions_in, policy_files
from assurance.rego.evaluation import Evaluator, rego_of
from assurance.rego.facts import facts
from assurance.rego.payloads import merged_payload, payload
from assurance.rego.policies import own_policies, rego_text
from assurance.reshaping.definitions import Definition, Definitions
from assurance.reshaping.groups import WRAP_IN_GROUP
from assurance.reshaping.names import RENAME_ENTITY
from assurance.reshaping.parallels import WRAP_IN_PARALLEL
from assurance.reshaping.reshapes import RESHAPES, written_out
from assurance.reshaping.structure import Slot, every_slot
from assurance.reshaping.templates import EXTRACT
from assurance.settings import load_settings
from tests.metamorphic.verdicts import REPOSITORY

GOVERNANCE = REPOSITORY / "harness" / "governance"
POLICIES = {policy.id: policy for policy in own_policies()}

pytestmark = [pytest.mark.xdist_group("metamorphic"), pytest.mark.takes(60)]

NESTING = (WRAP_IN_GROUP, WRAP_IN_PARALLEL, EXTRACT)
OTHERS = tuple(each for each in RESHAPES if each not in (*NESTING, RENAME_ENTITY))

DRAWN = int(os.environ.get("ASSURANCE_SHAPES", "3"))

Break = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return definitions_in(REPOSITORY, REPOSITORY / "harness")


@pytest.fixture(scope="module")
def texts(definitions: Definitions) -> dict[str, str]:
    requirements = {
        each.id: each for each in load(REPOSITORY / "features" / "requirements").requirements
    }
    known = facts(definitions)
    return {
        policy.name(entity): rego_text(policy, entity, requirements, known)
        for policy in POLICIES.values()
        for entity in policy.entities
    }


def whole(definitions: Definitions, identifier: str) -> Definition:
    """A pipeline of the reference with its templates written out."""
    (index,) = [
        number
        for number, each in enumerate(definitions)
        if each.kind == "pipeline" and each.identifier == identifier
    ]
    return written_out(definitions, index)


def slots(values: dict[str, Any], **wanted: str) -> list[Slot]:
    found = every_slot((Definition(kind="pipeline", values=values),))
    return [
        slot
        for slot in found
        if isinstance(slot.body, dict)
        and all(slot.body.get(key) == value for key, value in wanted.items())
    ]


def set_in(type_: str, key: str, value: Any) -> Break:
    def change(values: dict[str, Any]) -> None:
        for slot in slots(values, type=type_):
            slot.body["spec"][key] = value

    return change


def approval(key: str, value: Any) -> Break:
    def change(values: dict[str, Any]) -> None:
        for slot in slots(values, type="HarnessApproval"):
            slot.body["spec"]["approvers"][key] = value

    return change


def without(type_: str) -> Break:
    def change(values: dict[str, Any]) -> None:
        for slot in reversed(slots(values, type=type_)):
            node: Any = values
            for part in slot.items:
                node = node[part]
            del node[slot.index]

    return change


def settings_of(kind: str, key: str, value: Any) -> Break:
    def change(values: dict[str, Any]) -> None:
        for slot in slots(values, type=kind):
            slot.body[key] = value

    return change


def ungated(values: dict[str, Any]) -> None:
    for slot in slots(values):
        if "advanced" in slot.body.get("spec", {}):
            slot.body["spec"]["advanced"]["fail_on_severity"] = "none"


def loose(values: dict[str, Any]) -> None:
    """A step that changes AWS, on whatever delegate is free."""
    step = {"identifier": "added", "name": "added", "type": "TerraformApply", "spec": {}}
    spec = {"execution": {"steps": [{"step": step}]}}
    stage = {"identifier": "added", "name": "added", "type": "Custom", "spec": spec}
    values["stages"].append({"stage": stage})


def silent(values: dict[str, Any]) -> None:
    values["notificationRules"] = []


IGNORE = [{"onFailure": {"errors": ["AllErrors"], "action": {"type": "Ignore"}}}]
ABORT = [{"onFailure": {"errors": ["AllErrors"], "action": {"type": "Abort"}}}]
CD, BLUE_GREEN, CI = "workshop_cd_rolling", "workshop_cd_blue_green", "workshop_ci"
SHOWN = "echo <+secrets.getValue('token')>"
BROKEN: list[tuple[str, str, Break]] = [
    ("production_gate", CD, without("HarnessApproval")),
    ("production_gate", CD, settings_of("HarnessApproval", "failureStrategies", IGNORE)),
    ("production_gate", CD, settings_of("Approval", "when", {"condition": "<+a> == 'b'"})),
    ("approval", CD, approval("disallowPipelineExecutor", False)),
    ("approval", CD, approval("minimumCount", 0)),
    ("approval", CD, approval("userGroups", [])),
    ("approval", CD, approval("userGroups", ["account._account_all_users"])),
    ("rollback", CD, without("EcsRollingRollback")),
    ("rollback", CD, settings_of("Deployment", "failureStrategies", ABORT)),
    ("rollback", BLUE_GREEN, without("EcsBlueGreenRollback")),
    ("ignored_failures", CI, settings_of("AquaTrivy", "failureStrategies", IGNORE)),
    ("ignored_failures", CI, settings_of("CI", "failureStrategies", IGNORE)),
    ("scan_before_publication", CI, without("AquaTrivy")),
    ("scan_before_publication", CI, ungated),
    ("image_tags", CI, set_in("BuildAndPushECR", "tags", ["latest"])),
    ("image_tags", CI, set_in("BuildAndPushECR", "tags", ["1.0"])),
    ("secrets", CI, set_in("Run", "command", SHOWN)),
    ("notifications", CI, silent),
    ("delegates", CI, loose),
]
"""A policy, a pipeline, and what breaks it."""


@pytest.mark.parametrize("name", [p.name(e) for p in POLICIES.values() for e in p.entities])
def test_a_policy_lets_the_reference_through(
    name: str, texts: dict[str, str], definitions: Definitions, evaluator: Evaluator
) -> None:
    rego = rego_of(texts[name], GOVERNANCE / name)
    mine = [number for number, each in enumerate(definitions) if each.kind == rego.package]

    saved = evaluator.denials(rego, [payload(definitions[number]) for number in mine])
    run = evaluator.denials(rego, [merged_payload(definitions, number) for number in mine])

    assert mine
    assert {*saved, *run} == {()}


def case(broken: tuple[str, str, Break]) -> str:
    return f"{broken[0]}-{BROKEN.index(broken)}"


@pytest.mark.parametrize("broken", BROKEN, ids=case)
def test_a_policy_denies_what_it_is_for_in_every_shape(
    broken: tuple[str, str, Break],
    texts: dict[str, str],
    definitions: Definitions,
    evaluator: Evaluator,
) -> None:
    name, pipeline, change = broken
    rego = rego_of(texts[name], GOVERNANCE / name)
    start: Definitions = (whole(definitions, pipeline),)
    change(start[0].values)
    chance = random.Random(case(broken))
    shapes, words = [start], ["as it is"]
    for reshape in (*NESTING, *chance.sample(OTHERS, min(DRAWN, len(OTHERS)))):
        places = tuple(reshape.places(start))
        for place in chance.sample(places, min(1, len(places))):
            shapes.append(reshape.apply(start, place))
            words.append(place.words)

    answers = evaluator.denials(rego, [merged_payload(shape, 0) for shape in shapes])

    assert len(shapes) > len(NESTING)
    assert [word for word, messages in zip(words, answers, strict=True) if not messages] == []


def test_what_is_emitted_is_current() -> None:
    """`tox run -e rego` writes it anew."""
    files = policy_files(load_settings(REFERENCE))
    there = {
        file.relative_to(GOVERNANCE).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(GOVERNANCE.rglob("*.*"))
    }

    assert there == files


def test_limits_and_facts_are_put_in(texts: dict[str, str]) -> None:
    assert "approvers := 1\n" in texts["approval"]
    assert 'severity := "high"\n' in texts["scan_before_publication"]
    assert 'production_environments := ["production"]\n' in texts["production_gate"]
    assert "# fact." not in "".join(texts.values())


def test_a_policy_says_what_it_cannot_see(texts: dict[str, str]) -> None:
    for policy in POLICIES.values():
        header = " ".join(texts[policy.id].split("package ")[0].replace("#", "").split())
        assert policy.unseen
        assert all(each in header for each in policy.unseen)
