"""References are followed to what they mean, in every way that configurations write them."""

from __future__ import annotations

import pytest

from assurance.errors import EvidenceError
from assurance.model.unknown import is_unknown
from assurance.readers.state import State
from assurance.readers.tokens import tokens
from tests.states import body, managed, unknown_because


def one(*resources: dict[str, object]) -> State:
    return State([(body(*resources), "sha256:x")])


@pytest.mark.parametrize(
    "address",
    [
        "aws_vpc.main",
        "aws_vpc.main[0]",
        'aws_vpc.main["a.b}"]',
        "module.net.aws_vpc.main",
        'module.net["eu"].module.inner[1].aws_vpc.main',
        "data.aws_vpc.main",
    ],
)
def test_a_token_names_its_resource_and_attribute(address: str) -> None:
    text = f"a ${{{address}.id}} b"

    assert tokens(text) == ((address, "id"),)


def test_a_token_may_reach_into_a_computed_list() -> None:
    assert tokens("${aws_db_instance.x.master_user_secret[0].secret_arn}") == (
        ("aws_db_instance.x", "master_user_secret[0].secret_arn"),
    )


def test_a_reference_is_followed() -> None:
    state = one(managed("aws_vpc.main"), managed("aws_subnet.a", vpc_id="${aws_vpc.main.id}"))

    [subnet] = state.of("aws_subnet")

    assert subnet.target("vpc_id", "aws_vpc") is state.of("aws_vpc")[0]
    assert subnet.target("vpc_id", "aws_lb") is None
    assert subnet.target("nothing") is None


def test_a_literal_name_is_followed_when_it_is_unique() -> None:
    state = one(
        managed("aws_ecs_cluster.a", name="main"),
        managed("aws_ecs_service.s", cluster="main"),
        managed("aws_ecs_service.t", cluster="other"),
    )

    first, second = state.of("aws_ecs_service")

    assert first.target("cluster", "aws_ecs_cluster") is state.of("aws_ecs_cluster")[0]
    assert second.target("cluster", "aws_ecs_cluster") is None


def test_a_look_up_is_followed_into_another_root() -> None:
    name = "logs-${module.x.data.aws_caller_identity.current.account_id}"
    other = "logs-${data.aws_caller_identity.me.account_id}"
    shared = body(managed("aws_s3_bucket.logs", bucket=name), root="shared")
    own = body(
        managed("data.aws_s3_bucket.logs", bucket=other),
        managed("aws_flow_log.all", log_destination="${data.aws_s3_bucket.logs.arn}"),
        root="own",
    )
    state = State([(shared, "sha256:a"), (own, "sha256:b")])

    assert state.of("aws_flow_log")[0].target("log_destination") is state.of("aws_s3_bucket")[0]


def test_a_look_up_of_what_is_outside_stays_a_look_up() -> None:
    state = one(
        managed("data.aws_vpc.default", default=True),
        managed("aws_subnet.a", vpc_id="${data.aws_vpc.default.id}"),
    )

    target = state.of("aws_subnet")[0].target("vpc_id", "aws_vpc")

    assert target is not None
    assert not target.is_managed


def test_the_same_address_in_two_roots_is_two_subjects() -> None:
    state = State(
        [
            (body(managed("aws_vpc.main"), root="a"), "sha256:a"),
            (body(managed("aws_vpc.main"), root="b"), "sha256:b"),
        ]
    )

    assert [vpc.id for vpc in state.of("aws_vpc")] == ["a:aws_vpc.main", "b:aws_vpc.main"]


def test_what_is_unset_takes_the_default_and_what_is_unknown_stays_unknown() -> None:
    state = one(
        managed(
            "aws_lb.a",
            name=unknown_because("var.name has no value"),
            access_logs=[{"bucket": "logs"}],
        )
    )

    [balancer] = state.of("aws_lb")

    assert balancer.get("internal", default=False) is False
    assert is_unknown(balancer.get("name"))
    assert balancer.get("access_logs.bucket") == "logs"
    assert [block.get("bucket") for block in balancer.blocks("access_logs")] == ["logs"]
    assert is_unknown(balancer.get("name.first"))


def test_what_could_not_be_had_is_told_to_whoever_asks_for_it_and_to_nobody_else() -> None:
    state = State(
        [(body(managed("aws_vpc.main")), "sha256:x")],
        {"harness": EvidenceError("the pipelines cannot be read.")},
    )

    assert [found.id for found in state.of("aws_vpc")] == ["aws_vpc.main"]
    with pytest.raises(EvidenceError, match="pipelines cannot be read"):
        state.of("harness_pipeline")


@pytest.mark.parametrize(
    ("pointer", "line"),
    [("", 3), ("/stages", 5), ("/stages/0/stage", 5), ("/name", 3), ("/stages/1/x", 9)],
)
def test_a_value_stands_where_its_nearest_known_surrounding_stands(pointer: str, line: int) -> None:
    found = managed("harness_pipeline.ci", line=3, stages=[{"stage": {}}, {"x": 1}])
    found["lines"] = {"/stages": 5, "/stages/1": 9}
    (pipeline,) = State([(body(found), "sha256:x")]).of("harness_pipeline")

    assert pipeline.location_of(pointer).line == line
