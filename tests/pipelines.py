"""Small pipelines of Harness, written in YAML, as evidence and as records."""

from __future__ import annotations

from typing import Any

import yaml

from assurance.model.pipelines import Pipeline
from assurance.readers.entities import Entities
from assurance.readers.pipelines import read_pipelines
from assurance.readers.state import State

_TYPES = {
    "pipeline": "harness_pipeline",
    "template": "harness_template",
    "environment": "harness_environment",
    "service": "harness_service",
    "inputSet": "harness_input_set",
}
ENVIRONMENTS = """
environment: {identifier: staging, name: staging, type: PreProduction}
---
environment: {identifier: production, name: production, type: Production}
"""


def definition(document: dict[str, Any], number: int = 0) -> dict[str, Any]:
    """Return a definition as the evidence holds it; its number tells files of one name apart."""
    ((root, values),) = document.items()
    identifier = f"{values['identifier']}{values.get('versionLabel', '')}"
    return {
        "address": f"{_TYPES[root]}.{identifier}",
        "mode": "managed",
        "type": _TYPES[root],
        "name": values["identifier"],
        "module": "",
        "provider": "harness",
        "existence": "known",
        "values": values,
        "lines": {"": 1},
        "file": f"harness/{number}.yaml",
        "line": 1,
    }


def body_of(*texts: str) -> dict[str, Any]:
    """Return the body of a document of kind `harness` with these definitions."""
    documents = [each for text in texts for each in yaml.safe_load_all(text) if each]
    return {
        "format": "harness-definitions/1",
        "root": "harness",
        "diagnostics": [],
        "resources": [definition(each, number) for number, each in enumerate(documents)],
    }


def harness(*texts: str) -> State:
    """Return the state of these definitions, with a staging and a production environment."""
    return State([(body_of(ENVIRONMENTS, *texts), "sha256:x")])


def pipelines(*texts: str) -> tuple[Pipeline, ...]:
    """Return the pipelines of these definitions."""
    found = harness(*texts)
    return read_pipelines(found, Entities(found))
