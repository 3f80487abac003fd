"""What is said of definitions that do not mean what their authors believe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assurance.model.definitions import Definition
from assurance.model.findings import Finding, NotApplicable, Verdict
from assurance.model.unknown import UnknownValue
from assurance.rules import definitions as rules
from tests.harness_states import definition, harness_view

Rule = Callable[[Definition], Verdict]

STEP: dict[str, Any] = {
    "identifier": "deploy",
    "name": "deploy",
    "type": "EcsRollingDeploy",
    "timeout": "20m",
    "spec": {},
}


def step(**changes: Any) -> dict[str, Any]:
    return {"step": {**STEP, **changes}}


def stage(*steps: dict[str, Any], rollback: Any = (), **changes: Any) -> dict[str, Any]:
    execution = {"steps": list(steps), "rollbackSteps": list(rollback)}
    values = {"identifier": "live", "name": "live", "type": "Deployment"}
    return {"stage": {**values, "spec": {"execution": execution}, **changes}}


def pipeline(*stages: dict[str, Any], **changes: Any) -> dict[str, Any]:
    values = {"identifier": "release", "name": "release", "stages": list(stages)}
    return definition("harness_pipeline", {**values, **changes})


def template(identifier: str, type_: str, spec: Any, version: str = "v1") -> dict[str, Any]:
    values = {"identifier": identifier, "name": identifier, "versionLabel": version}
    return definition("harness_template", {**values, "type": type_, "spec": spec})


def judged(rule: Rule, *definitions: dict[str, Any], number: int = 0) -> Finding:
    name = definitions[number]["address"]
    found = harness_view(*definitions).definitions.definitions
    verdict = rule(next(each for each in found if each.subject.id == name))
    assert isinstance(verdict, Finding)
    return verdict


def test_fields_in_their_places_hold() -> None:
    good = pipeline(
        stage(
            step(when={"stageStatus": "Success"}, failureStrategies=[]),
            when={"pipelineStatus": "Success"},
        )
    )

    assert judged(rules.has_fields_in_place, good).actual == "none is misplaced"
    assert judged(rules.has_fields_in_place, good).holds


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"rollbackSteps": []},
            "`rollbackSteps` in stage 'live' has no effect there: it belongs to spec.execution",
        ),
        (
            {"deploymentType": "ECS"},
            "`deploymentType` in stage 'live' has no effect there: it belongs to spec (",
        ),
        ({"spec": {"rollbackSteps": []}}, "`rollbackSteps` in stage 'live'"),
        ({"spec": {"failureStrategies": []}}, "it belongs to the stage, beside spec"),
        ({"spec": {"execution": {"timeout": "1h"}}}, "`timeout` in stage 'live'"),
        ({"when": {"stageStatus": "Success"}}, "the condition of a stage has pipelineStatus"),
        (
            {"failureStrategies": [{"errors": []}]},
            "`errors` in stage 'live' has no effect there: it belongs to onFailure",
        ),
        (
            {"failureStrategies": [{"onFailure": {"action": {"type": "Retry", "retryCount": 2}}}]},
            "`retryCount` in stage 'live' has no effect there: it belongs to spec of the action",
        ),
    ],
)
def test_a_field_of_a_stage_in_the_wrong_place_is_named(changes: Any, said: str) -> None:
    found = judged(rules.has_fields_in_place, pipeline(stage(step(), **changes)))

    assert not found.holds
    assert said in found.actual


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        (
            {"serviceConfig": {"serviceRef": "orders", "serviceDefinition": {"type": "ECS"}}},
            "`serviceConfig` in stage 'live' has no effect there: it belongs to service",
        ),
        (
            {"infrastructure": {"environmentRef": "live", "infrastructureDefinition": {}}},
            "`infrastructure` in stage 'live' has no effect there: it belongs to environment",
        ),
    ],
)
def test_the_older_form_is_named_with_the_one_in_force(spec: Any, said: str) -> None:
    found = judged(rules.has_fields_in_place, pipeline(stage(step(), spec=spec)))

    assert not found.holds
    assert said in found.actual
    assert found.location is not None


def test_where_a_build_runs_is_no_older_form() -> None:
    spec = {"infrastructure": {"type": "VM", "spec": {"type": "Pool"}}}

    assert judged(rules.has_fields_in_place, pipeline(stage(type="CI", spec=spec))).holds


def runs(*definitions: dict[str, Any]) -> Finding:
    return rules.runs_something(harness_view(*definitions).pipelines[0])


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (pipeline(), "it has no stages, so it does nothing"),
        (definition("harness_pipeline", {"identifier": "p"}), "it has no stages, so it does"),
        (pipeline(stage()), "release/live has no steps"),
        (pipeline({"parallel": [stage(step()), stage(identifier="b")]}), "release/b has no steps"),
        (pipeline(stage(spec={"execution": {"step": [step()]}})), "release/live has no steps"),
    ],
)
def test_a_pipeline_that_runs_nothing_is_named(made: dict[str, Any], said: str) -> None:
    found = runs(made)

    assert not found.holds
    assert said in found.actual


def test_steps_of_templates_and_called_pipelines_count() -> None:
    shared = template("shared", "Stage", {"spec": {"execution": {"steps": [step()]}}})
    used = {"stage": {"identifier": "s", "template": {"templateRef": "shared"}}}
    called = definition("harness_pipeline", {"identifier": "z", "stages": [stage(step())]})
    calling = {"stage": {"identifier": "c", "type": "Pipeline", "spec": {"pipeline": "z"}}}

    assert runs(pipeline(used, calling), called, shared).holds


@pytest.mark.parametrize("stages", ["<+input>", "text"])
def test_stages_that_cannot_be_seen_are_unknown(stages: str) -> None:
    with pytest.raises(UnknownValue, match="what it runs cannot be seen"):
        runs(pipeline(stages=stages))


WRAPPINGS: list[Callable[[dict[str, Any]], dict[str, Any]]] = [
    lambda inner: inner,
    lambda inner: {"parallel": [inner]},
    lambda inner: {"insert": {"identifier": "i", "name": "i", "steps": [inner]}},
    lambda inner: {"stepGroup": {"identifier": "g", "name": "g", "steps": [inner]}},
    lambda inner: {"stepGroup": {"identifier": "g", "name": "g", "steps": [{"parallel": [inner]}]}},
    lambda inner: {
        "stepGroup": {"identifier": "g", "name": "g", "steps": [], "rollbackSteps": [inner]}
    },
]


@pytest.mark.parametrize("wrap", WRAPPINGS)
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"forceNewDeployment": True}, "`forceNewDeployment` in step 'deploy' (EcsRollingDeploy)"),
        ({"reports": []}, "it belongs to spec ("),
        ({"delegateSelectors": ["a"]}, "`delegateSelectors` in step 'deploy'"),
        ({"spec": {"timeout": "1m"}}, "it belongs to the step, beside spec"),
        ({"spec": {"fail_on_severity": "high"}}, "it belongs to spec.advanced"),
        ({"spec": {"minimumCount": 1}}, "it belongs to spec.approvers"),
        ({"when": {"pipelineStatus": "Success"}}, "the condition of a step has stageStatus"),
    ],
)
def test_a_field_of_a_step_is_named_wherever_the_step_stands(
    wrap: Callable[[dict[str, Any]], dict[str, Any]], changes: Any, said: str
) -> None:
    places = (
        pipeline(stage(wrap(step(**changes)))),
        pipeline(stage(step(), rollback=[wrap(step(**changes))])),
        pipeline({"parallel": [stage(wrap(step(**changes)))]}),
        template("shared", "Stage", stage(wrap(step(**changes)))["stage"]),
    )

    for place in places:
        found = judged(rules.has_fields_in_place, place)
        assert not found.holds
        assert said in found.actual


def test_the_place_of_a_stray_field_is_its_line() -> None:
    bad = pipeline(stage(step(reports=[])))
    line = bad["lines"]["/stages/0/stage/spec/execution/steps/0/step/reports"]

    found = judged(rules.has_fields_in_place, bad)

    assert found.location is not None
    assert found.location.line == line


def test_what_is_handed_to_a_template_is_not_searched_for_stray_fields() -> None:
    use = {"templateRef": "t", "templateInputs": {"spec": {"timeout": "<+input>"}}}

    found = judged(
        rules.has_fields_in_place,
        pipeline(stage({"step": {"identifier": "a", "name": "a", "template": use}})),
    )

    assert found.holds


@pytest.mark.parametrize(
    ("type_", "values", "key"),
    [
        ("harness_service", {"manifests": []}, "manifests"),
        ("harness_service", {"serviceDefinition": {"artifacts": {}}}, "artifacts"),
        ("harness_infrastructure", {"cluster": "a"}, "cluster"),
        (
            "harness_infrastructure",
            {"spec": {"allowSimultaneousDeployments": False}},
            "allowSimultaneousDeployments",
        ),
        ("harness_connector", {"credential": {}}, "credential"),
        ("harness_secret", {"valueType": "Inline"}, "valueType"),
        ("harness_trigger", {"payloadConditions": []}, "payloadConditions"),
        ("harness_input_set", {"variables": []}, "variables"),
        ("harness_template", {"type": "Stage", "failureStrategies": []}, "failureStrategies"),
        ("harness_pipeline", {"notificationRules": [{"webhookUrl": "x"}]}, "webhookUrl"),
    ],
)
def test_other_definitions_have_their_places_too(type_: str, values: Any, key: str) -> None:
    found = judged(
        rules.has_fields_in_place, definition(type_, {"identifier": "a", "name": "a", **values})
    )

    assert not found.holds
    assert f"`{key}`" in found.actual


@pytest.mark.parametrize("identifier", ["a", "_a1", "A" * 128])
def test_valid_identifiers_hold(identifier: str) -> None:
    assert judged(rules.has_valid_identifiers, pipeline(identifier=identifier)).holds


@pytest.mark.parametrize(
    ("identifier", "said"),
    [
        ("a-b", "the identifier 'a-b' of pipeline 'release' is not valid"),
        ("1a", "the identifier '1a'"),
        ("a\n", "the identifier 'a\\n'"),
        ("A" * 129, "is not valid"),
        ("", "pipeline 'release' has no identifier"),
        (True, "the identifier of pipeline 'release' is True, which is no text"),
        (17, "write it in quotes"),
    ],
)
def test_invalid_identifiers_are_named(identifier: object, said: str) -> None:
    found = judged(rules.has_valid_identifiers, pipeline(identifier=identifier))

    assert not found.holds
    assert said in found.actual


@pytest.mark.parametrize("name", ["deploy it", "v1.2-rc_3", ".hidden", "9 lives"])
def test_valid_names_hold(name: str) -> None:
    assert judged(rules.has_valid_names, pipeline(stage(step(name=name)))).holds


@pytest.mark.parametrize("name", ["build / test", "100%", "a (b)", "a & b", "", " a", "é"])
def test_invalid_names_are_named(name: str) -> None:
    found = judged(rules.has_valid_names, pipeline(stage(step(name=name))))

    assert not found.holds
    assert "step 'deploy'" in found.actual or repr(name) in found.actual


def test_the_content_of_a_template_needs_no_identifier() -> None:
    shared = template("shared", "Step", {"type": "Run", "spec": {}})

    assert judged(rules.has_valid_identifiers, shared).holds
    assert judged(rules.has_valid_names, shared).holds


def test_the_same_identifier_in_different_groups_is_no_double() -> None:
    groups = [{"stepGroup": {"identifier": name, "name": name, "steps": [step()]}} for name in "ab"]
    good = pipeline(stage(*groups, step(), rollback=[step()]), stage(step(), identifier="other"))

    assert judged(rules.has_no_doubles, good).holds


@pytest.mark.parametrize(
    "bad",
    [
        pipeline(stage(step(), step(name="another"))),
        pipeline(stage(step(), {"parallel": [step()]})),
        pipeline(stage(rollback=[step(), step()])),
        pipeline(stage(), stage()),
        pipeline(stage(), {"parallel": [stage()]}),
        pipeline(stage({"stepGroup": {"identifier": "g", "name": "g", "steps": [step(), step()]}})),
        template("shared", "StepGroup", {"steps": [step(), step()]}),
    ],
)
def test_doubles_are_named(bad: dict[str, Any]) -> None:
    found = judged(rules.has_no_doubles, bad)

    assert not found.holds
    assert "shares the identifier" in found.actual


def at(found: dict[str, Any], address: str, **fields: Any) -> dict[str, Any]:
    return {**found, "address": address, **fields}


def test_two_definitions_of_one_entity_name_each_other() -> None:
    other = at(pipeline(), "harness_pipeline.release@b.yaml", file="b.yaml", line=7)

    found = judged(rules.is_only_one, pipeline(), other)

    assert not found.holds
    assert found.actual == "also defined in b.yaml:7"


@pytest.mark.parametrize(
    "others",
    [
        [at(pipeline(), "x", scope={"org": "default", "project": "another"})],
        [definition("harness_service", {"identifier": "release"})],
        [pipeline(identifier="other")],
    ],
)
def test_the_same_identifier_elsewhere_is_another_entity(others: list[dict[str, Any]]) -> None:
    assert judged(rules.is_only_one, pipeline(), *others).holds


def test_versions_of_a_template_and_sets_of_pipelines_are_told_apart() -> None:
    versions = [template("t", "Step", {}, version) for version in ("v1", "v2")]
    sets = [
        at(
            definition("harness_input_set", {"identifier": "s", "pipeline": {"identifier": name}}),
            f"harness_input_set.{name}",
        )
        for name in ("a", "b")
    ]

    assert judged(rules.is_only_one, *versions).holds
    assert judged(rules.is_only_one, *sets).holds
    assert not judged(rules.is_only_one, versions[0], at(versions[0], "y")).holds


def borrowing(stage_: str, what: str = "service") -> dict[str, Any]:
    spec = {what: {"useFromStage": {"stage": stage_}}}
    return stage(identifier="borrows", spec=spec)


@pytest.mark.parametrize("what", ["service", "environment"])
def test_a_stage_borrows_from_one_before_it(what: str) -> None:
    good = pipeline(stage(identifier="first"), borrowing("first", what))

    assert judged(rules.borrows_from_earlier_stages, good).holds


@pytest.mark.parametrize("stage_", ["nowhere", "later", "borrows"])
def test_a_stage_that_borrows_from_none_before_it_fails(stage_: str) -> None:
    bad = pipeline(borrowing(stage_), stage(identifier="later"))

    found = judged(rules.borrows_from_earlier_stages, bad)

    assert not found.holds
    assert f"the service is taken from stage {stage_}" in found.actual


def test_a_stage_that_an_expression_names_is_unknown() -> None:
    with pytest.raises(UnknownValue, match="named when the pipeline runs"):
        judged(rules.borrows_from_earlier_stages, pipeline(borrowing("<+input>")))


def using(name: str, version: str = "v1") -> dict[str, Any]:
    use = {"templateRef": name, "versionLabel": version}
    return {"steps": [{"stepGroup": {"identifier": "g", "name": "g", "template": use}}]}


def test_templates_that_use_others_hold() -> None:
    good = [
        template("a", "StepGroup", using("b")),
        template("b", "StepGroup", {"steps": [step()]}),
    ]

    assert judged(rules.is_not_recursive, *good).holds


def test_a_template_that_uses_an_earlier_version_of_itself_holds() -> None:
    good = [
        template("a", "StepGroup", using("a", "v1"), "v2"),
        template("a", "StepGroup", {"steps": []}, "v1"),
    ]

    assert judged(rules.is_not_recursive, *good).holds


def test_a_circle_of_templates_is_shown() -> None:
    bad = [template(name, "StepGroup", using(to)) for name, to in ("ab", "bc", "ca")]

    found = judged(rules.is_not_recursive, *bad)

    assert not found.holds
    assert found.actual == (
        "it uses itself: harness_template.a@v1 → harness_template.b@v1 → "
        "harness_template.c@v1 → harness_template.a@v1"
    )


def test_a_template_that_leads_into_a_circle_is_not_in_it() -> None:
    definitions = [template(name, "StepGroup", using(to)) for name, to in ("ab", "bc", "cb")]

    assert judged(rules.is_not_recursive, *definitions).holds
    assert not judged(rules.is_not_recursive, *definitions, number=1).holds


@pytest.mark.parametrize("timeout", ["10m", "1d", "1h 30m", "1h30m", "90s", "2w", "<+input>", ""])
def test_valid_timeouts_hold(timeout: str) -> None:
    assert judged(rules.has_valid_timeouts, pipeline(stage(step(timeout=timeout)))).holds


@pytest.mark.parametrize("timeout", ["10 minutes", "5s", "0m", "m", "10", 600, "1h,30m", "10M"])
def test_invalid_timeouts_are_named(timeout: object) -> None:
    found = judged(rules.has_valid_timeouts, pipeline(stage(step(timeout=timeout))))

    assert not found.holds
    assert (
        f"the timeout {str(timeout)!r} of step 'deploy' (EcsRollingDeploy) is none" in found.actual
    )


def test_timeouts_of_pipelines_stages_and_groups_are_read_as_well() -> None:
    group = {"stepGroup": {"identifier": "g", "name": "g", "timeout": "long", "steps": []}}
    for bad in (pipeline(timeout="long"), pipeline(stage(timeout="long")), pipeline(stage(group))):
        assert not judged(rules.has_valid_timeouts, bad).holds


def test_what_nobody_compared_with_the_schema_is_not_applicable() -> None:
    (found,) = harness_view(pipeline()).definitions.definitions

    assert rules.follows_schema(found) == NotApplicable("schema_not_supplied")


def test_what_the_schema_refuses_is_said() -> None:
    said = "step 'deploy' (EcsRollingDeploy): `name` is missing (a.yaml:3)"

    assert judged(rules.follows_schema, {**pipeline(), "deviations": []}).holds
    assert judged(rules.follows_schema, {**pipeline(), "deviations": [said]}).actual == said


def test_a_schema_of_no_use_leaves_it_unknown() -> None:
    with pytest.raises(UnknownValue, match="cannot be used"):
        judged(
            rules.follows_schema,
            {**pipeline(), "deviations": {"$unknown": "the schema cannot be used"}},
        )
