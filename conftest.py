"""Loads the plugin and the vocabulary of the scenarios."""

from __future__ import annotations

from pathlib import Path

_STEPS = Path(__file__).parent / "features" / "steps"

pytest_plugins = [
    "assurance.scenario_plugin",
    "assurance.plugin",
    *(f"features.steps.{file.stem}" for file in sorted(_STEPS.glob("[a-z]*.py"))),
]
