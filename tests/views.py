"""Views of small evaluated states, for tests of readers and rules."""

from __future__ import annotations

from typing import Any

from assurance.model.environments import Environment
from assurance.model.judgements import Layer
from assurance.readers.view import View
from tests.states import state


def view_of(*resources: dict[str, Any], production: bool = True) -> View:
    """Return the view of one environment with these resources."""
    place = Environment(name="production" if production else "staging", production=production)
    return View(environment=place, layer=Layer.DECLARED, state=state(*resources))
