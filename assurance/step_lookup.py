"""Finds the definition of a sentence once a run.

pytest-bdd asks every definition for every step of every scenario run: with thousands of runs and
hundreds of definitions that was more than half of an audit. All definitions are registered before
the first scenario runs, and every scenario sees all of them (`conftest.py`), so the answer for a
sentence does not change.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any
from weakref import WeakKeyDictionary

_module: Any = import_module("pytest_bdd.scenario")  # the package hides it behind its function
_find: Any = _module.find_fixturedefs_for_step
_found: WeakKeyDictionary[Any, dict[tuple[str, str], list[Any]]] = WeakKeyDictionary()


def remembered(step: Any, fixturemanager: Any, node: Any) -> Iterable[Any]:
    """Return what pytest-bdd finds for a step, from memory where it was asked before."""
    known = _found.setdefault(fixturemanager, {})
    key = (step.type, step.name)
    if key not in known:
        known[key] = list(_find(step=step, fixturemanager=fixturemanager, node=node))
    return known[key]


def install() -> None:
    """Put the memory in front of pytest-bdd's search."""
    _module.find_fixturedefs_for_step = remembered
