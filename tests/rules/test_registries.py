"""Repositories of images, on evidence as Terraform gives it."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.registries import Repository
from assurance.model.unknown import UnknownValue
from assurance.readers.registries import read_registries
from assurance.rules import registries as rules
from tests.states import managed, state

SECOND = {"destination": [{"region": "eu-central-1", "registry_id": "111122223333"}]}
DISPOSABLE = ("pr-", "cache")


def replication(**rule: Any) -> dict[str, Any]:
    return managed(
        "aws_ecr_replication_configuration.all",
        replication_configuration=[{"rule": [SECOND | rule]}],
    )


def repository(*others: dict[str, Any], **values: Any) -> Repository:
    own = managed("aws_ecr_repository.web", name="shop/web", **values)
    return read_registries(state(own, *others)).repositories[0]


def lifecycle(*selections: dict[str, Any]) -> dict[str, Any]:
    rules_ = [
        {"rulePriority": number, "selection": selection, "action": {"type": "expire"}}
        for number, selection in enumerate(selections, start=1)
    ]
    return managed(
        "aws_ecr_lifecycle_policy.web",
        repository="${aws_ecr_repository.web.name}",
        policy={"rules": rules_},
    )


def policy(principal: Any, **more: Any) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "ecr:BatchGetImage", **more}
    return managed(
        "aws_ecr_repository_policy.web",
        repository="shop/web",
        policy={"Statement": [statement]},
    )


@pytest.mark.parametrize(
    ("others", "actual"),
    [
        ((), "private; no policy lets anybody else in"),
        (
            (policy({"AWS": "${aws_iam_role.web.arn}"}),),
            "statement 1 lets in ${aws_iam_role.web.arn} of its own account",
        ),
    ],
)
def test_private_repository_passes(others: tuple[dict[str, Any], ...], actual: str) -> None:
    finding = rules.is_private(repository(*others), accounts=())

    assert finding.holds
    assert finding.actual == actual


def test_anonymous_principal_fails() -> None:
    finding = rules.is_private(repository(policy("*")), accounts=())

    assert not finding.holds
    assert finding.actual == "statement 1 lets in *, which is everybody"


def test_literal_account_is_unknown_unless_it_is_allowed() -> None:
    found = repository(policy({"AWS": "arn:aws:iam::999988887777:root"}))

    with pytest.raises(UnknownValue, match="999988887777"):
        rules.is_private(found, accounts=())
    assert rules.is_private(found, accounts=("999988887777",)).holds


def test_public_repository_fails() -> None:
    found = read_registries(
        state(managed("aws_ecrpublic_repository.web", repository_name="web"))
    ).repositories[0]

    assert not rules.is_private(found, accounts=()).holds


@pytest.mark.parametrize(
    ("values", "holds", "actual"),
    [
        ({}, False, "image_tag_mutability is MUTABLE"),
        ({"image_tag_mutability": "IMMUTABLE"}, True, "image_tag_mutability is IMMUTABLE"),
        (
            {
                "image_tag_mutability": "IMMUTABLE_WITH_EXCLUSION",
                "image_tag_mutability_exclusion_filter": [
                    {"filter": "latest*", "filter_type": "WILDCARD"}
                ],
            },
            False,
            "image_tag_mutability is IMMUTABLE_WITH_EXCLUSION, except for latest*",
        ),
    ],
)
def test_tags_are_immutable_only_without_exclusions(
    values: dict[str, Any], holds: bool, actual: str
) -> None:
    finding = rules.has_immutable_tags(repository(**values))

    assert (finding.holds, finding.actual) == (holds, actual)


COUNT = {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 10}
AGE = {"tagStatus": "any", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 30}


@pytest.mark.parametrize(
    ("selections", "holds", "actual"),
    [
        ((COUNT,), True, "rule 1 keeps the newest 10 images only"),
        ((COUNT | {"countNumber": 1},), False, "rule 1 keeps the newest 1 images only"),
        (
            (AGE,),
            False,
            "rule 1 expires tagged images 30 days old, the running one included",
        ),
        ((AGE | {"tagStatus": "untagged"},), True, "rule 1 expires untagged images only"),
        (
            (AGE | {"tagStatus": "tagged", "tagPrefixList": ["pr-"]},),
            True,
            "rule 1 expires images tagged pr- only",
        ),
        (
            (COUNT, AGE | {"tagStatus": "tagged", "tagPrefixList": ["v"]}),
            False,
            "rule 2 expires tagged images 30 days old, the running one included",
        ),
    ],
)
def test_lifecycle_spares_released_images(
    selections: tuple[dict[str, Any], ...], holds: bool, actual: str
) -> None:
    found = repository(lifecycle(*selections))

    finding = rules.keeps_what_a_rollback_needs(found, images=3, disposable=DISPOSABLE)

    assert (finding.holds, finding.actual) == (holds, actual)


def test_no_lifecycle_fails() -> None:
    finding = rules.keeps_what_a_rollback_needs(repository(), images=3, disposable=DISPOSABLE)

    assert not finding.holds
    assert finding.actual == "it has no lifecycle policy: images stay for ever"


@pytest.mark.parametrize(
    ("others", "holds"),
    [
        ((), False),
        ((replication(),), True),
        ((replication(repository_filter=[{"filter": "shop/"}]),), True),
        ((replication(repository_filter=[{"filter": "other/"}]),), False),
        ((replication(destination=[{"region": "eu-west-1"}]),), False),
    ],
)
def test_replication_needs_another_region_and_a_filter_that_covers(
    others: tuple[dict[str, Any], ...], holds: bool
) -> None:
    assert rules.is_replicated(repository(*others)).holds is holds


def scanning(frequency: str, pattern: str) -> dict[str, Any]:
    return managed(
        "aws_ecr_registry_scanning_configuration.all",
        rule=[
            {
                "scan_frequency": frequency,
                "repository_filter": [{"filter": pattern, "filter_type": "WILDCARD"}],
            }
        ],
    )


@pytest.mark.parametrize(
    ("others", "own", "holds"),
    [
        ((), None, False),
        ((), True, True),
        ((scanning("SCAN_ON_PUSH", "*"),), None, True),
        ((scanning("CONTINUOUS_SCAN", "shop/*"),), None, True),
        ((scanning("MANUAL", "*"),), True, False),
        ((scanning("SCAN_ON_PUSH", "other"),), True, False),
    ],
)
def test_scanning_of_the_registry_replaces_the_repositorys(
    others: tuple[dict[str, Any], ...], own: bool | None, holds: bool
) -> None:
    values = {} if own is None else {"image_scanning_configuration": [{"scan_on_push": own}]}

    assert rules.is_scanned_on_push(repository(*others, **values)).holds is holds


@pytest.mark.parametrize(
    ("configuration", "holds", "actual"),
    [
        ([], False, "encrypted with AES256, a key that only AWS has"),
        (
            [{"encryption_type": "KMS"}],
            False,
            "encrypted with aws/ecr, the key that AWS manages (kms_key is unset)",
        ),
        (
            [{"encryption_type": "KMS", "kms_key": "${aws_kms_key.images.arn}"}],
            True,
            "encrypted with aws_kms_key.images",
        ),
        (
            [{"encryption_type": "KMS", "kms_key": "${data.aws_kms_alias.ecr.target_key_arn}"}],
            False,
            "encrypted with data.aws_kms_alias.ecr",
        ),
    ],
)
def test_encryption_needs_our_own_key(
    configuration: list[dict[str, str]], holds: bool, actual: str
) -> None:
    keys = (managed("aws_kms_key.images"), managed("data.aws_kms_alias.ecr", name="alias/aws/ecr"))
    found = repository(*keys, encryption_configuration=configuration)

    finding = rules.is_encrypted_with_own_key(found)

    assert (finding.holds, finding.actual) == (holds, actual)
