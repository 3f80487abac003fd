"""What Harness hands to a policy about a definition."""

from __future__ import annotations

from typing import Any

from assurance.reshaping.definitions import Definition, Definitions
from assurance.reshaping.reshapes import written_out

ROOTS = {"pipeline": "pipeline", "template": "template", "connector": "entity"}
"""Under what name a policy of an entity finds it.

https://developer.harness.io/docs/platform/governance/policy-as-code/harness-governance-overview
"""


def payload(definition: Definition) -> dict[str, Any]:
    """Return a definition as it is saved: what it takes from a template is not in it."""
    return {ROOTS[definition.kind]: definition.values}


def merged_payload(definitions: Definitions, index: int) -> dict[str, Any]:
    """Return a definition with its templates written out, as a run has it."""
    return payload(written_out(definitions, index))
