"""What it takes to judge a delivery, and how that grows with the number of pipelines."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.audits import Tell
from tests.bench.deliveries import STAGES, write_deliveries
from tests.bench.measuring import ROOT, MeasurementError, Promise

SIZES = (250, 500, 1000, 2000)
PROMISED = 1000
SECONDS = 10.0
# Linear is 1; what is constant makes it smaller, and no two runs are alike.
TOLERATED = 1.15
PHASES = ("collect", "read", "judge")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Seconds of processor of each phase, for so many pipelines and steps."""

    pipelines: int
    steps: int
    seconds: dict[str, float]
    megabytes: float
    outcomes: dict[str, int]

    @property
    def total(self) -> float:
        """All phases."""
        return sum(self.seconds.values())

    @property
    def judged(self) -> float:
        """What each audit spends; what is unchanged need not be collected again."""
        return self.total - self.seconds["collect"]

    def __str__(self) -> str:
        phases = "  ".join(f"{phase} {self.seconds[phase]:6.2f} s" for phase in PHASES)
        return (
            f"{self.pipelines:5} pipelines of {STAGES} stages, {self.steps:6} steps: {phases}"
            f"  together {self.total:6.2f} s of processor, {self.megabytes:.0f} MB"
        )


def measure_pipelines(directory: Path, sizes: tuple[int, ...], tell: Tell) -> list[Promise]:
    """Collect, read and judge generated deliveries of growing size, each in a process of its own.

    Raises:
        MeasurementError: A delivery could not be judged.
    """
    found = []
    for size in sizes:
        tell(f"a delivery of {size} pipelines")
        found.append(measured(directory / str(size), size))
    return [_speed(found), _growth(found)]


def measured(directory: Path, pipelines: int) -> Measured:
    """Write a delivery of that size and judge it."""
    write_deliveries(directory, pipelines)
    command = [sys.executable, "-m", "tests.bench.delivery_run", str(directory)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise MeasurementError(f"the delivery of {pipelines} pipelines: {done.stderr[-2000:]}")
    run: dict[str, Any] = json.loads(done.stdout)
    if run["pipelines"] != pipelines or run["stages"] != pipelines * STAGES:
        raise MeasurementError(f"{run['pipelines']} pipelines were judged, not {pipelines}")
    return Measured(
        pipelines=pipelines,
        steps=run["steps"],
        seconds=run["seconds"],
        megabytes=run["megabytes"],
        outcomes=run["outcomes"],
    )


def exponent(small: Measured, large: Measured) -> float:
    """Return the power of the number of steps by which the time grows."""
    if small is large:
        return 0.0
    return math.log(large.total / small.total) / math.log(large.steps / small.steps)


def _speed(found: list[Measured]) -> Promise:
    promised = min(found, key=lambda each: abs(each.pipelines - PROMISED))
    return Promise(
        name=f"{promised.pipelines} pipelines judged, once they are collected",
        promise=f"≤ {SECONDS:.0f} s of processor for {PROMISED}",
        figure=f"{promised.judged:.1f} s, and {promised.seconds['collect']:.1f} s to collect them",
        holds=promised.pipelines >= PROMISED and promised.judged <= SECONDS,
        lines=tuple(map(str, found)),
        figures={"seconds": promised.seconds, "outcomes": promised.outcomes},
    )


def _growth(found: list[Measured]) -> Promise:
    power = exponent(found[0], found[-1])
    return Promise(
        name=f"time from {found[0].steps} to {found[-1].steps} steps",
        promise=f"grows as n^1 (≤ {TOLERATED})",
        figure=f"n^{power:.2f}",
        holds=len(found) > 1 and power <= TOLERATED,
        figures={"exponent": power, "totals": {each.pipelines: each.total for each in found}},
    )
