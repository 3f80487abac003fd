"""What the tests of reports share: golden files, the tools of others, a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from tests.reports.consumers import CHROMIUM, FLAGS, installed


class GoldenFile(SingleFileSnapshotExtension):
    """A golden file that can be read as what it is."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def golden(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Compares a text with the file of that name in `__snapshots__`."""
    return snapshot.use_extension(GoldenFile)


@pytest.fixture(scope="session")
def consumers() -> Path:
    """A directory with the pinned npm packages that read our reports, installed once a user."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("tool missing: npm")
    return installed(npm)


@pytest.fixture(scope="session")
def node() -> str:
    """The command that runs JavaScript."""
    found = shutil.which("node")
    if found is None:
        pytest.skip("tool missing: node")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        pytest.skip("tool missing: chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()
