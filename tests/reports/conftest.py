"""What the tests of reports share: golden files, the tools of others, a browser."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

TOOLS = Path(__file__).parent / "tools"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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
    lock = (TOOLS / "package-lock.json").read_bytes()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    place = cache / "delivery-assurance" / "npm" / hashlib.sha256(lock).hexdigest()[:16]
    if not (place / "node_modules").is_dir():
        _install(npm, place)
    return place


def _install(npm: str, place: Path) -> None:
    scratch = place.with_name(f"{place.name}.{os.getpid()}")
    scratch.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(TOOLS / name, scratch)
    done = subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=scratch,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode == 0 and not place.exists():
        scratch.rename(place)
        return
    shutil.rmtree(scratch)
    if not place.exists():
        pytest.skip(f"tool missing: the packages of npm: {done.stderr.strip().splitlines()[:1]}")


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
