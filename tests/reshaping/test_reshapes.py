"""Reshapes keep what definitions mean, and stay away from where they would not."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assurance.reshaping.definitions import Definition, Definitions, Reshape
from assurance.reshaping.groups import FLATTEN, WRAP_IN_GROUP, WRAP_RUN
from assurance.reshaping.inheritance import LEAVE_STRATEGIES, SAY_CONDITION, WRITE_STRATEGIES
from assurance.reshaping.names import RENAME_ENTITY, RENAME_STAGE, RENAME_STEP
from assurance.reshaping.parallels import UNWRAP_PARALLEL, WRAP_IN_PARALLEL
from assurance.reshaping.reshapes import RESHAPES, every_place
from assurance.reshaping.templates import EXTRACT, INLINE
from tests.reshaping.meaning import meaning
from tests.reshaping.samples import delivery


def stage(definitions: Definitions, name: str) -> dict[str, Any]:
    cd = definitions[1].values
    return next(each["stage"] for each in cd["stages"] if each.get("stage", {}).get("name") == name)


def steps(definitions: Definitions, name: str) -> list[Any]:
    found: list[Any] = stage(definitions, name)["spec"]["execution"]["steps"]
    return found


def said(definitions: Definitions, reshape: Reshape) -> list[str]:
    return [place.words for place in reshape.places(definitions)]


def applied(definitions: Definitions, reshape: Reshape, words: str) -> Definitions:
    (place,) = [place for place in reshape.places(definitions) if place.words == words]
    return reshape.apply(definitions, place)


@pytest.mark.parametrize("reshape", RESHAPES, ids=lambda reshape: reshape.name)
def test_every_reshape_keeps_the_meaning_wherever_it_applies(reshape: Reshape) -> None:
    definitions = delivery()
    if reshape is UNWRAP_PARALLEL:
        words = 'puts the stage "approval" into a parallel block of its own'
        definitions = applied(definitions, WRAP_IN_PARALLEL, words)
    before = copy.deepcopy(definitions)

    shapes = [reshape.apply(definitions, place) for place in reshape.places(definitions)]

    assert shapes
    assert [shape for shape in shapes if meaning(shape) != meaning(definitions)] == []
    assert [shape for shape in shapes if shape == definitions] == [] or "order" in reshape.name
    assert definitions == before


@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_sequence_of_reshapes_changes_the_meaning(data: st.DataObject) -> None:
    definitions = delivery()
    for _ in range(data.draw(st.integers(1, 6))):
        places = every_place(definitions)
        kind = data.draw(st.sampled_from(sorted({reshape.name for reshape, _ in places})))
        mine = [each for each in places if each[0].name == kind]
        reshape, place = data.draw(st.sampled_from(mine))
        definitions = reshape.apply(definitions, place)

    assert meaning(definitions) == meaning(delivery())


@pytest.mark.parametrize(
    "change",
    [
        lambda cd: cd["stages"].pop(1),
        lambda cd: cd["stages"].insert(0, cd["stages"].pop(1)),
        lambda cd: cd["stages"][0]["stage"]["spec"]["execution"].pop("rollbackSteps"),
        lambda cd: cd["stages"][0]["stage"].pop("failureStrategies"),
        lambda cd: cd["stages"][1]["stage"].update(when={"pipelineStatus": "All"}),
        lambda cd: cd["stages"].append({"parallel": [cd["stages"].pop(1), cd["stages"].pop(1)]}),
    ],
)
def test_a_change_of_meaning_is_seen(change: Any) -> None:
    """The oracle can say no."""
    definitions = delivery()[:3]

    change(definitions[1].values)

    assert meaning(definitions) != meaning(delivery()[:3])


def test_expressions_follow_a_step_into_its_group() -> None:
    words = 'wraps the step "roll" of the stage "staging" in a step group'

    shape = applied(delivery(), WRAP_IN_GROUP, words)

    message = steps(shape, "approval")[0]["step"]["spec"]["approvalMessage"]
    assert (
        message == "<+pipeline.stages.staging.spec.execution.steps.group_1.steps.roll.output.image>"
    )
    assert steps(shape, "production")[0]["step"]["identifier"] == "roll"


def test_the_input_set_follows_a_step_into_its_group() -> None:
    words = 'wraps the step "roll" of the stage "production" in a step group'

    shape = applied(delivery(), WRAP_IN_GROUP, words)

    given_steps = shape[3].values["pipeline"]["stages"][0]["stage"]["spec"]["execution"]["steps"]
    assert given_steps[0]["stepGroup"]["identifier"] == "group_1"


def test_the_condition_of_a_step_is_repeated_on_its_group() -> None:
    words = 'wraps the step "note" of the stage "staging" in a step group'

    shape = applied(delivery(), WRAP_IN_GROUP, words)

    group = steps(shape, "staging")[1]["stepGroup"]["steps"][1]["stepGroup"]
    assert group["when"] == {"stageStatus": "All"} == group["steps"][0]["step"]["when"]


def test_steps_with_conditions_are_not_put_into_one_group() -> None:
    """A failure inside a group is not the failure before it."""
    assert not any("integration" in words for words in said(delivery(), WRAP_RUN))
    assert said(delivery(), FLATTEN) == [
        'takes the steps out of the step group "images" of the stage "build"'
    ]


@pytest.mark.parametrize("action", ["StepGroupRollback", "RetryStepGroup"])
def test_a_step_whose_failure_names_its_group_stays_in_it(action: str) -> None:
    definitions = delivery()
    roll = steps(definitions, "staging")[0]["step"]
    roll["failureStrategies"] = [
        {"onFailure": {"errors": ["AllErrors"], "action": {"type": action}}}
    ]

    assert not any(
        '"roll" of the stage "staging"' in words for words in said(definitions, WRAP_IN_GROUP)
    )


def test_a_step_named_in_a_way_we_do_not_follow_stays_where_it_is() -> None:
    definitions = delivery()
    steps(definitions, "approval")[0]["step"]["spec"]["approvalMessage"] = (
        "<+stages.staging.steps.roll.status>"
    )

    assert not any(
        '"roll" of the stage "staging"' in words for words in said(definitions, WRAP_IN_GROUP)
    )


def test_what_is_open_stays_open_in_a_template() -> None:
    words = 'moves the step "roll" of the stage "production" into a template'

    shape = applied(delivery(), EXTRACT, words)

    use = steps(shape, "production")[0]["step"]["template"]
    assert use["templateInputs"] == {"type": "EcsRollingDeploy", "timeout": "<+input>.default(20m)"}
    assert shape[-1].values["spec"]["timeout"] == "<+input>.default(20m)"
    given_stage = shape[3].values["pipeline"]["stages"][0]["stage"]
    assert given_stage["spec"]["execution"]["steps"][0]["step"] == {
        "identifier": "roll",
        "template": {"templateInputs": {"type": "EcsRollingDeploy", "timeout": "25m"}},
    }


def test_a_template_can_leave_a_field_open_and_get_it_from_its_user() -> None:
    name = 'the step "approve" of the stage "approval"'
    words = f"moves {name} into a template that leaves minimumCount open"

    shape = applied(delivery(), EXTRACT, words)

    assert steps(shape, "approval")[0]["step"]["template"]["templateInputs"] == {
        "type": "HarnessApproval",
        "spec": {"approvers": {"minimumCount": 1}},
    }
    assert shape[-1].values["spec"]["spec"]["approvers"]["minimumCount"] == "<+input>"


def test_a_stage_that_takes_its_service_from_another_stays() -> None:
    assert 'moves the stage "staging" into a template' in said(delivery(), EXTRACT)
    assert 'moves the stage "production" into a template' not in said(delivery(), EXTRACT)


def test_a_template_is_written_out_with_its_inputs() -> None:
    (place,) = INLINE.places(delivery())

    shape = INLINE.apply(delivery(), place)

    verify = steps(shape, "production")[1]["step"]
    assert verify["timeout"] == "30m"
    assert verify["spec"]["source"]["spec"]["script"] == "tox run -e verify"


def test_a_template_of_two_versions_is_written_out_only_where_one_is_named() -> None:
    definitions = delivery()
    other = copy.deepcopy(definitions[2].values) | {"versionLabel": "2"}
    del steps(definitions, "production")[1]["step"]["template"]["versionLabel"]

    both = (*definitions, Definition(kind="template", values=other))

    assert list(INLINE.places(both)) == []


def test_everything_that_names_a_stage_follows_its_new_name() -> None:
    shape = applied(delivery(), RENAME_STAGE, 'renames the stage "staging"')

    assert stage(shape, "production")["spec"]["service"] == {"useFromStage": {"stage": "renamed_1"}}
    message = steps(shape, "approval")[0]["step"]["spec"]["approvalMessage"]
    assert message.startswith("<+pipeline.stages.renamed_1.spec.")


def test_everything_that_names_a_pipeline_follows_its_new_name() -> None:
    shape = applied(delivery(), RENAME_ENTITY, 'renames the pipeline "shop_ci"')

    assert shape[4].values["pipelineIdentifier"] == "renamed_1"
    assert "identifier: renamed_1" in shape[4].values["inputYaml"]


def test_what_could_name_an_entity_in_passing_keeps_its_name() -> None:
    definitions = delivery()
    steps(definitions, "approval")[0]["step"]["spec"]["note"] = "<+foo.shop_cd.bar>"

    assert 'renames the pipeline "shop_cd"' not in said(definitions, RENAME_ENTITY)


def test_a_step_that_a_trigger_fills_in_keeps_its_name() -> None:
    definitions = delivery()
    definitions[4].values["inputYaml"] += "  stages: [{stage: {identifier: publish}}]"

    assert 'renames the step "publish"' not in said(definitions, RENAME_STEP)


@pytest.mark.parametrize("action", ["Ignore", "Retry", "ManualIntervention", "MarkAsSuccess"])
def test_only_strategies_that_mean_the_same_everywhere_are_written_down(action: str) -> None:
    definitions = delivery()
    strategy = {"onFailure": {"errors": ["AllErrors"], "action": {"type": action}}}
    stage(definitions, "staging")["failureStrategies"] = [strategy]

    assert not any("staging" in words for words in said(definitions, WRITE_STRATEGIES))


def test_a_strategy_that_differs_from_the_inherited_one_is_kept() -> None:
    definitions = delivery()
    name = 'the step "publish" of the stage "build"'
    words = f"leaves out at {name} the failure strategies that it inherits anyway"
    assert said(definitions, LEAVE_STRATEGIES) == [words]

    build = definitions[0].values["stages"][0]["stage"]
    build["failureStrategies"][0]["onFailure"]["action"]["type"] = "Abort"

    assert said(definitions, LEAVE_STRATEGIES) == []


def test_a_rollback_step_is_given_no_condition() -> None:
    assert not any('"back"' in words for words in said(delivery(), SAY_CONDITION))
