"""What checkov is asked to judge."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assurance.collectors.checkov.written import Written

_READ = (".tf", ".tfvars", ".hcl", ".tf.json", ".tfvars.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckovRequest:
    """What checkov is to judge.

    Attributes:
        system: The system's directory, to which paths in the evidence are relative.
        directories: What is to be scanned.
        external_checks: Directories of policies beside the built-in ones.
        expected: Policies that must be there, as the catalogue names them.
        interpreter: The Python that checkov is installed in.
    """

    system: Path
    directories: tuple[Path, ...]
    external_checks: tuple[Path, ...]
    expected: tuple[str, ...] = ()
    interpreter: Path = Path(sys.executable)

    def cache_key(
        self, evaluated: Iterable[Evaluated] = (), entities: Iterable[Written] = ()
    ) -> str:
        """A key that changes with everything that the evidence depends on."""
        digest = hashlib.sha256(repr((version("checkov"), self.expected)).encode())
        for directory in (*self.directories, *self.external_checks, Path(__file__).parent):
            for file in sorted(directory.rglob("*")):
                ours = directory not in self.directories and file.suffix in (".py", ".yaml", ".yml")
                if (ours or file.name.endswith(_READ)) and file.is_file():
                    digest.update(str(file).encode() + b"\0" + file.read_bytes())
        for one in evaluated:
            digest.update(one.environment.encode())
            digest.update(json.dumps(one.body, sort_keys=True).encode())
        for entity in entities:
            # The text holds what skips policies; the evidence, what was made of it.
            digest.update(repr((entity.address, entity.file, entity.text)).encode())
            digest.update(json.dumps(entity.values, sort_keys=True).encode())
        return "checkov-" + digest.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """One Terraform root as one environment evaluates it: a body of terraform-state/1."""

    environment: str
    body: Mapping[str, Any]
