"""How time and memory grow with the number of resources, phase by phase."""

from __future__ import annotations

import json
import math
import os
from dataclasses import dataclass
from pathlib import Path

from tests.bench.audits import FINISHED, Tell
from tests.bench.clock import FILE
from tests.bench.generator import write_system
from tests.bench.measuring import Promise, audit, python, run

SIZES = (100, 300, 1000, 3000, 10000)
# Linear is 1; what is constant makes it smaller, and no two runs are alike.
TOLERATED = 1.15
_PHASES = ("collect", "judge", "report")


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Seconds of processor of each phase, and the megabytes of the largest process."""

    resources: int
    seconds: dict[str, float]
    memory: dict[str, float]


def measure_growth(directory: Path, sizes: tuple[int, ...], tell: Tell) -> list[Promise]:
    """Collect, judge and report generated systems of growing size."""
    found = []
    for resources in sizes:
        tell(f"a system of {resources} resources")
        found.append(_measured(directory / str(resources), resources))
    lines = tuple(_line(size) for size in found)
    # Small systems show what is constant; growth shows in the last tenfold step.
    large = found[-1]
    small = next(size for size in found if size.resources * 10 >= large.resources)
    time = {phase: _exponent(small, large, phase) for phase in _PHASES}
    whole = _exponent_of(small, large, sum(small.seconds.values()), sum(large.seconds.values()))
    memory = _exponent_of(small, large, *(max(s.memory.values()) for s in (small, large)))
    step = f"{small.resources} to {large.resources} resources"
    return [
        Promise(
            name=f"time from {step}",
            promise=f"grows as n^1 (≤ {TOLERATED})",
            figure=f"n^{whole:.2f}",
            holds=max(whole, *time.values()) <= TOLERATED,
            lines=(*lines, "  ".join(f"{phase} n^{time[phase]:.2f}" for phase in _PHASES)),
            figures={"exponent": whole, "phases": time, "sizes": [_figures(s) for s in found]},
        ),
        Promise(
            name=f"memory from {step}",
            promise=f"grows as n^1 (≤ {TOLERATED})",
            figure=f"n^{memory:.2f}",
            holds=memory <= TOLERATED,
            figures={"exponent": memory},
        ),
    ]


def _measured(directory: Path, resources: int) -> Size:
    system = write_system(directory, resources)
    store = directory / "evidence"
    collected = run(python("-m", "tests.bench.collecting", directory, store))
    clock = directory / "clock.json"
    os.environ[FILE] = str(clock)
    judged = run(
        audit(
            "-p",
            "tests.bench.clock",
            "--system",
            system,
            "--evidence",
            store,
            "--reports",
            directory / "reports",
        ),
        accepted=FINISHED,
    )
    phases = json.loads(clock.read_text(encoding="utf-8"))
    return Size(
        resources=resources,
        seconds={"collect": collected.processor, **{name: phases[name] for name in _PHASES[1:]}},
        memory={"collect": collected.memory, "judge and report": judged.memory},
    )


def _exponent(small: Size, large: Size, phase: str) -> float:
    return _exponent_of(small, large, small.seconds[phase], large.seconds[phase])


def _exponent_of(small: Size, large: Size, first: float, last: float) -> float:
    if small is large:
        return 0.0
    return math.log(last / first) / math.log(large.resources / small.resources)


def _line(size: Size) -> str:
    seconds = "  ".join(f"{phase} {size.seconds[phase]:7.2f} s" for phase in _PHASES)
    memory = "  ".join(f"{phase} {megabytes:.0f} MB" for phase, megabytes in size.memory.items())
    return f"{size.resources:6} resources: {seconds}   {memory}"


def _figures(size: Size) -> dict[str, object]:
    return {"resources": size.resources, "seconds": size.seconds, "megabytes": size.memory}
