"""Measures what the project promises, side by side, in one run: `python -m tests.bench`."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.audits import measure_audits, measure_bite
from tests.bench.compliance import measure_compliance
from tests.bench.growth import SIZES, measure_growth
from tests.bench.measuring import ROOT, MeasurementError, Promise
from tests.bench.pipelines import SIZES as DELIVERIES
from tests.bench.pipelines import measure_pipelines
from tests.bench.reads import measure_reads

REPEATED = 10
PARTS = ("audits", "compliance", "bite", "growth", "pipelines", "reads")


def main() -> int:
    """Measure, print a table, write the figures; 1 when a promise does not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append", help="measure only this part")
    parser.add_argument("--runs", type=int, default=REPEATED, help="fresh audits to compare")
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="resources to grow to")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="assurance-bench-") as name:
        found = _measure(Path(name).resolve(), arguments)
    _print(found)
    _write(found, ROOT / "reports" / "bench.json")
    return 0 if all(promise.holds for promise in found) else 1


def _measure(directory: Path, arguments: argparse.Namespace) -> list[Promise]:
    sizes = tuple(size for size in SIZES if size <= arguments.largest)
    parts: dict[str, Callable[[], list[Promise]]] = {
        "audits": lambda: measure_audits(directory, arguments.runs, _tell),
        "compliance": lambda: [measure_compliance(directory / "compliance", _tell)],
        "bite": lambda: [measure_bite(directory, _tell)],
        "growth": lambda: measure_growth(directory / "growth", sizes, _tell),
        "pipelines": lambda: measure_pipelines(directory / "pipelines", DELIVERIES, _tell),
        "reads": lambda: [measure_reads(directory / "reads", _tell)],
    }
    found: list[Promise] = []
    for part in arguments.only or PARTS:
        try:
            found += parts[part]()
        except MeasurementError as error:
            _tell(str(error))
            found.append(
                Promise(name=part, promise="can be measured", figure="not measured", holds=False)
            )
    return found


def _tell(line: str) -> None:
    sys.stderr.write(f"bench: {line}\n")


def _print(found: list[Promise]) -> None:
    rows = [("measured", "promise", "figure", "holds")]
    rows += [(p.name, p.promise, p.figure, "yes" if p.holds else "NO") for p in found]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for number, row in enumerate(rows):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        sys.stdout.write("  ".join(cells).rstrip() + "\n")
        if number:
            sys.stdout.writelines(f"    {line}\n" for line in found[number - 1].lines)


def _write(found: list[Promise], file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    figures = [dataclasses.asdict(promise) for promise in found]
    text = json.dumps(figures, indent=1, sort_keys=True, ensure_ascii=False)
    file.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
