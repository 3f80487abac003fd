"""Manifests by which Harness creates or changes services of ECS."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ServiceManifest:
    """The definition of a service of ECS.

    Attributes:
        name: Of the service of ECS.
        shifts_traffic: Whether Harness gives it its target group, as blue/green needs.
        states_deployment: Whether it says anything about how tasks are replaced.
        minimum_healthy: Percent of tasks that keep running; that of ECS where it is not stated.
        maximum: Percent of tasks that run at most, likewise.
        rolls_back: Whether the circuit breaker of ECS rolls a failed deployment back.
    """

    subject: Subject
    name: str
    shifts_traffic: bool
    states_deployment: bool
    minimum_healthy: int
    maximum: int
    rolls_back: bool
