"""The ledger is closed: nothing can be missing from it, and silence never passes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance.judge import Judge
from assurance.ledger import Ledger, Scope, exit_status, summarise
from assurance.model.environments import Environment
from assurance.model.findings import Finding, NotApplicable
from assurance.model.judgements import Judgement, Layer, Outcome, Reason
from assurance.model.requirements import Requirement, Severity
from assurance.model.subjects import Location, Subject
from assurance.model.unknown import unknown
from assurance.readers.kinds import Kind
from assurance.readers.state import State
from assurance.readers.view import View
from tests.states import body, managed

PRODUCTION = Environment(name="production", production=True)
STAGING = Environment(name="staging", production=False)


class Vpc:
    """A record as readers make them, as small as can be."""

    def __init__(self, subject: Subject, cidr: str) -> None:
        self.subject = subject
        self.cidr = cidr


def requirement(**changes: object) -> Requirement:
    made = Requirement(
        id="NET-01",
        area="network",
        title="The system has its own network",
        statement="The system lives in its own VPC.",
        layers=(Layer.DECLARED, Layer.DEPLOYED),
        unbuilt=(Layer.DEPLOYED,),
        severity=Severity.HIGH,
        parameters={},
        when_empty="fail",
        notapplicable={"small": "A small network is exempt."},
        controls=(),
        policies=(),
        remedy="Declare aws_vpc.",
        counterexamples=(),
        location=Location(file="network.yaml", line=1),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def vpcs(*, forget: str = "") -> Kind:
    return Kind(
        noun="vpc",
        plural="vpcs",
        population=lambda view: tuple(
            Vpc(resource.subject(), resource.get("cidr_block"))
            for resource in view.state.of("aws_vpc")
            if resource.address != forget
        ),
        inventory=("aws_vpc",),
    )


def judge(*cidrs: object, kind: Kind | None = None, **changes: object) -> Judge:
    resources = [managed(f"aws_vpc.v{n}", cidr_block=cidr) for n, cidr in enumerate(cidrs)]
    state = State([(body(*resources), "sha256:x")])
    view = View(environment=PRODUCTION, layer=Layer.DECLARED, state=state)
    made = Judge(
        requirement=requirement(**changes),
        view=view,
        scenario="Networks",
        kinds={"vpc": kind or vpcs()},
    )
    made.step = "every vpc is private"
    return made


def is_private(vpc: Vpc) -> Finding | NotApplicable:
    if vpc.cidr == "small":
        return NotApplicable("small")
    if vpc.cidr == "odd":
        return NotApplicable("nobody named this case")
    if vpc.cidr == "broken":
        raise KeyError("a defect of the rule")
    return Finding(holds=vpc.cidr.startswith("10."), expected="10.0.0.0/8", actual=vpc.cidr)


def outcomes(made: Judge) -> dict[str, Outcome]:
    ledger = Ledger(Scope(environments=(), selected_environments=frozenset(), layers=frozenset()))
    return {row.subject: row.outcome for row in ledger.enter(made)}


@pytest.mark.parametrize(
    ("cidr", "outcome"),
    [
        ("10.0.0.0/16", Outcome.PASS),
        ("8.0.0.0/8", Outcome.FAIL),
        ({"$unknown": "var.cidr has no value"}, Outcome.UNKNOWN),
        ("small", Outcome.NOTAPPLICABLE),
        ("odd", Outcome.ERROR),
        ("broken", Outcome.ERROR),
    ],
)
def test_every_subject_gets_the_outcome_of_its_rule(cidr: object, outcome: Outcome) -> None:
    made = judge(cidr, "10.1.0.0/16")

    made.every("vpc", is_private)

    assert outcomes(made) == {"aws_vpc.v0": outcome, "aws_vpc.v1": Outcome.PASS}


def test_an_empty_population_is_what_the_catalogue_says() -> None:
    failing, exempt = judge(), judge(when_empty="notapplicable")

    failing.require("vpc")
    exempt.every("vpc", is_private)

    assert outcomes(failing) == {"system": Outcome.FAIL}
    assert outcomes(exempt) == {"system": Outcome.NOTAPPLICABLE}


def test_what_a_system_may_do_without_is_not_applicable_with_its_reason() -> None:
    made = judge(may_be_absent={"vpc": "There is no network."})
    other = judge(may_be_absent={"subnet": "There is no network."})

    made.require("vpc")
    other.require("vpc")

    assert outcomes(made) == {"system": Outcome.NOTAPPLICABLE}
    assert outcomes(other) == {"system": Outcome.FAIL}


def test_a_resource_that_a_reader_forgot_is_an_error() -> None:
    made = judge("10.0.0.0/16", "10.1.0.0/16", kind=vpcs(forget="aws_vpc.v1"))

    made.every("vpc", is_private)

    assert outcomes(made) == {"aws_vpc.v0": Outcome.PASS, "aws_vpc.v1": Outcome.ERROR}


def test_a_scenario_that_judges_nothing_is_an_error() -> None:
    assert outcomes(judge("10.0.0.0/16")) == {"system": Outcome.ERROR}


def test_a_resource_that_may_not_exist_is_unknown() -> None:
    state = State(
        [(body(managed("aws_vpc.v", cidr_block="10.0.0.0/16", existence="var.on")), "sha256:x")]
    )
    made = judge()
    made.view = View(environment=PRODUCTION, layer=Layer.DECLARED, state=state)

    made.every("vpc", is_private)

    assert outcomes(made) == {"aws_vpc.v": Outcome.UNKNOWN}


def test_a_rule_that_says_something_truthy_does_not_pass() -> None:
    made = judge("10.0.0.0/16")

    made.every("vpc", lambda _: Finding(holds=unknown("x"), expected="a", actual="b"))

    assert outcomes(made) == {"aws_vpc.v0": Outcome.FAIL}


def closed(rows: list[Judgement], layers: set[Layer], environments: set[str]) -> list[Judgement]:
    ledger = Ledger(
        Scope(
            environments=(PRODUCTION, STAGING),
            selected_environments=frozenset(environments),
            layers=frozenset(layers),
        ),
        rows,
    )
    return list(ledger.close([requirement()]))


def test_what_was_not_looked_at_says_why() -> None:
    rows = closed([], {Layer.DECLARED}, {"production"})

    found = {(row.environment, row.layer): (row.outcome, row.actual) for row in rows}
    assert found == {
        ("production", Layer.DECLARED): (
            Outcome.ERROR,
            "no scenario of this requirement was carried out",
        ),
        ("production", Layer.DEPLOYED): (Outcome.NOTCHECKED, Reason.UNBUILT),
        ("staging", Layer.DECLARED): (Outcome.NOTCHECKED, Reason.ENVIRONMENT),
        ("staging", Layer.DEPLOYED): (Outcome.NOTCHECKED, Reason.UNBUILT),
    }


def row(outcome: Outcome, subject: str = "aws_vpc.v", actual: str = "") -> Judgement:
    return Judgement(
        requirement="NET-01",
        environment="production",
        layer=Layer.DECLARED,
        scenario="Networks",
        step="every vpc is private",
        subject=subject,
        outcome=outcome,
        expected="",
        actual=actual,
    )


def test_two_judgements_in_one_place_are_an_error() -> None:
    rows = closed([row(Outcome.PASS), row(Outcome.PASS)], {Layer.DECLARED}, {"production"})

    assert [found.outcome for found in rows if found.subject == "aws_vpc.v"] == [
        Outcome.PASS,
        Outcome.ERROR,
    ]


@given(st.lists(st.sampled_from(list(Outcome)), max_size=6))
def test_the_exit_status_is_0_only_when_something_passed_and_nothing_is_open(
    found: list[Outcome],
) -> None:
    status = exit_status([row(outcome) for outcome in found])

    if Outcome.FAIL in found:
        assert status == 1
    elif {Outcome.ERROR, Outcome.UNKNOWN} & set(found) or Outcome.PASS not in found:
        assert status == 6
    else:
        assert status == 0


def test_a_fault_of_the_suite_leaves_the_run_undecided() -> None:
    assert exit_status([row(Outcome.PASS)], faulty=True) == 6
    assert exit_status([row(Outcome.FAIL)], faulty=True) == 1


def test_a_missing_tool_is_not_a_pass() -> None:
    rows = [row(Outcome.PASS), row(Outcome.NOTCHECKED, actual=Reason.TOOL)]

    assert exit_status(rows) == 6
    assert summarise(requirement(), rows).outcome is Outcome.NOTCHECKED


def test_a_layer_that_was_not_looked_at_stays_visible_beside_one_that_passed() -> None:
    rows = [
        row(Outcome.PASS),
        replace(row(Outcome.NOTCHECKED, actual=Reason.UNBUILT), layer=Layer.DEPLOYED),
    ]

    summary = summarise(requirement(), rows)

    assert summary.outcome is Outcome.PASS
    assert summary.layers == {"declared": Outcome.PASS, "deployed": Outcome.NOTCHECKED}
