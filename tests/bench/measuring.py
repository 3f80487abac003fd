"""What a measurement is, and how a command is measured."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Terraform's and Python's own caches would make the first of two runs pay for the second.
_DROPPED = ("PYTHONDONTWRITEBYTECODE", "TF_CLI_CONFIG_FILE", "PYTEST_ADDOPTS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a command took: seconds on the clock, seconds of processor, megabytes, its status."""

    wall: float
    processor: float
    memory: float
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One promise, the figure that was measured, and whether it holds.

    Attributes:
        lines: What stands behind the figure, for people.
        figures: The same for machines.
    """

    name: str
    promise: str
    figure: str
    holds: bool
    lines: tuple[str, ...] = ()
    figures: dict[str, object] = field(default_factory=dict)


class MeasurementError(Exception):
    """Something that is to be measured cannot be run."""


def cache_home() -> Path:
    """Where the bench keeps what it installs and compiles: outside of the tree."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "delivery-assurance" / "bench"


def run(command: Sequence[str | Path], *, cwd: Path = ROOT, accepted: Sequence[int] = (0,)) -> Cost:
    """Run a command and measure it, with everything that it starts.

    Raises:
        MeasurementError: It ended with another status than one of those accepted.
    """
    output = cache_home() / "output.txt"
    output.parent.mkdir(parents=True, exist_ok=True)
    begun = time.perf_counter()
    with output.open("wb") as file:
        child = subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(child.pid, 0)
    code = child.returncode = os.waitstatus_to_exitcode(status)
    if code not in accepted:
        tail = output.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise MeasurementError(f"{' '.join(map(str, command))} ended with {code}:\n{tail}")
    return Cost(
        wall=time.perf_counter() - begun,
        processor=usage.ru_utime + usage.ru_stime,
        memory=usage.ru_maxrss / 1024,
        status=code,
    )


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _DROPPED}
    return kept | {"PYTHONPYCACHEPREFIX": str(cache_home() / "bytecode"), "PYTHONPATH": str(ROOT)}


def python(*arguments: str | Path) -> list[str | Path]:
    """A command for the Python that runs the bench."""
    return [sys.executable, *arguments]


def audit(*arguments: str | Path) -> list[str | Path]:
    """The command of a static audit."""
    return python("-m", "pytest", "features", "-q", "--layers", "declared", *arguments)


def best(costs: Sequence[Cost]) -> Cost:
    """The run that was disturbed least."""
    return min(costs, key=lambda cost: cost.wall)
