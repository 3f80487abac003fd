"""What requests left in traces, with the flag service and without it → evaluations of flags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from assurance.model.flag_evaluations import (
    Decision,
    FlagsInUse,
    RequestWithoutFlags,
    SeenEvaluation,
)
from assurance.readers.kinds import Kind
from assurance.readers.state import Resource, State

_NAMES: Mapping[str, tuple[str, ...]] = {
    "value": ("feature_flag.result.value", "feature_flag.evaluation.value"),
    "variant": ("feature_flag.result.variant", "feature_flag.variant"),
    "reason": ("feature_flag.result.reason", "feature_flag.evaluation.reason"),
    "provider": ("feature_flag.provider.name", "feature_flag.provider_name"),
    "error": ("error.type",),
}
"""What the versions of OpenTelemetry's semantic conventions call each part."""


def read_flag_evaluations(state: State) -> FlagsInUse:
    """Return everything that was seen of flags."""
    evaluations = tuple(_evaluation(each) for each in state.of("telemetry_flag"))
    given = {"evaluations"} if evaluations else set()
    for each in state.of("telemetry_source"):
        given |= {name for name, there in each.values["given"].items() if there}
    return FlagsInUse(
        given=frozenset(given),
        evaluations=evaluations,
        requests=tuple(_request(each) for each in state.of("telemetry_flagless")),
    )


def _evaluation(resource: Resource) -> SeenEvaluation:
    values = resource.values
    return SeenEvaluation(
        subject=resource.subject(),
        flag=values["flag"],
        usual=_decisions(values["usual"]),
        without=_decisions(values["without"]),
    )


def _decisions(events: Iterable[Mapping[str, Any]]) -> tuple[Decision, ...]:
    return tuple(
        Decision(
            value=_told(each, "value") or _told(each, "variant"),
            reason=_told(each, "reason"),
            provider=_told(each, "provider"),
            error=_told(each, "error"),
        )
        for each in events
    )


def _told(event: Mapping[str, Any], part: str) -> str:
    found = next((event[name] for name in _NAMES[part] if name in event), "")
    return str(found) if part == "provider" else str(found).lower()


def _request(resource: Resource) -> RequestWithoutFlags:
    values = resource.values
    return RequestWithoutFlags(
        subject=resource.subject(),
        usual=values.get("usual") or 0,
        status=values.get("status") or 0,
        is_flagged=resource.get("flagged"),
    )


KINDS = (
    Kind(
        noun="seen evaluation of a flag",
        plural="seen evaluations of flags",
        population=lambda view: view.flag_evaluations.evaluations,
        inventory=("telemetry_flag",),
    ),
    Kind(
        noun="request without the flag service",
        plural="requests without the flag service",
        population=lambda view: view.flag_evaluations.requests,
        inventory=("telemetry_flagless",),
    ),
)
