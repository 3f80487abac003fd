"""The process that checkov runs in.

Executed as `python -m`. The first line on standard input names the policies to load and the
source; while the sender still evaluates Terraform, everything is imported and the source is
read. The second line is the work; the findings go to the file that the first line names.

It uses checkov's runner and not its command line, because that drops what matters here: results
that are UNKNOWN, why a file did not parse, and which policies did not load.
"""

from __future__ import annotations

import concurrent.futures
import importlib
import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


class InOrder(concurrent.futures.Executor):
    """An executor that does its work at once.

    checkov evaluates graph policies in threads that share the vertices they change, and forgets the
    exceptions of those threads: which results survive differs from run to run.
    """

    def __init__(self, *_: object, **__: object) -> None:
        """Take what a thread pool takes; nothing of it matters."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Call the function and return its finished future."""
        future: concurrent.futures.Future[Any] = concurrent.futures.Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - whatever it is, the future carries it on
            logging.getLogger(__name__).error("a graph policy broke: %r", error)  # noqa: TRY400
            future.set_exception(error)
        return future


class Problems(logging.Handler):
    """Collects what checkov only logs: policies that do not load, and those that break."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[dict[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one logged problem with the exception behind it."""
        summary = record.getMessage()
        policy = "ustom policy" in summary or "parse check" in summary
        if record.exc_info and record.exc_info[1] is not None:
            summary = f"{summary}: {record.exc_info[1]!r}"
        if record.levelno >= logging.ERROR or policy:
            self.found.append({"file": "", "summary": summary})


class Findings:
    """What was found in the source, and how many resources there are."""

    def __init__(self) -> None:
        self.records: list[dict[str, Any]] = []
        self.resources = 0

    def add(self, records: list[dict[str, Any]], resources: int) -> None:
        """Add what was found in one directory."""
        self.records += records
        self.resources += resources


def _checkov(logged: Problems) -> Any:
    """Import checkov with what makes it say what it does."""
    concurrent.futures.ThreadPoolExecutor = InOrder  # type: ignore[misc,assignment]
    # Imported for its handlers on the root logger, which are then replaced: they write to stderr.
    importlib.import_module("checkov.logging_init")
    logging.getLogger().handlers = [logged]
    terraform = importlib.import_module("assurance.collectors.checkov.terraform_scan")
    terraform.prepare()
    return terraform


def main() -> None:
    """Prepare, wait for the work, do it."""
    request, logged = json.loads(sys.stdin.readline()), Problems()
    terraform = _checkov(logged)
    problems: list[dict[str, Any]] = []
    types = terraform.load(request["external"], problems)
    written = importlib.import_module("assurance.collectors.checkov.written_scan")
    written_types, names = written.types()
    types |= written_types
    findings = Findings()
    for directory in request["calls"]:
        findings.add(*terraform.scan_calls(directory, problems))
    work = json.loads(sys.stdin.readline())
    for directory in work["source"]:
        findings.add(*terraform.scan_source(directory, problems))
    evaluated = _evaluated(terraform, work, problems)
    judged, broken = written.scan_written(work["written"])
    found = {
        "version": importlib.import_module("checkov.version").version,
        "types": types,
        "loaded": sorted(types),
        "source": findings.records,
        "resources": findings.resources,
        "evaluated": evaluated,
        "written": judged,
        "broken": broken,
        "names": names,
        "problems": problems + logged.found,
    }
    Path(request["output"]).write_text(json.dumps(found), encoding="utf-8")


def _evaluated(
    terraform: Any, work: dict[str, Any], problems: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Judge what Terraform evaluated; problems are added to those there are."""
    return [
        record
        for batch in work["evaluated"]
        for record in terraform.scan_evaluated(batch, problems, work["policies"])
    ]


if __name__ == "__main__":
    main()
