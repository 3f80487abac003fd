"""Small states of Harness definitions, written by hand, for tests of readers and rules."""

from __future__ import annotations

from typing import Any

from assurance.model.environments import Environment
from assurance.model.judgements import Layer
from assurance.readers.state import State
from assurance.readers.view import View
from tests.states import body

SCOPE = {"org": "default", "project": "workshop"}


def pointers(value: Any, pointer: str = "", first: int = 1) -> dict[str, int]:
    """Return a line for every pointer into a value, each its own, so that tests can tell them."""
    found: dict[str, int] = {pointer: first}
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, item in items:
        place = str(key).replace("~", "~0").replace("/", "~1")
        found.update(pointers(item, f"{pointer}/{place}", max(found.values()) + 1))
    return found


def definition(
    type_: str, values: dict[str, Any], *, file: str = "", scope: dict[str, str] | None = None
) -> dict[str, Any]:
    """Return a definition as evidence of kind `harness` holds it."""
    name = str(values.get("identifier", "nameless"))
    if type_ == "harness_template":
        name = f"{name}@{values.get('versionLabel', '')}"
    return {
        "address": f"{type_}.{name}",
        "mode": "managed",
        "type": type_,
        "name": name,
        "module": "",
        "provider": "harness",
        "existence": "known",
        "values": values,
        "lines": pointers(values),
        "scope": SCOPE if scope is None else scope,
        "file": file or f"harness/{type_.removeprefix('harness_')}s/{name}.yaml",
        "line": 1,
    }


def harness_body(*definitions: dict[str, Any]) -> dict[str, Any]:
    """Return the body of a harness document with these definitions."""
    return {
        "format": "harness/1",
        "root": "harness",
        "tools": {},
        "diagnostics": [],
        "resources": sorted(definitions, key=lambda found: str(found["address"])),
    }


def harness_state(
    *definitions: dict[str, Any], terraform: tuple[dict[str, Any], ...] = ()
) -> State:
    """Return a state of definitions of Harness, beside resources of Terraform."""
    bodies = [(harness_body(*definitions), "sha256:harness")]
    return State([*bodies, (body(*terraform), "sha256:terraform")])


def harness_view(
    *definitions: dict[str, Any],
    terraform: tuple[dict[str, Any], ...] = (),
    production: bool = True,
) -> View:
    """Return the view of one environment with these definitions."""
    place = Environment(name="production" if production else "staging", production=production)
    state = harness_state(*definitions, terraform=terraform)
    return View(environment=place, layer=Layer.DECLARED, state=state)
