"""A pytest plugin that notes how long the phases of an audit take: `-p tests.bench.clock`."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Generator
from pathlib import Path

import pytest

FILE = "ASSURANCE_BENCH_CLOCK"
_phases: dict[str, float] = {}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtestloop() -> Generator[None, object, object]:
    """Reading and judging."""
    begun = time.process_time()
    result = yield
    _phases["judge"] = time.process_time() - begun
    return result


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish() -> Generator[None, object, object]:
    """Closing the ledger and writing the reports."""
    begun = time.process_time()
    result = yield
    _phases["report"] = time.process_time() - begun
    Path(os.environ[FILE]).write_text(json.dumps(_phases), encoding="utf-8")
    return result
