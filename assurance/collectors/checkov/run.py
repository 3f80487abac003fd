"""Runs checkov in one process: starts it, gives it the evaluated Terraform, takes its verdicts.

The process is started first and imports, loads policies and reads the source while Terraform
evaluates; what remains to be done with the evaluated values takes a second or two.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assurance.collectors.checkov.definitions import Rendered
from assurance.collectors.checkov.evaluated_entries import prepare, verdict_name
from assurance.collectors.checkov.evidence import Place, body, row
from assurance.collectors.checkov.loading import missing_policies
from assurance.collectors.checkov.request import CheckovRequest, Evaluated
from assurance.collectors.checkov.written import Written, order
from assurance.collectors.checkov.written_rows import written_rows
from assurance.errors import NotCollected

_SCANNER = "assurance.collectors.checkov.scanner"


class CheckovRun:
    """checkov at work; `result` may be called once."""

    def __init__(self, request: CheckovRequest) -> None:
        """Start the process."""
        self._request = request
        self._scratch = tempfile.TemporaryDirectory(prefix="assurance-checkov-")
        self._output = Path(self._scratch.name) / "findings.json"
        self._errors = (Path(self._scratch.name) / "stderr").open("w+")
        self._process = subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
            [request.interpreter, "-P", "-m", _SCANNER],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=self._errors,
            cwd=self._scratch.name,
            env=_environment(),
            text=True,
        )
        try:
            self._send(
                {
                    "external": [str(path.resolve()) for path in request.external_checks],
                    "calls": [str(directory.resolve()) for directory in request.directories],
                    "output": str(self._output),
                }
            )
        except NotCollected:
            self.stop()
            raise

    def result(
        self,
        evaluated: Iterable[Evaluated] = (),
        source: Iterable[Path] | None = None,
        entities: Iterable[Written] = (),
    ) -> dict[str, Any]:
        """Wait for the verdicts and return the evidence body.

        Args:
            evaluated: What Terraform evaluated.
            source: What is to be judged as it is written instead, because it could not be
                evaluated; without `evaluated`, all of the system.
            entities: Definitions and Dockerfiles.

        Raises:
            NotCollected: checkov could not be run.
        """
        known = tuple(evaluated)
        written = self._request.directories if source is None and not known else source or ()
        rendered, places = prepare(self._request.system, known)
        listed = tuple(entities)
        findings = self.scan(rendered, written, orders=_orders(listed))
        return _body(self._request, findings, Judged(rendered, places, listed))

    def scan(
        self,
        rendered: Rendered,
        source: Iterable[Path],
        policies: Iterable[str] = (),
        orders: Iterable[Mapping[str, Any]] = (),
    ) -> dict[str, Any]:
        """Hand over the work and return the raw findings.

        Args:
            rendered: Evaluated resources.
            source: Directories to be scanned as they are written.
            policies: Run only these on evaluated resources; without any, all.
            orders: Definitions and Dockerfiles, each with its policies.
        """
        directories = [str(directory.resolve()) for directory in source]
        try:
            self._send(
                {
                    "source": directories,
                    "evaluated": rendered.batches,
                    "policies": sorted(policies),
                    "written": list(orders),
                }
            )
            assert self._process.stdin is not None
            self._process.stdin.close()
            status = self._process.wait()
            self._errors.seek(0)
            if status or not self._output.exists():
                raise _broken(status, self._errors.read())
            findings: dict[str, Any] = json.loads(self._output.read_text(encoding="utf-8"))
        finally:
            self.stop()
        return findings

    def stop(self) -> None:
        """End the process and remove its scratch directory, whatever it was doing."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        with contextlib.suppress(BrokenPipeError):
            # What was not taken yet goes with the process.
            (self._process.stdin or self._errors).close()
        self._errors.close()
        self._scratch.cleanup()

    def _send(self, message: Mapping[str, Any]) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(message) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            self._process.wait()
            self._errors.seek(0)
            raise _broken(self._process.returncode, self._errors.read()) from error


def start_checkov(request: CheckovRequest) -> CheckovRun:
    """Start checkov and return at once."""
    return CheckovRun(request)


def _environment() -> dict[str, str]:
    """The environment of the process: the same verdicts everywhere, and no platform behind them."""
    refused = ("BC_", "PRISMA_", "CKV_", "CHECKOV_", "TF_VAR_", "LOG_LEVEL", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(refused)}
    return kept | {
        "PYTHONPATH": str(Path(__file__).parents[3]),
        "PYTHONHASHSEED": "0",
        "LOG_LEVEL": "WARNING",
    }


def _broken(status: int, output: str) -> NotCollected:
    last = output.strip().splitlines()[-1:] or [f"exit status {status}"]
    return NotCollected(
        f"checkov could not be run: {last[0]}",
        remedy="install checkov as the lock file pins it, in the Python that runs this suite",
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """What was put to checkov.

    Attributes:
        rendered: Evaluated resources.
        places: The name of each → where it stands.
        entities: Definitions and Dockerfiles.
    """

    rendered: Rendered
    places: Mapping[str, Place]
    entities: tuple[Written, ...]


def _orders(entities: Iterable[Written]) -> list[dict[str, Any]]:
    return [order(found, found.address) for found in entities if not found.fault]


def _body(request: CheckovRequest, findings: Mapping[str, Any], judged: Judged) -> dict[str, Any]:
    loaded = frozenset(findings["loaded"])
    rows = [
        row(record, judged.places[verdict_name(record)], judged.rendered.reasons, loaded)
        for record in findings["evaluated"]
    ]
    rows += [
        row(record, _written(record, request.system), {}, loaded) for record in findings["source"]
    ]
    rows += written_rows(findings, judged.entities)
    errors = [_relative_error(error, request.system) for error in findings["problems"]]
    errors += missing_policies(request.external_checks, request.expected, loaded)
    if request.directories and not findings["resources"]:
        where = ", ".join(_relative(str(one), request.system) for one in request.directories)
        errors.append({"file": where, "summary": "there is no Terraform resource here"})
    return body(findings, rows, errors)


def _written(record: Mapping[str, Any], system: Path) -> Place:
    address = str(record["resource"])
    if record["block"] == "data":
        # checkov leaves the word out that Terraform has there.
        head, kind, name = address.rpartition("aws_")
        address = f"{head}data.{kind}{name}" if kind and ".data." not in f".{head}" else address
    return Place(
        resource=address,
        file=_relative(record["file"], system),
        line=record["line"],
        root=_relative(record["root"], system),
    )


def _relative(path: str, system: Path) -> str:
    place = Path(path).resolve()
    base = system.resolve()
    return place.relative_to(base).as_posix() if place.is_relative_to(base) else path


def _relative_error(error: Mapping[str, str], system: Path) -> dict[str, str]:
    file = _relative(error["file"], system) if error["file"] else ""
    return {"file": file, "summary": error["summary"].replace(f"{system.resolve()}/", "")}
