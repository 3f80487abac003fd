"""References to images are parted without breaking references to resources."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.readers.images import read_image
from assurance.readers.state import Block
from tests.states import managed, state

DIGEST = "sha256:" + "a" * 64


def read(reference: str, *resources: Any) -> Any:
    found = state(managed("aws_ecs_task_definition.app", family="app"), *resources)
    (definition,) = found.of("aws_ecs_task_definition")
    return read_image(Block({"image": reference}, definition), reference)


@pytest.mark.parametrize(
    ("reference", "repository", "tag", "digest"),
    [
        ("nginx", "nginx", "", ""),
        ("nginx:1.27", "nginx", "1.27", ""),
        (f"nginx@{DIGEST}", "nginx", "", DIGEST),
        (f"nginx:1.27@{DIGEST}", "nginx", "1.27", DIGEST),
        ("localhost:5000/team/app", "localhost:5000/team/app", "", ""),
        ("localhost:5000/team/app:v1", "localhost:5000/team/app", "v1", ""),
    ],
)
def test_a_reference_is_name_tag_and_digest(
    reference: str, repository: str, tag: str, digest: str
) -> None:
    """A port is not a tag."""
    found = read(reference)

    assert (found.repository, found.tag, found.digest) == (repository, tag, digest)


def test_an_index_with_colon_and_at_stays_inside_its_reference() -> None:
    """The key of a for_each may hold anything."""
    repository = managed(
        'aws_ecr_repository.all["a:b@c"]', name="a", image_tag_mutability="IMMUTABLE"
    )

    found = read('${aws_ecr_repository.all["a:b@c"].repository_url}:v1', repository)

    assert (found.repository, found.tag) == ('aws_ecr_repository.all["a:b@c"]', "v1")
    assert found.tag_is_immutable


def test_a_tag_that_the_immutability_leaves_out_can_be_moved() -> None:
    """Exclusions are patterns."""
    repository = managed(
        "aws_ecr_repository.app",
        name="app",
        image_tag_mutability="IMMUTABLE_WITH_EXCLUSION",
        image_tag_mutability_exclusion_filter=[{"filter": "dev-*", "filter_type": "WILDCARD"}],
    )

    moved = read("${aws_ecr_repository.app.repository_url}:dev-7", repository)
    fixed = read("${aws_ecr_repository.app.repository_url}:v7", repository)

    assert not moved.tag_is_immutable
    assert fixed.tag_is_immutable


def test_a_literal_address_is_found_by_the_name_of_its_repository() -> None:
    """Account and region stand before it."""
    repository = managed(
        "aws_ecr_repository.app", name="team/app", image_tag_mutability="IMMUTABLE"
    )

    found = read("123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:v1", repository)

    assert found.repository == "aws_ecr_repository.app"
    assert found.tag_is_immutable


def test_a_public_repository_is_not_private() -> None:
    """It is declared like the private one."""
    repository = managed("aws_ecrpublic_repository.app", repository_name="app")

    assert not read("${aws_ecrpublic_repository.app.repository_uri}:v1", repository).is_private
