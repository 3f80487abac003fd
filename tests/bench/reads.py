"""How long reads of the running reference system take, as locust sees them."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.bench.audits import Tell
from tests.bench.measuring import ROOT, Promise, python, run
from tests.observe import running_system

RATE = 200
MILLISECONDS = 25.0
SECONDS = 60
_CONNECTIONS = 40
_UNLIMITED = 1_000_000
_JUDGED = (0, 1)  # locust ends with 1 when load/reads.py found the limit exceeded


def measure_reads(directory: Path, tell: Tell) -> Promise:
    """Start the system, send reads at a steady rate, and note the percentiles.

    Raises:
        MeasurementError: locust could not run.
    """
    directory.mkdir(parents=True, exist_ok=True)
    tell("the system")
    with running_system(directory / "access.toml", directory / "data", rate=_UNLIMITED) as system:
        tell(f"{RATE} reads a second for {SECONDS} s")
        options = ["--host", system["address"], "--csv", str(directory / "reads"), "--only-summary"]
        rate = ["--requests-per-second", str(RATE), "--p95-ms", str(MILLISECONDS)]
        users = ["-u", str(_CONNECTIONS), "-r", str(_CONNECTIONS), "-t", f"{SECONDS}s"]
        locust = python("-m", "locust", "-f", ROOT / "load" / "reads.py", "--headless")
        command = [*locust, "--reset-stats", *options, *rate, *users]
        status = run(command, accepted=_JUDGED).status
    with (directory / "reads_stats.csv").open(newline="", encoding="utf-8") as file:
        (total,) = (row for row in csv.DictReader(file) if row["Name"] == "Aggregated")
    shares = ("50%", "95%", "98%", "99%")
    return Promise(
        name=f"reads of the reference system, {RATE} a second, two workers",
        promise=f"p95 ≤ {MILLISECONDS:.0f} ms, no failure, the rate kept",
        figure=f"{total['95%']} ms",
        holds=status == 0,
        lines=(
            f"{total['Request Count']} requests, {total['Failure Count']} failed, "
            f"{float(total['Requests/s']):.1f} a second; milliseconds: "
            + ", ".join(f"{share} {total[share]}" for share in shares),
        ),
        figures={share: int(total[share]) for share in shares},
    )
