"""Policies put to payloads, by the real interpreter in a process of its own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from assurance.errors import PolicyError
from assurance.rego.dialect import as_sets

Payload = Mapping[str, Any]

_PACKAGE = re.compile(r"(?m)^\s*package\s+([A-Za-z_][\w.]*)")
_DENY = re.compile(r"(?m)^\s*(?:default\s+)?deny\b")
_IMPORT = re.compile(r"(?m)^\s*import\s+(data\.[\w.]+)")
_REMEDY = "Correct it; `opa check` and Harness's policy editor say more."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rego:
    """One policy as Harness takes it: one module that says what it denies.

    Attributes:
        file: Where it is.
        text: Its source.
        package: Its package, by which Harness finds it.
    """

    file: Path
    text: str
    package: str


def read_rego(file: Path) -> Rego:
    """Read a policy.

    Raises:
        PolicyError: It cannot be read, is of no package or denies nothing.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        remedy = "Name a file or a directory of Rego."
        raise PolicyError(f"it cannot be read: {error}.", file=file, remedy=remedy) from error
    return rego_of(text, file)


def rego_of(text: str, file: Path) -> Rego:
    """Take a text for a policy.

    Raises:
        PolicyError: It is of no package, denies nothing or needs another file.
    """
    package = _PACKAGE.search(text)
    if package is None:
        remedy = "Begin it with `package pipeline`, as Harness's policies do."
        raise PolicyError(
            "this is not Rego: it names no package.", file=file, line=1, remedy=remedy
        )
    if not _DENY.search(text):
        line = text.count("\n", 0, package.start(1)) + 1
        remedy = "Write what it refuses as `deny[message] { … }`."
        raise PolicyError("it has no rule `deny`.", file=file, line=line, remedy=remedy)
    _refuse_imports(text, file)
    return Rego(file=file, text=text, package=package[1])


def _refuse_imports(text: str, file: Path) -> None:
    """Refuse what reads as empty where it is not there."""
    imported = _IMPORT.search(text)
    if imported:
        line = text.count("\n", 0, imported.start(1)) + 1
        message = f"it imports {imported[1]}, and a policy is tried alone."
        remedy = "Write what it needs into the same file."
        raise PolicyError(message, file=file, line=line, remedy=remedy)


class Evaluator:
    """The process that evaluates; started when first asked, and again after it broke."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._said: dict[tuple[str, str], tuple[str, ...]] = {}

    def __enter__(self) -> Evaluator:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            process, self._process = self._process, None
            process.communicate()

    def denials(self, rego: Rego, payloads: Iterable[Payload]) -> tuple[tuple[str, ...], ...]:
        """Return, for each payload, what the policy says against it.

        What it said of the same before is not asked again: keys have no order in Rego.

        Raises:
            PolicyError: The text is not Rego, or the interpreter cannot evaluate it.
        """
        keys = [(rego.text, json.dumps(each, sort_keys=True)) for each in payloads]
        new = list(dict.fromkeys(key for key in keys if key not in self._said))
        if new:
            answers = self._answers(rego, [json.loads(payload) for _, payload in new])
            self._said.update(zip(new, answers, strict=True))
        return tuple(self._said[key] for key in keys)

    def _answers(self, rego: Rego, payloads: list[Payload]) -> Iterator[tuple[str, ...]]:
        request = {"text": as_sets(rego.text), "package": rego.package, "payloads": payloads}
        answer = self._ask(json.dumps(request))
        if answer is None:
            remedy = "Simplify the policy; the interpreter broke on it."
            raise PolicyError("it cannot be evaluated here.", file=rego.file, remedy=remedy)
        if "fault" in answer:
            message = f"this is not Rego that can be evaluated: {answer['fault']}."
            raise PolicyError(message, file=rego.file, line=answer["line"], remedy=_REMEDY)
        return (tuple(messages) for messages in answer["denials"])

    def _ask(self, request: str) -> dict[str, Any] | None:
        """Return the answer; None where the process broke."""
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "assurance.rego.evaluator"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(request + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            self._process.kill()
            self._process.wait()
            self._process = None
            return None
        found: dict[str, Any] = json.loads(line)
        return found
