"""Checks that are there and count for nothing: a message that one is missed says why of those.

Whoever reads that production is reached without tests, and sees a step that tests, looks for the
fault in the order of the steps; it may stand in the command.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from assurance.model.checks import Scan, ScanSubject
from assurance.model.findings import Finding
from assurance.model.pipeline_parts import PlacedPart, placed_parts
from assurance.model.pipelines import Pipeline
from assurance.model.unknown import is_unknown

_MOST = 3


Kind = type[Any] | ScanSubject
"""What checks have in common: a type, or what is scanned."""


def naming_ineffective_checks(
    finding: Finding, pipelines: Iterable[Pipeline], kind: Kind
) -> Finding:
    """Add to a finding that misses a check which checks of its kind do not count, and why."""
    if finding.holds:
        return finding
    said = tuple(dict.fromkeys(_ineffective(_of_kind(pipelines, kind))))[:_MOST]
    return replace(finding, actual="; ".join((finding.actual, *said)))


def _of_kind(pipelines: Iterable[Pipeline], kind: Kind) -> Iterator[PlacedPart[Any]]:
    if isinstance(kind, ScanSubject):
        return (each for each in placed_parts(pipelines, Scan) if each.part.subject == kind)
    return placed_parts(pipelines, kind)


def _ineffective(found: Iterable[PlacedPart[Any]]) -> Iterator[str]:
    for each in found:
        why = _why(each)
        if why:
            yield f"{each.placed.step.path} does not count: {why}"


def _why(found: PlacedPart[Any]) -> str:
    counts = [loop.count for loop in found.placed.step.loops]
    if any(not is_unknown(count) and count == 0 for count in counts):
        return "it is repeated 0 times"
    defeat = getattr(found.part, "defeated_by", "")
    if not is_unknown(defeat) and defeat:
        return str(defeat)
    stops = getattr(found.part, "stops_at", None)
    if stops is not None and not is_unknown(stops) and not stops:
        return "no severity of what it finds fails it"
    return ""
