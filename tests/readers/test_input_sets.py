"""Inputs are laid over what takes them, wherever they stand."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.definitions import InputSet
from assurance.model.findings import Finding
from assurance.model.unknown import UnknownValue
from assurance.rules import definitions as rules
from tests.harness_states import definition, harness_view

CHECK: dict[str, Any] = {
    "identifier": "check",
    "name": "check",
    "type": "Run",
    "spec": {"image": "<+input>.allowedValues(a:1, b:1)", "privileged": False},
}
PIPELINE: dict[str, Any] = {
    "identifier": "release",
    "name": "release",
    "properties": {"ci": {"codebase": {"repoName": "shop", "build": "<+input>"}}},
    "variables": [
        {"name": "tag", "type": "String", "value": "<+input>"},
        {"name": "owner", "type": "String", "value": "team"},
    ],
    "stages": [
        {
            "stage": {
                "identifier": "live",
                "type": "CI",
                "spec": {"execution": {"steps": [{"parallel": [{"step": CHECK}]}]}},
            }
        }
    ],
}


def taken(given: dict[str, Any], **pipeline: Any) -> Finding:
    values = {"identifier": "usual", "name": "usual", "pipeline": {"identifier": "release"}}
    values["pipeline"] = {"identifier": "release", **given}
    return judged(
        definition("harness_pipeline", {**PIPELINE, **pipeline}),
        definition("harness_input_set", values),
    )


def judged(*definitions: dict[str, Any]) -> Finding:
    sets: tuple[InputSet, ...] = harness_view(*definitions).definitions.input_sets
    assert sets[-1].subject.id == definitions[-1]["address"]
    return rules.fits_pipeline(sets[-1])


def variables(**values: object) -> dict[str, Any]:
    listed = [{"name": name, "type": "String", "value": value} for name, value in values.items()]
    return {"variables": listed}


def check(**spec: object) -> dict[str, Any]:
    step = {"step": {"identifier": "check", "type": "Run", "spec": spec}}
    execution = {"steps": [{"parallel": [step]}]}
    return {
        "stages": [
            {"stage": {"identifier": "live", "type": "CI", "spec": {"execution": execution}}}
        ]
    }


@pytest.mark.parametrize(
    "given",
    [
        variables(tag="v1"),
        variables(tag="<+trigger.artifact.build>"),
        {"properties": {"ci": {"codebase": {"build": {"type": "branch", "spec": {}}}}}},
        check(image="a:1"),
        check(image="<+input>"),
        {},
    ],
)
def test_values_for_inputs_are_taken(given: dict[str, Any]) -> None:
    assert taken(given).holds


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (variables(owner="me"), "variables[owner].value: the pipeline has 'team' there"),
        (variables(nobody="x"), "variables[nobody]: the pipeline has no such item"),
        (
            {"properties": {"ci": {"codebase": {"branch": "main"}}}},
            "properties.ci.codebase.branch: the pipeline has no such field",
        ),
        (
            {"properties": {"ci": {"codebase": {"repoName": "other"}}}},
            "properties.ci.codebase.repoName: the pipeline has 'shop' there, which is no input",
        ),
        (check(image="c:1"), "'c:1' is none of a:1, b:1"),
        (check(privileged=True), "the pipeline has 'false' there"),
        ({"timeout": "1h"}, "timeout: the pipeline has no such field"),
        (
            {"stages": [{"stage": {"identifier": "gone", "type": "CI"}}]},
            "stages[stage gone]: the pipeline has no such item",
        ),
        (
            {"stages": [{"stage": {"identifier": "live", "type": "Custom"}}]},
            "the pipeline has 'CI' there",
        ),
        ({"variables": "x"}, "variables: the pipeline has a list there"),
    ],
)
def test_a_value_that_goes_nowhere_is_named(given: dict[str, Any], said: str) -> None:
    found = taken(given)

    assert not found.holds
    assert said in found.actual


def test_a_wrong_value_is_found_by_its_line() -> None:
    given = {"identifier": "usual", "pipeline": {"identifier": "release", **variables(gone="x")}}
    inputs = definition("harness_input_set", given)

    found = judged(definition("harness_pipeline", PIPELINE), inputs)

    assert found.location is not None
    assert found.location.line == inputs["lines"]["/pipeline/variables/0"]


def test_without_its_pipeline_nothing_is_decided() -> None:
    given = {"identifier": "usual", "pipeline": {"identifier": "gone", **variables(tag="x")}}

    with pytest.raises(UnknownValue, match="its pipeline gone is not among the definitions"):
        judged(definition("harness_input_set", given))


def test_of_a_pipeline_that_is_not_clear_it_is_said_why() -> None:
    given = definition("harness_input_set", {"pipeline": {"identifier": "release"}})
    first = definition("harness_pipeline", PIPELINE, file="harness/a.yaml")
    second = {**definition("harness_pipeline", PIPELINE, file="harness/b.yaml"), "address": "b"}
    other = {"org": "default", "project": "another"}
    stranger = definition("harness_pipeline", PIPELINE, file="harness/c.yaml", scope=other)
    nameless = definition("harness_input_set", {"pipeline": {"identifier": "<+input>"}})

    said = [
        why(given),
        why(first, second, given),
        why(stranger, given),
        why(first, nameless),
    ]

    assert said == [
        "its pipeline release is not among the definitions",
        "2 definitions are its pipeline release: harness/a.yaml:1, harness/b.yaml:1",
        (
            "its pipeline release is not among the definitions of its own scope; "
            "harness/c.yaml:1 is of another"
        ),
        "the pipeline that it is for is not written down",
    ]


def why(*definitions: dict[str, Any]) -> str:
    with pytest.raises(UnknownValue) as caught:
        judged(*definitions)
    return caught.value.reason


def trigger(**fields: Any) -> dict[str, Any]:
    values = {"identifier": "push", "pipelineIdentifier": "release"}
    return definition("harness_trigger", {**values, **fields})


def test_the_inputs_of_a_trigger_are_laid_over_as_well() -> None:
    taker = definition("harness_pipeline", PIPELINE)
    text = "pipeline:\n  identifier: release\n  variables:\n    - {name: NAME, value: v1}\n"

    good = judged(taker, trigger(inputYaml=text.replace("NAME", "tag")))
    bad = judged(taker, trigger(inputYaml=text.replace("NAME", "gone")))

    assert good.holds
    assert not bad.holds
    assert "variables[gone]" in bad.actual


def test_inputs_of_a_trigger_that_are_no_yaml_are_unknown() -> None:
    with pytest.raises(UnknownValue, match="not YAML"):
        judged(definition("harness_pipeline", PIPELINE), trigger(inputYaml="a: ["))


@pytest.mark.parametrize("type_", ["harness_overlay_input_set", "harness_trigger"])
def test_input_sets_are_of_the_pipeline_that_they_are_used_for(type_: str) -> None:
    takers = [
        definition("harness_pipeline", {**PIPELINE, "identifier": name})
        for name in ("release", "other")
    ]
    sets = [
        definition(
            "harness_input_set", {"identifier": f"of_{name}", "pipeline": {"identifier": name}}
        )
        for name in ("release", "other")
    ]
    key = "inputSetRefs" if type_ == "harness_trigger" else "inputSetReferences"
    values = {"identifier": "both", "pipelineIdentifier": "release"}

    good = judged(*takers, *sets, definition(type_, {**values, key: ["of_release"]}))
    bad = judged(*takers, *sets, definition(type_, {**values, key: ["of_release", "of_other"]}))

    assert (good.holds, bad.holds) == (True, False)
    assert "the input set of_other is one of the pipeline other" in bad.actual


def used(inputs: dict[str, Any], **content: Any) -> Finding:
    use = {"templateRef": "check", "versionLabel": "v1", "templateInputs": inputs}
    user = {"identifier": "check", "name": "check", "template": use}
    stage = {"identifier": "a", "spec": {"execution": {"steps": [{"step": user}]}}}
    spec = {"type": "Run", "timeout": "<+input>", "spec": {"image": "a:1"}, **content}
    shared = {"identifier": "check", "versionLabel": "v1", "type": "Step", "spec": spec}
    found = harness_view(
        definition("harness_pipeline", {"identifier": "release", "stages": [{"stage": stage}]}),
        definition("harness_template", shared),
    ).definitions.definitions
    return rules.fits_templates(next(each for each in found if "pipeline" in each.subject.id))


def test_a_template_takes_values_for_its_inputs() -> None:
    assert used({"type": "Run", "timeout": "10m"}).holds


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"spec": {"image": "b:1"}}, "spec.image: the template check has 'a:1' there"),
        ({"spec": {"command": "x"}}, "spec.command: the template check has no such field"),
        ({"type": "Plugin"}, "type: the template check has 'Run' there"),
    ],
)
def test_what_a_template_does_not_take_is_named(inputs: dict[str, Any], said: str) -> None:
    found = used(inputs)

    assert not found.holds
    assert said in found.actual


def test_inputs_of_a_template_that_is_not_there_are_unknown() -> None:
    use = {"templateRef": "gone", "templateInputs": {"timeout": "1h"}}
    stage = {"stage": {"identifier": "a", "template": use}}
    found = harness_view(
        definition("harness_pipeline", {"identifier": "release", "stages": [stage]})
    ).definitions.definitions

    with pytest.raises(UnknownValue, match="its template is not clear"):
        rules.fits_templates(found[0])


def tag(accepts: str) -> dict[str, Any]:
    """A pipeline whose variable `tag` accepts what the conditions say."""
    listed = [{"name": "tag", "type": "String", "value": f"<+input>{accepts}"}]
    return {"variables": listed}


@pytest.mark.parametrize(
    ("accepts", "value"),
    [
        (r".regex(^v[0-9]+\.[0-9]+$)", "v1.20"),
        (r".regex((a|b)(\.[0-9]+)*)", "b.1.2"),
        (r".default(v0).regex(v\d).executionInput()", "v1"),
        (r".regex([ab]).default(a)", "b"),
        (r".regex(v\d)", "<+trigger.artifact.build>"),
        (r".regex([a-z]+)", ["one", "two"]),
        ('.default("0").allowedValues("0","1")', "1"),
        (".executionInput()", "anything"),
        (".default(a)", "anything"),
    ],
)
def test_a_value_that_fits_the_conditions_is_taken(accepts: str, value: object) -> None:
    assert taken(variables(tag=value), **tag(accepts)).holds


@pytest.mark.parametrize(
    ("accepts", "value", "said"),
    [
        (r".regex(^v[0-9]+$)", "latest", "'latest' does not match ^v[0-9]+$"),
        (r".regex(v[0-9])", "v12", "'v12' does not match v[0-9]"),
        (r".regex((a|b)c).default(ac)", "dc", "'dc' does not match (a|b)c"),
        (r".regex([a-z]+)", ["one", "2"], "'2' does not match [a-z]+"),
        (r".regex(.*)", "", "'' does not match .*"),
        (r".regex(\d)", "\u0663", "does not match"),
        (r".regex(true)", False, "'false' does not match true"),
        ('.default("0").allowedValues("0","1")', "2", "'2' is none of 0, 1"),
        (r".allowedValues(a,b).regex(a)", "b", "'b' does not match a"),
        (r".regex([a&&b]).allowedValues(a)", "b", "'b' is none of a"),
    ],
)
def test_a_value_that_breaks_a_condition_is_named(accepts: str, value: object, said: str) -> None:
    found = taken(variables(tag=value), **tag(accepts))

    assert not found.holds
    assert said in found.actual


@pytest.mark.parametrize(
    ("accepts", "value"),
    [
        (r".regex([a-z&&[^b]])", "a"),
        (r".regex([a[b]])", "a"),
        (r".regex(\p{Lower}+)", "a"),
        (r".regex(\Qa.b\E)", "a.b"),
        (r".regex((?<year>\d+))", "1"),
        (r".regex((?P<year>\d+))", "1"),
        (r".regex(a{,2})", "a"),
        (r".regex(\va)", "a"),
        (r".regex([)", "a"),
        (r".regex(a.b)", "a\u0085b"),
        (r".regex((a|aa)+[bc])", "a" * 60),
        (r".regex(<+env.name>-.*)", "a"),
        (r".allowedValues(<+env.name>,a)", "b"),
        (r".allowedValues(jexl(<+env.name> == 'x' ? 'a' : 'b'))", "a"),
    ],
)
def test_what_only_java_or_the_run_can_tell_is_unknown(accepts: str, value: str) -> None:
    with pytest.raises(UnknownValue):
        taken(variables(tag=value), **tag(accepts))
