"""Automatic scaling of services, in AWS's words."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.services import Service
from assurance.model.subjects import Subject
from assurance.model.unknown import is_unknown, unknown


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScalingPolicy:
    """A scaling policy.

    Attributes:
        kind: `TargetTrackingScaling`, `StepScaling` or `PredictiveScaling`.
        metrics: The predefined metric, or the names of the metrics of a custom one.
        target_value: What target tracking keeps the metric at; 0 for other kinds.
        resource_label: Load balancer and target group whose requests are counted.
    """

    subject: Subject
    kind: str
    metrics: tuple[str, ...]
    target_value: float
    resource_label: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScheduledAction:
    """A change of the bounds at a set time.

    Attributes:
        schedule: When, as it is written.
        minimum: The new bound, where it changes it.
        maximum: The new bound, where it changes it.
    """

    subject: Subject
    schedule: str
    minimum: tuple[int, ...]
    maximum: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScalableTarget:
    """The bounds within which a service scales.

    Attributes:
        service: Id of the service; the text of the reference where it is elsewhere.
    """

    subject: Subject
    service: str
    minimum: int
    maximum: int
    policies: tuple[ScalingPolicy, ...]
    schedules: tuple[ScheduledAction, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scaling:
    """Everything that scales services."""

    targets: tuple[ScalableTarget, ...]

    def of(self, service: Service) -> tuple[ScalableTarget, ...]:
        """Return the targets of a service.

        Where none is known to be its own and one may be, that one is unknown.
        """
        found = tuple(
            target
            for target in self.targets
            if not is_unknown(target.service) and target.service == service.subject.id
        )
        if found or not any(is_unknown(target.service) for target in self.targets):
            return found
        return (unknown("which service a scalable target belongs to is not known"),)
