"""From evaluated Terraform to what checkov is given, and where each of it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from assurance.collectors.checkov.definitions import Entry, Rendered, render
from assurance.collectors.checkov.evidence import Place
from assurance.collectors.checkov.request import Evaluated
from assurance.collectors.checkov.skips import Skips


def prepare(system: Path, evaluated: Iterable[Evaluated]) -> tuple[Rendered, dict[str, Place]]:
    """Render evaluated Terraform, and say of every name where it stands."""
    skips, entries, places = Skips(system), [], {}
    for one in evaluated:
        root = str(one.body["root"])
        scope = f"{one.environment}\n{root}"
        for resource in one.body["resources"]:
            entries.append(entry(scope, resource))
            doubt = resource.get("existence") or "known"
            places[scope, resource["address"]] = Place(
                resource=resource["address"],
                file=resource.get("file") or "",
                line=resource.get("line") or 0,
                root=root,
                environment=one.environment,
                skips=skips.of(resource),
                doubt="" if doubt == "known" else f"it may not exist: {doubt}",
            )
    rendered = render(entries)
    return rendered, {
        name: places[found.scope, found.address] for name, found in rendered.entries.items()
    }


def entry(scope: str, resource: Mapping[str, Any]) -> Entry:
    """A resource of the evidence as an entry of that scope."""
    return Entry(
        scope=scope,
        address=resource["address"],
        mode=resource["mode"],
        type=resource["type"],
        values=resource["values"],
        lifecycle=resource.get("lifecycle") or {},
    )


def verdict_name(record: Mapping[str, Any]) -> str:
    """The name under which a record's block was rendered."""
    return str(record["resource"]).rpartition(".")[2]
