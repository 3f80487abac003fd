"""What a policy has to know of a system, because the payload it sees does not say it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assurance.reshaping.definitions import Definitions


def facts(definitions: Definitions) -> Mapping[str, list[str]]:
    """Return the facts by name, each sorted."""
    connectors = {each.identifier for each in definitions if _selects(each.kind, each.values)}
    return {
        "production_environments": sorted(
            each.identifier
            for each in definitions
            if each.kind == "environment" and each.values.get("type") == "Production"
        ),
        "connectors_with_delegates": sorted(connectors),
        "infrastructures_with_delegates": sorted(
            each.identifier
            for each in definitions
            if each.kind == "infrastructure" and _connector(each.values) in connectors
        ),
    }


def _selects(kind: str, values: Mapping[str, Any]) -> bool:
    spec = values.get("spec")
    return kind == "connector" and isinstance(spec, dict) and bool(spec.get("delegateSelectors"))


def _connector(values: Mapping[str, Any]) -> str:
    spec = values.get("spec")
    return str(spec.get("connectorRef", "")) if isinstance(spec, dict) else ""
