"""Those who read our reports: npm packages, a browser, and how Cucumber's tools count."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

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


GRAVEST_FIRST = ("failed", "ambiguous", "undefined", "pending", "skipped", "passed")


def status(element: dict[str, Any]) -> str:
    """Return what Cucumber's tools make of a scenario's steps."""
    found = {step["result"]["status"] for step in element["steps"]}
    return next(name for name in GRAVEST_FIRST if name in found)


def installed(npm: str) -> Path:
    """Return a directory with the pinned packages, installed once a user; skips without them."""
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
