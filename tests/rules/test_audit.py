"""Trails, recorders and detectors, on evidence as Terraform gives it."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.audit import Audit
from assurance.model.findings import Finding
from assurance.model.unknown import UnknownValue
from assurance.readers.audit import read_audit
from assurance.readers.buckets import read_buckets
from assurance.readers.state import State
from assurance.rules import audit as rules
from tests.states import managed, state, unknown_because

GOOD = {
    "is_multi_region_trail": True,
    "enable_log_file_validation": True,
    "kms_key_id": "${aws_kms_key.trail.arn}",
    "s3_bucket_name": "${aws_s3_bucket.trail.id}",
}
DOORS = {
    "block_public_acls": True,
    "block_public_policy": True,
    "ignore_public_acls": True,
    "restrict_public_buckets": True,
}
RETENTION = {"rule": [{"default_retention": [{"mode": "COMPLIANCE", "days": 365}]}]}


def read(found: State) -> Audit:
    return read_audit(found, read_buckets(found))


def audit(*others: dict[str, Any], **trail: Any) -> Audit:
    return read(
        state(
            managed("aws_kms_key.trail"),
            managed("aws_s3_bucket.trail", bucket="trail"),
            managed("aws_cloudtrail.all", name="all", **trail),
            *others,
        )
    )


def around(type_: str, **values: Any) -> dict[str, Any]:
    return managed(f"aws_s3_bucket_{type_}.trail", bucket="${aws_s3_bucket.trail.id}", **values)


PRIVATE = around("public_access_block", **DOORS)
VERSIONED = around("versioning", versioning_configuration=[{"status": "Enabled"}])


def test_complete_trail_passes() -> None:
    assert rules.is_recorded(audit(**GOOD)).holds


@pytest.mark.parametrize(
    ("change", "actual"),
    [
        ({"is_multi_region_trail": False}, "records one region only"),
        ({"enable_log_file_validation": None}, "does not validate its files"),
        ({"enable_logging": False}, "is switched off"),
        ({"kms_key_id": None}, "has no customer managed key"),
        (
            {"event_selector": [{"include_management_events": False}]},
            "does not record all management events",
        ),
        (
            {"event_selector": [{"read_write_type": "WriteOnly"}]},
            "does not record all management events",
        ),
        (
            {
                "advanced_event_selector": [
                    {"field_selector": [{"field": "eventCategory", "equals": ["Data"]}]}
                ]
            },
            "does not record all management events",
        ),
    ],
)
def test_incomplete_trail_fails(change: dict[str, Any], actual: str) -> None:
    finding = rules.is_recorded(audit(**GOOD | change))

    assert not finding.holds
    assert finding.actual == f"aws_cloudtrail.all {actual}"


def test_selectors_are_taken_together() -> None:
    management = {"field_selector": [{"field": "eventCategory", "equals": ["Management"]}]}
    data = {"field_selector": [{"field": "eventCategory", "equals": ["Data"]}]}

    assert rules.is_recorded(audit(**GOOD, advanced_event_selector=[data, management])).holds


def test_one_good_trail_beside_a_bad_one_is_enough() -> None:
    found = audit(managed("aws_cloudtrail.data", name="data"), **GOOD)

    assert rules.is_recorded(found).holds


def test_unknown_setting_is_unknown_unless_a_known_fault_decides() -> None:
    hidden = {"is_multi_region_trail": unknown_because("var.regions has no value")}

    with pytest.raises(UnknownValue, match=r"var\.regions"):
        rules.is_recorded(audit(**GOOD | hidden))
    assert not rules.is_recorded(audit(**GOOD | hidden | {"enable_logging": False})).holds


def kept(*around_it: dict[str, Any]) -> Finding:
    return rules.keeps_its_trail(audit(*around_it, **GOOD).trails[0])


def denial(actions: list[str], **more: Any) -> dict[str, Any]:
    statement = {"Effect": "Deny", "Principal": "*", "Action": actions, "Resource": "*", **more}
    return around("policy", policy={"Statement": [statement]})


@pytest.mark.parametrize(
    "guard",
    [
        around("object_lock_configuration", **RETENTION),
        denial(["s3:DeleteObject*"]),
        denial(["s3:DeleteObject", "s3:DeleteObjectVersion"]),
    ],
)
def test_locked_private_versioned_bucket_passes(guard: dict[str, Any]) -> None:
    assert kept(PRIVATE, VERSIONED, guard).holds


@pytest.mark.parametrize(
    ("parts", "actual"),
    [
        ((), "is not private, is not versioned, lets its objects be deleted"),
        ((PRIVATE, VERSIONED, denial(["s3:DeleteObject"])), "lets its objects be deleted"),
        (
            (
                PRIVATE,
                VERSIONED,
                denial(["s3:Delete*"], Condition={"Bool": {"aws:SecureTransport": "false"}}),
            ),
            "lets its objects be deleted",
        ),
        (
            (
                around("public_access_block", **DOORS | {"block_public_policy": False}),
                VERSIONED,
                around("object_lock_configuration", **RETENTION),
            ),
            "is not private",
        ),
    ],
)
def test_bucket_that_lets_go_fails(parts: tuple[dict[str, Any], ...], actual: str) -> None:
    finding = kept(*parts)

    assert not finding.holds
    assert finding.actual == f"aws_s3_bucket.trail {actual}"


def test_bucket_from_elsewhere_is_unknown() -> None:
    found = audit(**GOOD | {"s3_bucket_name": "central-trails"})

    with pytest.raises(UnknownValue, match="central-trails is not part of this configuration"):
        rules.keeps_its_trail(found.trails[0])


RECORDER = managed("aws_config_configuration_recorder.all", name="all")
STATUS = managed("aws_config_configuration_recorder_status.all", name="all", is_enabled=True)
CHANNEL = managed("aws_config_delivery_channel.all", s3_bucket_name="trail")


@pytest.mark.parametrize(
    ("parts", "actual"),
    [
        ((RECORDER, STATUS, CHANNEL), "there is one"),
        ((), "there is no configuration recorder"),
        (
            (RECORDER, CHANNEL),
            "aws_config_configuration_recorder.all is not started",
        ),
        (
            (RECORDER, STATUS),
            "aws_config_configuration_recorder.all has no delivery channel",
        ),
    ],
)
def test_recorder_must_be_on_and_deliver(parts: tuple[dict[str, Any], ...], actual: str) -> None:
    assert rules.watches_compliance(read(state(*parts))).actual == actual


def test_recorder_of_some_types_fails() -> None:
    some = managed(
        "aws_config_configuration_recorder.all",
        name="all",
        recording_group=[{"all_supported": False, "resource_types": ["AWS::EC2::Instance"]}],
    )

    assert not rules.watches_compliance(read(state(some, STATUS, CHANNEL))).holds


def test_detector_is_on_unless_switched_off() -> None:
    on = read(state(managed("aws_guardduty_detector.all")))
    off = read(state(managed("aws_guardduty_detector.all", enable=False)))

    assert rules.watches_threats(on).holds
    assert rules.watches_threats(off).actual == "aws_guardduty_detector.all is off"
    assert rules.watches_threats(read(state())).actual == "there is no threat detector"
