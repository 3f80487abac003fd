"""Breaking evidence: every change touches what its path selects and nothing else."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance.counterexamples import break_state
from assurance.errors import CatalogueError
from assurance.model.requirements import Change, Counterexample, Layer
from assurance.model.subjects import Location
from assurance.readers.state import State
from tests.states import body, managed


def counterexample(change: Change, target: str, value: object = None) -> Counterexample:
    return Counterexample(
        layer=Layer.DECLARED,
        change=change,
        target=target,
        value=value,
        scenario="",
        breaks_others=False,
        breaks=(),
        policy="",
        note="",
        location=Location(file="x.yaml", line=1),
    )


def a_body() -> dict[str, Any]:
    return body(
        managed("aws_db_instance.a", storage_encrypted=True, kms_key_id="${aws_kms_key.k.arn}"),
        managed("aws_db_instance.b", storage_encrypted=True),
        managed("aws_kms_key.k", enable_key_rotation=True),
        managed("aws_vpc.main", cidr_block="10.0.0.0/16"),
    )


def state() -> State:
    return State([(a_body(), "sha256:x")])


def values(found: State) -> dict[str, Any]:
    return {resource.address: dict(resource.raw["values"]) for resource in found.resources}


def test_set_changes_every_resource_that_the_path_selects() -> None:
    broken = break_state(
        state(), counterexample(Change.SET, "aws_db_instance[*].storage_encrypted", value=False)
    )

    assert broken.mutated == {"aws_db_instance.a", "aws_db_instance.b"}
    assert values(broken.state)["aws_db_instance.a"]["storage_encrypted"] is False


def test_set_creates_what_was_unset() -> None:
    broken = break_state(state(), counterexample(Change.SET, "aws_vpc[*].a.b", value=1))

    assert values(broken.state)["aws_vpc.main"]["a"] == {"b": 1}


def test_set_of_the_value_that_is_there_mutates_nothing() -> None:
    broken = break_state(
        state(), counterexample(Change.SET, "aws_db_instance[*].storage_encrypted", value=True)
    )

    assert broken.mutated == frozenset()


def test_a_filter_selects_by_value() -> None:
    broken = break_state(
        state(),
        counterexample(Change.REMOVE, 'aws_vpc[?(@.cidr_block == "10.0.0.0/16")].cidr_block'),
    )

    assert broken.mutated == {"aws_vpc.main"}
    assert values(broken.state)["aws_vpc.main"] == {}


def test_remove_of_a_whole_resource_takes_it_away() -> None:
    broken = break_state(state(), counterexample(Change.REMOVE, "aws_kms_key[*]"))

    assert broken.mutated == {"aws_kms_key.k"}
    assert "aws_kms_key.k" not in values(broken.state)


def test_copy_puts_a_bad_sibling_beside_the_good_one() -> None:
    broken = break_state(
        state(),
        counterexample(
            Change.COPY, "aws_db_instance[0]", {"storage_encrypted": False, "kms_key_id": None}
        ),
    )

    assert broken.mutated == {"aws_db_instance.counterexample"}
    assert values(broken.state)["aws_db_instance.counterexample"] == {"storage_encrypted": False}
    assert values(broken.state)["aws_db_instance.a"]["storage_encrypted"] is True


def test_append_adds_to_a_list_that_need_not_exist() -> None:
    broken = break_state(state(), counterexample(Change.APPEND, "aws_vpc[*].rules", {"port": 22}))

    assert values(broken.state)["aws_vpc.main"]["rules"] == [{"port": 22}]


def test_add_refers_to_real_resources() -> None:
    broken = break_state(
        state(), counterexample(Change.ADD, "aws_subnet", {"vpc_id": "${aws_vpc[0].id}"})
    )

    assert values(broken.state)["aws_subnet.counterexample"] == {"vpc_id": "${aws_vpc.main.id}"}


def test_add_without_the_resource_it_refers_to_does_nothing() -> None:
    broken = break_state(
        state(), counterexample(Change.ADD, "aws_subnet", {"vpc_id": "${aws_lb[0].id}"})
    )

    assert broken.mutated == frozenset()


def test_raw_resources_can_be_broken_too() -> None:
    broken = break_state(
        state(),
        counterexample(
            Change.SET,
            'resources[?(@.type == "aws_vpc")].lifecycle.prevent_destroy',
            value=True,
        ),
    )

    assert broken.mutated == {"aws_vpc.main"}
    assert broken.state.of("aws_vpc")[0].lifecycle == {"prevent_destroy": True}


def test_a_path_that_is_not_jsonpath_is_refused() -> None:
    with pytest.raises(CatalogueError, match="not JSONPath"):
        break_state(state(), counterexample(Change.SET, "aws_vpc[*", value=1))


@given(
    change=st.sampled_from([Change.SET, Change.REMOVE, Change.APPEND]),
    type_=st.sampled_from(["aws_vpc", "aws_db_instance", "aws_none"]),
    name=st.sampled_from(["cidr_block", "storage_encrypted", "fresh"]),
    value=st.one_of(st.booleans(), st.integers(), st.text(max_size=3)),
)
def test_the_evidence_itself_is_never_changed(
    change: Change, type_: str, name: str, value: object
) -> None:
    original = a_body()
    kept = copy.deepcopy(original)

    if change is Change.APPEND and name != "fresh":
        name = "fresh"
    break_state(
        State([(original, "sha256:x")]), counterexample(change, f"{type_}[*].{name}", value)
    )

    assert original == kept


def test_remove_of_an_item_selected_in_a_selected_resource_leaves_the_resource() -> None:
    """Brackets at both ends of a path do not make it the path of a whole resource."""
    vpc = managed("aws_vpc.main", routes=[{"to": "a"}, {"to": "b"}], name="x")
    found = State([(body(vpc), "sha256:x")])
    target = 'aws_vpc[?(@.name == "x")].routes[?(@.to == "a")]'

    broken = break_state(found, counterexample(Change.REMOVE, target))

    assert values(broken.state)["aws_vpc.main"] == {"name": "x", "routes": [{"to": "b"}]}
