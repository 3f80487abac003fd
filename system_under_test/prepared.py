"""What the system needs before it can run here, made once and kept below `.assurance/system`.

A virtual environment with the backend's locked packages, and the pages exported from a copy of
their source, so that nobody's working tree is touched.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
BACKEND = HERE / "backend"
FRONTEND = HERE / "frontend"
PREPARED = HERE.parent / ".assurance" / "system"
NOT_SOURCE = {"node_modules", ".next", "out", "coverage", "reports", ".swc", "__pycache__"}


class CannotRun(Exception):
    """Something that the system needs is not here; the message says what to do."""


def say(line: str) -> None:
    """Tell whoever started this how far it is."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


@contextlib.contextmanager
def preparing() -> Iterator[None]:
    """Let two runs that are started at once prepare one after the other."""
    PREPARED.mkdir(parents=True, exist_ok=True)
    with (PREPARED / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare_backend() -> Path:
    """Return a Python with the backend's locked packages, made anew when the lock changes."""
    lock = BACKEND / "requirements-test.lock"  # the embedded database is among the test packages
    place = PREPARED / "backend"
    python = place / "bin" / "python"
    if not _is_current(place / "lock.sha256", digest := _digest(lock)):
        say("backend: installing the locked packages")
        shutil.rmtree(place, ignore_errors=True)
        _done([sys.executable, "-m", "venv", str(place)])
        install = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes"]
        install.append("--no-compile")  # what is never imported need not be
        _done([*install, "-r", str(lock)])
        (place / "lock.sha256").write_text(digest)
    return python


def prepare_frontend() -> Path:
    """Return a directory with the exported pages and their server, made anew when they change."""
    if shutil.which("npm") is None:
        raise CannotRun("npm is not on the PATH: install Node 20 or newer.")
    place, site = PREPARED / "frontend", PREPARED / "frontend" / "site"
    lock = _digest(FRONTEND / "package-lock.json")
    source = _digest(*sorted(_written(FRONTEND)))
    if (site / "out").is_dir() and _is_current(place / "source.sha256", source):
        return site
    (place / "source.sha256").unlink(missing_ok=True)
    _copy(FRONTEND, site)
    if not (site / "node_modules").is_dir() or not _is_current(place / "lock.sha256", lock):
        say("frontend: installing the locked packages")
        _done(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], site)
        (place / "lock.sha256").write_text(lock)
    say("frontend: exporting the pages")
    _done(["npm", "run", "--silent", "build"], site)
    (place / "source.sha256").write_text(source)
    return site


def _copy(source: Path, site: Path) -> None:
    """Make a directory like another one, but for what was fetched or made there."""
    site.mkdir(parents=True, exist_ok=True)
    for old in site.iterdir():
        if old.name != "node_modules":
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    for path in _written(source):
        target = site / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)


def _written(directory: Path) -> Iterator[Path]:
    for path in directory.iterdir():
        if path.is_dir() and path.name not in NOT_SOURCE:
            yield from _written(path)
        elif path.is_file() and path.suffix != ".tsbuildinfo":
            yield path


def _digest(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _is_current(stamp: Path, digest: str) -> bool:
    return stamp.is_file() and stamp.read_text() == digest


def _done(command: list[str], directory: Path = HERE) -> None:
    log = PREPARED / "prepare.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"NEXT_TELEMETRY_DISABLED": "1"}
    with log.open("w") as output:
        done = subprocess.run(  # noqa: S603  our own commands
            command, cwd=directory, stdout=output, stderr=output, env=environment, check=False
        )
    if done.returncode:
        last = "\n".join(log.read_text(errors="replace").strip().splitlines()[-15:])
        raise CannotRun(f"`{' '.join(command)}` failed:\n{last}")
