"""Pipelines as they are written become trees, with templates and called pipelines in place."""

from __future__ import annotations

import pytest

from assurance.model.flow import Reaction, Status
from assurance.model.pipeline_walks import hidden_in, reached_stages, stages_of, steps_of
from assurance.model.pipelines import Parallel, Pipeline, Step
from assurance.model.unknown import is_unknown, why_unknown
from tests.pipelines import pipelines

STEP = "{step: {identifier: a, type: Wait, spec: {}}}"


def one(*texts: str) -> Pipeline:
    return pipelines(*texts)[0]


def with_stage(stage: str, *more: str) -> Pipeline:
    return one(f"pipeline: {{identifier: p, stages: [{{stage: {stage}}}]}}", *more)


def with_steps(steps: str, *more: str, stage: str = "") -> Pipeline:
    spec = f"spec: {{execution: {{steps: {steps}}}}}"
    return with_stage(f"{{identifier: s, type: Custom, {stage} {spec}}}", *more)


def paths(pipeline: Pipeline) -> list[str]:
    return [placed.step.path for placed in steps_of(pipeline)]


def the_step(pipeline: Pipeline) -> Step:
    return steps_of(pipeline)[0].step


def test_steps_are_found_at_any_depth() -> None:
    """A path names stage, groups and step; what runs side by side has no name of its own."""
    inside = f"steps: [{{parallel: [{STEP}]}}], rollbackSteps: [{STEP}]"
    group = f"{{stepGroup: {{identifier: g, {inside}}}}}"
    found = with_steps(f"[{{parallel: [{group}]}}]")

    assert paths(found) == ["p/s/g/a", "p/s/g/a@1"]
    assert [placed.step.is_rollback for placed in steps_of(found)] == [False, True]
    assert isinstance(stages_of(found)[0].body.nodes[0], Parallel)


def test_a_step_template_is_filled_in_with_its_inputs() -> None:
    """Only `<+input>` takes what the user of a template gives."""
    template = """
    template:
      identifier: t
      versionLabel: "1"
      type: Step
      spec: {type: Wait, timeout: <+input>, spec: {duration: 5m}}
    """
    inputs = "{timeout: 10m, spec: {duration: 9m}}"
    named = f"{{templateRef: t, versionLabel: '1', templateInputs: {inputs}}}"
    use = f"{{step: {{identifier: a, template: {named}}}}}"
    step = the_step(with_steps(f"[{use}]", template))

    assert (step.type, step.timeout, step.template) == ("Wait", 600, "t@1")
    assert step.values["spec"] == {"duration": "5m"}


def test_a_list_of_inputs_is_matched_by_identifier() -> None:
    """Inputs name the steps that they are for: their order means nothing."""
    step = "{{step: {{identifier: {0}, type: Wait, timeout: <+input>}}}}"
    content = f"{{steps: [{step.format('a')}, {step.format('b')}]}}"
    template = f"template: {{identifier: t, versionLabel: '1', type: StepGroup, spec: {content}}}"
    inputs = "{steps: [{step: {identifier: b, timeout: 2m}}, {step: {identifier: a, timeout: 1m}}]}"
    named = f"{{templateRef: t, versionLabel: '1', templateInputs: {inputs}}}"
    use = f"{{stepGroup: {{identifier: g, template: {named}}}}}"
    found = with_steps(f"[{use}]", template)

    assert {each.step.path: each.step.timeout for each in steps_of(found)} == {
        "p/s/g/a": 60,
        "p/s/g/b": 120,
    }


def test_what_is_inserted_into_a_template_runs_there() -> None:
    """An empty place of a template is filled by its user; left alone, it is not known."""
    content = (
        "{type: Custom, spec: {execution: {steps: [{insert: {identifier: i, steps: <+input>}}]}}}"
    )
    template = f"template: {{identifier: t, versionLabel: '1', type: Stage, spec: {content}}}"
    given = f"{{insert: {{identifier: i, steps: [{STEP}]}}}}"
    inputs = f"{{spec: {{execution: {{steps: [{given}]}}}}}}"
    use = "{{identifier: s, template: {{templateRef: t, versionLabel: '1'{}}}}}"

    filled = with_stage(use.format(f", templateInputs: {inputs}"), template)
    left = with_stage(use.format(""), template)

    assert (paths(filled), hidden_in(filled)) == (["p/s/a"], ())
    assert [hidden.level for hidden in hidden_in(left)] == ["steps"]


@pytest.mark.parametrize(
    ("reference", "files", "reason"),
    [
        ("templateRef: t, versionLabel: '1'", [], "is not among the definitions"),
        ("templateRef: t, versionLabel: '2'", ["1"], "is not among the definitions"),
        ("templateRef: <+input>", ["1"], "is decided by the run"),
        ("templateRef: t", ["1", "2"], "may be any of 2 definitions"),
        ("templateRef: org.t", ["1"], "is not among the definitions"),
    ],
)
def test_a_template_that_cannot_be_found_is_hidden(
    reference: str, files: list[str], reason: str
) -> None:
    """Which version is the stable one is not written in the files."""
    spec = "{type: Wait, spec: {}}"
    scope = "orgIdentifier: o, projectIdentifier: q"
    templates = [
        f"template: {{identifier: t, {scope}, versionLabel: '{version}', type: Step, spec: {spec}}}"
        for version in files
    ]
    use = f"{{step: {{identifier: a, template: {{{reference}}}}}}}"
    (hidden,) = hidden_in(with_steps(f"[{use}]", *templates))

    assert hidden.reason.endswith(reason)
    assert hidden.path == "p/s/a"


def test_a_template_that_uses_itself_ends() -> None:
    """Nothing can be said of what would never end."""
    inner = "{stepGroup: {identifier: g, template: {templateRef: t, versionLabel: '1'}}}"
    content = f"{{steps: [{STEP}, {inner}]}}"
    template = f"template: {{identifier: t, versionLabel: '1', type: StepGroup, spec: {content}}}"
    found = with_steps(f"[{inner}]", template)

    assert paths(found) == ["p/s/g/a"]
    assert [hidden.reason for hidden in hidden_in(found)] == ["template t@1 uses itself"]


def test_templates_that_multiply_each_other_end() -> None:
    """Twenty templates that each use the next one ten times are too many steps."""
    use = "{{stepGroup: {{identifier: g{0}, template: {{templateRef: t{1}, versionLabel: '1'}}}}}}"
    templates = [
        f"template: {{identifier: t{level}, versionLabel: '1', type: StepGroup, "
        f"spec: {{steps: [{', '.join(use.format(number, level + 1) for number in range(10))}]}}}}"
        for level in range(20)
    ]
    found = with_steps(f"[{use.format(0, 0)}]", *templates)

    assert any("multiply" in hidden.reason for hidden in hidden_in(found))


def test_the_older_form_names_service_and_environment() -> None:
    """`serviceConfig` and `infrastructure` say what `service` and `environment` say today."""
    spec = (
        "{serviceConfig: {serviceRef: orders, serviceDefinition: {type: ECS}}, "
        "infrastructure: {environmentRef: production, infrastructureDefinition: {type: ECS}}, "
        f"execution: {{steps: [{STEP}]}}}}"
    )
    (stage,) = stages_of(with_stage(f"{{identifier: s, type: Deployment, spec: {spec}}}"))

    assert (stage.services, stage.deployment_type) == (("orders",), "ECS")
    assert [use.is_production for use in stage.environments] == [True]


def test_where_a_build_runs_is_no_environment() -> None:
    """In a CI stage `infrastructure` names machines."""
    spec = f"{{infrastructure: {{type: VM, spec: {{}}}}, execution: {{steps: [{STEP}]}}}}"
    (stage,) = stages_of(with_stage(f"{{identifier: s, type: CI, spec: {spec}}}"))

    assert stage.environments == ()


@pytest.mark.parametrize(
    ("environment", "loop", "expected"),
    [
        ("staging", "", [("staging", False)]),
        ("<+stage.variables.where>", "", [("production", True)]),
        (
            "<+matrix.where>",
            "strategy: {matrix: {where: [staging, production]}},",
            [("staging", False), ("production", True)],
        ),
    ],
)
def test_an_environment_that_the_file_settles_is_known(
    environment: str, loop: str, expected: list[tuple[str, bool]]
) -> None:
    """Literals, variables with a value and the axes of a matrix are settled before the run."""
    spec = f"{{environment: {{environmentRef: {environment}}}, execution: {{steps: []}}}}"
    variables = "variables: [{name: where, type: String, value: production}]"
    (stage,) = stages_of(
        with_stage(f"{{identifier: s, type: Deployment, {variables}, {loop} spec: {spec}}}")
    )

    assert [(use.reference, use.is_production) for use in stage.environments] == expected


@pytest.mark.parametrize("reference", ["<+input>", "<+pipeline.variables.where>"])
def test_an_environment_that_the_run_decides_is_unknown(reference: str) -> None:
    """An expression is no literal."""
    spec = f"{{environment: {{environmentRef: {reference}}}, execution: {{steps: []}}}}"
    (stage,) = stages_of(with_stage(f"{{identifier: s, type: Deployment, spec: {spec}}}"))

    assert is_unknown(stage.environments)


def test_an_environment_without_a_file_may_be_production() -> None:
    """The name of an environment says nothing: its type does."""
    spec = "{environment: {environmentRef: harmless}, execution: {steps: []}}"
    (stage,) = stages_of(with_stage(f"{{identifier: s, type: Deployment, spec: {spec}}}"))

    assert is_unknown(stage.environments[0].is_production)


def test_a_stage_takes_over_from_an_earlier_one() -> None:
    """`useFromStage` names a stage before it; one that is not there is unknown."""
    first = (
        "{identifier: a, type: Deployment, spec: {service: {serviceRef: orders}, "
        "environment: {environmentRef: staging}, execution: {steps: []}}}"
    )
    then = (
        "{{identifier: {0}, type: Deployment, spec: {{service: {{useFromStage: {{stage: {1}}}}}, "
        "environment: {{useFromStage: {{stage: a}}}}, execution: {{steps: []}}}}}}"
    )
    stages = ", ".join(
        f"{{stage: {each}}}" for each in (first, then.format("b", "a"), then.format("c", "z"))
    )
    _, known, lost = stages_of(one(f"pipeline: {{identifier: p, stages: [{stages}]}}"))

    assert (known.services, known.environments[0].reference) == (("orders",), "staging")
    assert is_unknown(lost.services)


def test_strategies_are_inherited_nearest_first() -> None:
    """A step's own go before those of its group, these before those of its stage."""

    def on(error: str, action: str) -> str:
        return (
            f"failureStrategies: [{{onFailure: {{errors: [{error}], action: {{type: {action}}}}}}}]"
        )

    step = f"{{step: {{identifier: a, type: Wait, {on('Timeout', 'Ignore')}}}}}"
    group = f"{{stepGroup: {{identifier: g, steps: [{step}], {on('Timeout', 'Abort')}}}}}"
    found = the_step(with_steps(f"[{group}]", stage=f"{on('AllErrors', 'StageRollback')},"))

    assert [(each.level, each.response.reaction) for each in found.strategies] == [
        ("step", Reaction.IGNORE),
        ("group", Reaction.ABORT),
        ("stage", Reaction.ROLL_BACK_STAGE),
    ]


def test_a_strategy_that_the_run_decides_is_unknown() -> None:
    """A failure strategy may be a runtime input."""
    step = the_step(
        with_steps("[{step: {identifier: a, type: Wait, failureStrategies: <+input>}}]")
    )

    assert is_unknown(step.strategies[0].response.reaction)


@pytest.mark.parametrize(
    ("strategy", "count"),
    [
        ("{repeat: {items: []}}", 0),
        ("{repeat: {items: [a, b]}}", 2),
        ("{repeat: {times: 3}}", 3),
        ("{parallelism: 4}", 4),
        ("{matrix: {a: [x, y], b: [u, v, w], exclude: [{a: x, b: u}], maxConcurrency: 2}}", 5),
        ("{matrix: {a: [x], exclude: [{a: x}]}}", 0),
    ],
)
def test_repetitions_are_counted(strategy: str, count: int) -> None:
    """A matrix has every combination but those that it excludes."""
    step = the_step(with_steps(f"[{{step: {{identifier: a, type: Wait, strategy: {strategy}}}}}]"))

    assert step.loops[0].count == count


@pytest.mark.parametrize("strategy", ["<+input>", "{repeat: {items: <+x>}}", "{matrix: {a: <+x>}}"])
def test_a_repetition_that_the_run_decides_is_unknown(strategy: str) -> None:
    """A list that an expression gives may be empty."""
    step = the_step(with_steps(f"[{{step: {{identifier: a, type: Wait, strategy: {strategy}}}}}]"))

    assert is_unknown(step.loops[0].count)


def test_conditions_have_defaults() -> None:
    """Unset, something runs while everything before it succeeded."""
    plain = the_step(with_steps(f"[{STEP}]")).condition
    when = "when: {stageStatus: All, condition: <+x> == 1}"
    stated = the_step(with_steps(f"[{{step: {{identifier: a, type: Wait, {when}}}}}]")).condition

    assert (plain.status, plain.expression) == (Status.SUCCESS, "")
    assert (stated.status, stated.expression) == (Status.ALL, "<+x> == 1")


@pytest.mark.parametrize(
    ("text", "seconds"), [("10m", 600), ("1h 30m", 5400), ("1d", 86400), ("30s", 30)]
)
def test_timeouts_are_read_in_seconds(text: str, seconds: int) -> None:
    """A step is bounded by its own timeout, or by that of what it stands in."""
    own = the_step(with_steps(f"[{{step: {{identifier: a, type: Wait, timeout: {text}}}}}]"))
    inherited = the_step(with_steps(f"[{STEP}]", stage=f"timeout: {text},"))

    assert (own.timeout, own.bound) == (seconds, seconds)
    assert (inherited.timeout, inherited.bound) == (None, seconds)


def test_delegates_are_those_of_the_nearest() -> None:
    """A step runs on the delegates of its stage unless it names its own."""
    own = "{step: {identifier: b, type: Wait, spec: {delegateSelectors: [near]}}}"
    found = with_steps(f"[{STEP}, {own}]", stage="delegateSelectors: [far],")

    assert [each.step.selectors for each in steps_of(found)] == [("far",), ("near",)]


CHILD = f"""
pipeline:
  identifier: child
  stages:
    - stage:
        identifier: c
        type: Deployment
        spec: {{environment: {{environmentRef: <+input>}}, execution: {{steps: [{STEP}]}}}}
"""


def test_a_called_pipeline_is_entered_with_its_inputs() -> None:
    """Its stages are reached through the caller, and belong to it alone."""
    place = "{environment: {environmentRef: production}}"
    inputs = f"{{identifier: child, stages: [{{stage: {{identifier: c, spec: {place}}}}}]}}"
    spec = f"{{org: o, project: q, pipeline: child, inputs: {inputs}}}"
    call = f"{{identifier: call, type: Pipeline, spec: {spec}}}"
    child, parent = pipelines(
        CHILD, f"pipeline: {{identifier: parent, stages: [{{stage: {call}}}]}}"
    )

    called = reached_stages(parent)[1]
    assert (called.path, called.environments[0].is_production) == ("parent/call/c", True)
    assert is_unknown(reached_stages(child)[0].environments)
    assert paths(parent) == []


def test_what_input_sets_give_a_called_pipeline_is_unknown_and_says_so() -> None:
    """How they are laid over one another is not documented."""
    spec = "{org: o, project: q, pipeline: child, inputSetReferences: [usual, late]}"
    call = f"{{identifier: call, type: Pipeline, spec: {spec}}}"
    parent = pipelines(CHILD, f"pipeline: {{identifier: parent, stages: [{{stage: {call}}}]}}")[1]

    called = reached_stages(parent)[1]

    assert why_unknown(called.environments) == (
        "its environment is <+input>: the input sets usual, late of child's caller give it"
    )


@pytest.mark.parametrize(("name", "reason"), [("gone", "is not among"), ("loop", "itself called")])
def test_a_pipeline_that_cannot_be_entered_is_hidden(name: str, reason: str) -> None:
    """One that is missing, and one that is called by a pipeline that is called."""
    spec = f"{{org: o, project: q, pipeline: {name}}}"
    stage = f"{{stage: {{identifier: s, type: Pipeline, spec: {spec}}}}}"
    found = one(f"pipeline: {{identifier: loop, stages: [{stage}]}}")

    hidden = [
        node.reason
        for stage in reached_stages(found)
        for node in stage.body.nodes
        if hasattr(node, "reason")
    ]
    assert reason in "; ".join(hidden)


@pytest.mark.parametrize(
    "stages",
    [
        "<+input>",
        "[3]",
        "[{stage: 3}]",
        "[{stage: {identifier: s, spec: {execution: {steps: 3}}}}]",
    ],
)
def test_what_is_no_pipeline_is_hidden(stages: str) -> None:
    """A definition in the wrong shape is not read as an empty one."""
    assert hidden_in(one(f"pipeline: {{identifier: p, stages: {stages}}}"))


def test_what_is_nested_too_deeply_is_hidden() -> None:
    """A definition that would exhaust the reader is named, and the rest is read."""
    node = STEP
    for _ in range(60):
        node = f"{{parallel: [{{stepGroup: {{identifier: g, steps: [{node}]}}}}]}}"
    (hidden,) = hidden_in(with_steps(f"[{STEP}, {node}]"))

    assert "levels deep" in hidden.reason
