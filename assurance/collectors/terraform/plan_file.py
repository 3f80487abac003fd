"""Reading a plan as JSON; what it means is for the engine `plan`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assurance.errors import EvidenceError, NotCollected


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan as JSON: who made it, with which variables, and every instance in it."""

    version: str
    variables: Mapping[str, Any]
    changes: tuple[Mapping[str, Any], ...]


def read_plan_file(path: Path) -> Plan:
    """Read `terraform show -json` of a plan.

    Raises:
        EvidenceError: It is missing, no plan, or of a format that this version cannot read.
    """
    remedy = "write it with `terraform show -json PLANFILE > plan.json`"
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise NotCollected(
            f"cannot read the plan: {error.strerror}", file=path, remedy=remedy
        ) from error
    except ValueError as error:
        raise EvidenceError("the plan is not JSON", file=path, remedy=remedy) from error
    version = document.get("format_version") if isinstance(document, dict) else None
    if not isinstance(version, str) or "resource_changes" not in document:
        raise EvidenceError("this is no plan of Terraform as JSON", file=path, remedy=remedy)
    if version.partition(".")[0] != "1":
        raise EvidenceError(
            f"the plan has format version {version}, and only 1.x can be read",
            file=path,
            remedy="plan and show it with Terraform 1.1 or newer",
        )
    return Plan(
        version=document.get("terraform_version", ""),
        variables={
            name: entry.get("value") for name, entry in (document.get("variables") or {}).items()
        },
        changes=(*document["resource_changes"], *_read_before(document)),
    )


def _read_before(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Data sources that were read while planning, in the form of a change."""
    values = (document.get("prior_state") or {}).get("values") or {}
    modules = [values.get("root_module") or {}]
    while modules:
        module = modules.pop()
        modules += module.get("child_modules", [])
        for resource in module.get("resources", []):
            if resource.get("mode") == "data":
                change = {"after": resource.get("values"), "after_unknown": {}}
                place = {"module_address": module.get("address", ""), "change": change}
                yield {**resource, **place}
