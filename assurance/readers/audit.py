"""Terraform's CloudTrail, Config and GuardDuty resources → what watches the account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assurance.model.audit import Audit, Detector, Recorder, Trail
from assurance.model.buckets import Bucket, Buckets
from assurance.model.unknown import is_unknown
from assurance.readers.archives import read_archive
from assurance.readers.keys import read_key
from assurance.readers.kinds import Kind
from assurance.readers.references import by_id
from assurance.readers.state import Block, Resource, State

_ALL_TYPES = ("ALL_SUPPORTED_RESOURCE_TYPES", "EXCLUSION_BY_RESOURCE_TYPES")


def read_audit(state: State, buckets: Buckets) -> Audit:
    """Return trails, recorders and detectors."""
    known = by_id(buckets.buckets)
    return Audit(
        trails=tuple(_trail(found, known, state) for found in state.of("aws_cloudtrail")),
        recorders=tuple(
            _recorder(found, state) for found in state.of("aws_config_configuration_recorder")
        ),
        # A detector is on unless it is switched off.
        detectors=tuple(
            Detector(subject=found.subject(), is_on=found.get("enable", True))
            for found in state.of("aws_guardduty_detector")
        ),
    )


def _trail(resource: Resource, buckets: Mapping[str, Bucket], state: State) -> Trail:
    """Read a trail with the provider's defaults.

    https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudtrail
    """
    return Trail(
        subject=resource.subject(),
        is_multi_region=resource.get("is_multi_region_trail", False),
        includes_global=resource.get("include_global_service_events", True),
        is_validated=resource.get("enable_log_file_validation", False),
        key=read_key(resource, "kms_key_id"),
        is_logging=resource.get("enable_logging", True),
        management=_management(resource),
        archive=read_archive(resource, "s3_bucket_name", buckets, state),
    )


def _management(resource: Resource) -> Any:
    """Return which management events a trail records; all of them where it has no selector."""
    advanced = resource.blocks("advanced_event_selector")
    if is_unknown(advanced) or advanced:
        return advanced if is_unknown(advanced) else _advanced(advanced)
    basic = resource.blocks("event_selector")
    if is_unknown(basic) or not basic:
        return basic if is_unknown(basic) else "All"
    kinds = [_basic(selector) for selector in basic]
    return _together(kinds)


def _basic(selector: Any) -> Any:
    if is_unknown(selector):
        return selector
    included = selector.get("include_management_events", True)
    if is_unknown(included) or included is not True:
        return included if is_unknown(included) else "None"
    kinds = selector.get("read_write_type", "All")
    return kinds if is_unknown(kinds) else str(kinds)


def _advanced(selectors: tuple[Any, ...]) -> Any:
    return _together([found if is_unknown(found) else _advanced_one(found) for found in selectors])


def _advanced_one(selector: Block) -> Any:
    fields = selector.blocks("field_selector")
    if is_unknown(fields) or any(is_unknown(field) for field in fields):
        return fields if is_unknown(fields) else next(f for f in fields if is_unknown(f))
    values = {str(field.get("field")): field.listed("equals") for field in fields}
    category = values.get("eventCategory", ())
    if is_unknown(category) or "Management" not in category:
        return category if is_unknown(category) else "None"
    read_only = values.get("readOnly", ())
    if is_unknown(read_only) or not read_only:
        return read_only if is_unknown(read_only) else "All"
    return "ReadOnly" if str(read_only[0]).lower() == "true" else "WriteOnly"


def _together(kinds: list[Any]) -> Any:
    """Fold the selectors of a trail: what one leaves out another may record."""
    known = {kind for kind in kinds if not is_unknown(kind)}
    if "All" in known or {"ReadOnly", "WriteOnly"} <= known:
        return "All"
    hidden = [kind for kind in kinds if is_unknown(kind)]
    return hidden[0] if hidden else next(iter(sorted(known - {"None"})), "None")


def _recorder(resource: Resource, state: State) -> Recorder:
    statuses = _named_by(resource, state.of("aws_config_configuration_recorder_status"))
    on = [found.get("is_enabled", False) for found in statuses]
    return Recorder(
        subject=resource.subject(*statuses),
        records_all=_records_all(resource),
        # https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html
        is_on=on[0] if on else False,
        delivers=bool(state.of("aws_config_delivery_channel")),
    )


def _named_by(recorder: Resource, statuses: tuple[Resource, ...]) -> tuple[Resource, ...]:
    """Return the statuses of a recorder; an account has one recorder a region, often unnamed."""
    named = tuple(found for found in statuses if found.target("name", recorder.type) is recorder)
    alone = len(recorder.state.of(recorder.type)) == 1
    return named or (statuses if alone else ())


def _records_all(resource: Resource) -> Any:
    strategy = resource.get("recording_group.recording_strategy.use_only")
    if is_unknown(strategy) or strategy:
        return strategy if is_unknown(strategy) else strategy in _ALL_TYPES
    return resource.get("recording_group.all_supported", True)


KINDS = (
    Kind(
        noun="trail",
        plural="trails",
        population=lambda view: view.audit.trails,
        inventory=("aws_cloudtrail",),
    ),
)
