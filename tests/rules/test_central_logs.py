"""Logs of every kind come together in one bucket that nobody can change."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.unknown import UnknownValue
from assurance.rules import central_logs as rules
from tests.running import view
from tests.states import managed, unknown_because

LOGS = "arn:aws:s3:::logs"
BUCKET = (
    managed("aws_s3_bucket.logs", bucket="logs"),
    managed(
        "aws_s3_bucket_versioning.logs",
        bucket="${aws_s3_bucket.logs.id}",
        versioning_configuration=[{"status": "Enabled"}],
    ),
    managed(
        "aws_s3_bucket_public_access_block.logs",
        bucket="${aws_s3_bucket.logs.id}",
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
    ),
    managed(
        "aws_s3_bucket_object_lock_configuration.logs",
        bucket="${aws_s3_bucket.logs.id}",
        rule=[{"default_retention": [{"mode": "COMPLIANCE", "days": 90}]}],
    ),
)
FIREHOSE = managed(
    "aws_kinesis_firehose_delivery_stream.logs",
    extended_s3_configuration=[{"bucket_arn": "${aws_s3_bucket.logs.arn}"}],
)
SUBSCRIPTION = managed(
    "aws_cloudwatch_log_subscription_filter.app",
    log_group_name="/app",
    destination_arn="${aws_kinesis_firehose_delivery_stream.logs.arn}",
)
TRAIL = managed("aws_cloudtrail.main", s3_bucket_name="${aws_s3_bucket.logs.id}")
FLOWS = managed("aws_flow_log.main", vpc_id="${aws_vpc.main.id}", log_destination=f"{LOGS}/flows/")
BALANCER = managed("aws_lb.main", access_logs=[{"bucket": "logs", "enabled": True}])
ALL = (*BUCKET, FIREHOSE, SUBSCRIPTION, TRAIL, FLOWS, BALANCER)


def judged(*changes: Any, without: Any = ()) -> dict[str, bool]:
    kept = {found["address"]: found for found in (*ALL, *changes)}
    found = view(*(value for address, value in kept.items() if address not in without))
    logs = found.central_logs
    return {source.subject.id: rules.ends_in_centre(source, logs).holds for source in logs.sources}


def test_every_kind_reaches_the_bucket_by_its_own_path() -> None:
    """By subscription and stream, by name, by ARN with a prefix, and by reference."""
    assert judged() == {
        "aws_cloudwatch_log_group.app": True,
        "aws_cloudtrail.main": True,
        "aws_flow_log.main": True,
        "aws_lb.main": True,
    }


def test_a_log_that_is_not_passed_on_fails_alone() -> None:
    """The others still end in the centre."""
    found = judged(without=("aws_cloudwatch_log_subscription_filter.app",))

    assert [name for name, holds in found.items() if not holds] == ["aws_cloudwatch_log_group.app"]


def test_access_logs_that_are_named_but_not_enabled_are_not_written() -> None:
    """Unset, `enabled` is off."""
    found = judged(managed("aws_lb.main", access_logs=[{"bucket": "logs"}]))

    assert not found["aws_lb.main"]


def test_flow_logs_elsewhere_fail() -> None:
    """A bucket of another name is another place."""
    elsewhere = managed("aws_flow_log.main", log_destination="arn:aws:s3:::other")

    assert not judged(elsewhere)["aws_flow_log.main"]


def test_a_policy_of_the_account_passes_every_group_on() -> None:
    """No group needs a filter of its own."""
    policy = managed(
        "aws_cloudwatch_log_account_policy.all",
        policy_type="SUBSCRIPTION_FILTER_POLICY",
        policy_document={"DestinationArn": "${aws_kinesis_firehose_delivery_stream.logs.arn}"},
    )

    found = judged(policy, without=("aws_cloudwatch_log_subscription_filter.app",))

    assert found["aws_cloudwatch_log_group.app"]


def test_the_kinds_that_every_system_has_must_be_there() -> None:
    """Without trail there is no audit log."""
    found = view(*BUCKET, FLOWS)

    finding = rules.has_every_kind(found.central_logs)

    assert (finding.holds, finding.actual) == (False, "no audit log is written")


def test_the_central_place_must_refuse_deletion() -> None:
    """Private and versioned is not enough."""
    whole = view(*ALL)
    unlocked = view(*(found for found in ALL if "object_lock" not in found["address"]))

    assert rules.centre_is_protected(whole.central_logs).holds
    finding = rules.centre_is_protected(unlocked.central_logs)
    assert not finding.holds
    assert finding.actual == "aws_s3_bucket.logs lets its objects be deleted"


def test_without_any_bucket_there_is_no_central_place() -> None:
    """Logs in log groups alone are in no place that is protected."""
    finding = rules.centre_is_protected(view().central_logs)

    assert (finding.holds, finding.actual) == (False, "there is no central place")


def test_a_place_that_nobody_knows_is_unknown() -> None:
    """It may be the centre."""
    trail = managed("aws_cloudtrail.main", s3_bucket_name=unknown_because("var.bucket"))
    logs = view(*BUCKET, FLOWS, trail).central_logs
    (source,) = (found for found in logs.sources if found.subject.id == "aws_cloudtrail.main")

    with pytest.raises(UnknownValue, match=r"aws_cloudtrail\.main"):
        rules.ends_in_centre(source, logs)
