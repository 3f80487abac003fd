"""Copies of buckets, on evidence as Terraform gives it."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import Finding, NotApplicable, Verdict
from assurance.model.unknown import UnknownValue
from assurance.readers.replication import read_replication
from assurance.rules.replication import survives_its_region
from tests.states import managed, state

ALL = {"status": "Enabled", "filter": [{"prefix": ""}]}
TO_COPY = {"destination": [{"bucket": "${aws_s3_bucket.copy.arn}"}]}


def judge(*rules: dict[str, Any], region: str = "eu-central-1") -> Verdict:
    found = read_replication(
        state(
            managed("aws_s3_bucket.files", bucket="files"),
            managed("aws_s3_bucket.copy", bucket="copy", region=region),
            managed(
                "aws_s3_bucket_replication_configuration.files",
                bucket="${aws_s3_bucket.files.id}",
                rule=list(rules),
            ),
        )
    )
    return survives_its_region(next(item for item in found.stores if "files" in item.subject.id))


def test_copy_in_another_region_passes() -> None:
    verdict = judge(ALL | TO_COPY)

    assert isinstance(verdict, Finding)
    assert verdict.holds


@pytest.mark.parametrize(
    ("rules", "region", "actual"),
    [
        ((), "eu-central-1", "its objects are in eu-west-1 only"),
        (
            (ALL | TO_COPY | {"status": "Disabled"},),
            "eu-central-1",
            "its objects are in eu-west-1 only",
        ),
        (
            (TO_COPY | {"status": "Enabled", "filter": [{"prefix": "a/"}]},),
            "eu-central-1",
            "its objects are in eu-west-1 only",
        ),
        ((ALL | TO_COPY,), "eu-west-1", "copied within eu-west-1 only"),
    ],
)
def test_missing_partial_and_near_copies_fail(
    rules: tuple[dict[str, Any], ...], region: str, actual: str
) -> None:
    verdict = judge(*rules, region=region)

    assert isinstance(verdict, Finding)
    assert (verdict.holds, verdict.actual) == (False, actual)


def test_copy_somewhere_outside_is_unknown() -> None:
    with pytest.raises(UnknownValue, match="which is not part of this configuration"):
        judge(ALL | {"destination": [{"bucket": "arn:aws:s3:::elsewhere"}]})


def test_copies_and_access_logs_need_no_copy() -> None:
    found = read_replication(
        state(
            managed("aws_s3_bucket.files", bucket="files"),
            managed("aws_s3_bucket.copy", bucket="copy", region="eu-central-1"),
            managed("aws_s3_bucket.logs", bucket="logs"),
            managed("aws_lb.web", access_logs=[{"bucket": "${aws_s3_bucket.logs.id}"}]),
            managed(
                "aws_s3_bucket_replication_configuration.files",
                bucket="files",
                rule=[ALL | TO_COPY],
            ),
        )
    )

    verdicts = {item.subject.id: survives_its_region(item) for item in found.stores}

    assert verdicts["aws_s3_bucket.copy"] == NotApplicable("copy")
    assert verdicts["aws_s3_bucket.logs"] == NotApplicable("rebuildable")
