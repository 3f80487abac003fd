"""What is missing from the evidence may be in a module whose source is not here."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.judge import Judge
from assurance.model.environments import Environment
from assurance.model.findings import Finding
from assurance.model.judgements import Layer, Outcome
from assurance.model.requirements import Requirement, Severity
from assurance.model.subjects import Location
from assurance.readers.state import State
from assurance.readers.unseen_modules import UnseenModule, unseen_modules
from assurance.readers.view import View
from assurance.readers.vocabulary import all_kinds
from tests.states import state


def calling(**sources: str) -> State:
    """Return an empty root that calls modules nobody could read."""
    made = state()
    body, seal = made.bodies[0]
    calls = {name: {"source": source, "version": None} for name, source in sources.items()}
    modules = {"": {"module_calls": calls}}
    return State([({**body, "configuration": {"modules": modules}}, seal)])


REQUIREMENT = Requirement(
    id="ECS-01",
    area="compute",
    title="Services run",
    statement="There are services.",
    layers=(Layer.DECLARED,),
    unbuilt=(),
    severity=Severity.HIGH,
    parameters={},
    when_empty="fail",
    notapplicable={},
    controls=(),
    policies=(),
    remedy="Declare one.",
    counterexamples=(),
    location=Location(file="compute.yaml", line=1),
)


def judge_on(found: State) -> Judge:
    production = Environment(name="production", production=True)
    view = View(environment=production, layer=Layer.DECLARED, state=found)
    return Judge(requirement=REQUIREMENT, view=view, scenario="S", kinds=dict(all_kinds()))


def nothing_there() -> Finding:
    return Finding(holds=False, expected="a trail", actual="there is no trail")


def test_a_call_without_its_module_is_unseen() -> None:
    (module,) = unseen_modules(calling(ecs="terraform-aws-modules/ecs/aws"))

    assert (module.address, module.source) == ("module.ecs", "terraform-aws-modules/ecs/aws")


def test_a_plan_holds_what_every_module_makes() -> None:
    body, seal = calling(ecs="terraform-aws-modules/ecs/aws").bodies[0]

    assert not tuple(unseen_modules(State([({**body, "engine": "plan"}, seal)])))


@pytest.mark.parametrize(
    ("source", "made", "not_made"),
    [
        ("terraform-aws-modules/vpc/aws", "aws_subnet", "aws_ecs_service"),
        ("terraform-aws-modules/vpc/aws//modules/vpc-endpoints", "aws_vpc_endpoint", "aws_vpc"),
        ("terraform-aws-modules/ecs/aws//modules/service", "aws_ecs_service", "aws_cloudtrail"),
        (
            "git::https://github.com/terraform-aws-modules/terraform-aws-rds.git?ref=v6.1.0",
            "aws_db_instance",
            "aws_lb",
        ),
        ("github.com/terraform-aws-modules/terraform-aws-alb", "aws_lb_listener", "aws_vpc"),
    ],
)
def test_what_a_published_module_makes_is_known(source: str, made: str, not_made: str) -> None:
    module = UnseenModule(address="module.x", source=source)

    assert module.may_make(made)
    assert module.may_make("aws_*")
    assert not module.may_make(not_made)


@pytest.mark.parametrize("source", ["git::ssh://git@host/own.git", "acme/ecs/aws", ""])
def test_a_module_that_anybody_wrote_may_make_anything(source: str) -> None:
    assert UnseenModule(address="module.x", source=source).may_make("aws_cloudtrail")


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        ("terraform-aws-modules/ecs/aws", Outcome.UNKNOWN),
        ("terraform-aws-modules/vpc/aws", Outcome(REQUIREMENT.when_empty)),
    ],
)
def test_an_empty_population_is_unknown_where_a_module_may_hold_it(
    source: str, outcome: Outcome
) -> None:
    judge = judge_on(calling(part=source))

    judge.require("service")

    (row,) = judge.rows
    assert row.outcome is outcome
    assert row.actual.startswith("the configuration holds no service")
    assert (f"module.part ({source}) may" in row.actual) is (outcome is Outcome.UNKNOWN)


@pytest.mark.parametrize(
    ("sources", "outcome"),
    [({"own": "acme/audit/aws"}, Outcome.UNKNOWN), ({}, Outcome.FAIL)],
)
def test_what_a_system_lacks_is_unknown_where_a_module_may_hold_it(
    sources: dict[str, Any], outcome: Outcome
) -> None:
    judge = judge_on(calling(**sources))

    judge.system(nothing_there, made_of=("aws_cloudtrail",))

    assert [row.outcome for row in judge.rows] == [outcome]
