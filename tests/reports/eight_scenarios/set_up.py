"""Loads the plugin of the suite for the eight scenarios, and a set-up that is denied to one."""

from __future__ import annotations

import pytest

pytest_plugins = ["assurance.scenario_plugin", "assurance.plugin"]


@pytest.fixture(autouse=True)
def permission(request: pytest.FixtureRequest) -> None:
    """Break the set-up of one scenario, as a collector without permission would."""
    if "denied" in request.node.name:
        message = "AccessDenied"
        raise RuntimeError(message)
