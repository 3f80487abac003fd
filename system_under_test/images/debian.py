"""Base images from Debian's packages, for machines that reach no registry of images.

A tree of files is put together outside of the engine and imported; what only serves people and the
package manager is left out, no file lends the rights of its owner, and no directory is open to all.
"""

import atexit
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

RELEASE = "bookworm"
_PAPERWORK = ("usr/share/doc", "usr/share/man", "usr/share/locale", "usr/share/info", "var/log")
_PACKAGE_MANAGER = ("var/cache", "var/lib/apt", "usr/share/bash-completion", "usr/share/lintian")
_ROOM = ("tmp", "var/tmp", "run/lock", "var/cache")
_DEPENDS = re.compile(r"^(?:Pre-)?Depends: (.*)$", re.MULTILINE)


class CannotBuild(Exception):
    """What an image is made of cannot be had here; the message says what to do."""


class NoEngine(CannotBuild):
    """No engine of containers answers, and none can be started."""


def done(*command: str, directory: Path | None = None) -> str:
    """Run a command and return what it says.

    Raises:
        CannotBuild: It is not there, or it failed.
    """
    try:
        found = subprocess.run(  # noqa: S603 - our own commands
            command, cwd=directory, check=False, capture_output=True, text=True
        )
    except FileNotFoundError as error:
        raise CannotBuild(
            f"{command[0]} is not installed: apt-get install {command[0]}."
        ) from error
    if found.returncode:
        last = "\n".join((found.stdout + found.stderr).strip().splitlines()[-8:])
        raise CannotBuild(f"`{' '.join(command[:3])} …` failed:\n{last}")
    return found.stdout


@contextmanager
def scratch() -> Iterator[Path]:
    """Yield a directory that is gone afterwards."""
    directory = Path(tempfile.mkdtemp(prefix="workshop-image-"))
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def mirror() -> str:
    """Return where this machine takes Debian's packages from."""
    wanted = (
        "apt-get",
        "indextargets",
        "--format",
        "$(REPO_URI) $(RELEASE)",
        "Created-By: Packages",
    )
    for line in done(*wanted).splitlines():
        address, _, release = line.partition(" ")
        if release == RELEASE:
            return address
    raise CannotBuild(f"apt knows no source of Debian {RELEASE}.")


@cache
def _smallest() -> Path:
    """Return a small Debian with Python, made once: it takes a minute, and others grow from it."""
    place = Path(tempfile.mkdtemp(prefix="workshop-debian-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    kept = Path(tempfile.gettempdir()) / "workshop-debs"
    kept.mkdir(exist_ok=True)
    root = place / "root"
    options = ("--variant=minbase", "--include=ca-certificates,python3", f"--cache-dir={kept}")
    done("debootstrap", *options, RELEASE, str(root), mirror())
    return root


def bootstrap(root: Path, *packages: str) -> None:
    """Put a small Debian with Python and these packages into a directory."""
    done("cp", "-a", f"{_smallest()}/.", str(root))
    if packages:
        with scratch() as downloads:
            (downloads / "partial").mkdir()
            places = (
                *("-o", f"Dir::State::Status={root}/var/lib/dpkg/status"),
                *("-o", f"Dir::Cache::Archives={downloads}"),
            )
            wanted = ("--yes", "--no-install-recommends", "--download-only", "install", *packages)
            done("apt-get", "-q", *places, *wanted)
            debs = sorted(map(str, downloads.glob("*.deb")))
            done("dpkg", f"--root={root}", "--force-unsafe-io", "--install", *debs)


def unpack(root: Path, packages: Iterable[str]) -> None:
    """Put the files of these packages, and of what they need, into a directory: nothing else."""
    with scratch() as downloads:
        done("apt-get", "download", "-q", *_closure(packages), directory=downloads)
        for package in sorted(downloads.glob("*.deb")):
            done("dpkg-deb", "-x", str(package), str(root))
    for name in ("bin", "lib", "lib64", "sbin"):
        _merge(root, name)


def _merge(root: Path, name: str) -> None:
    """Make /NAME what it is in Debian: another name of /usr/NAME."""
    old, new = root / name, root / "usr" / name
    if old.is_dir() and not old.is_symlink():
        new.mkdir(parents=True, exist_ok=True)
        done("cp", "-a", f"{old}/.", str(new))
        shutil.rmtree(old)
    if new.is_dir() and not old.exists():
        old.symlink_to(f"usr/{name}")


def _closure(packages: Iterable[str]) -> list[str]:
    """Return packages with everything that they depend on, each with its version of the release."""
    known: dict[str, str] = {}
    waiting = set(packages)
    while waiting:
        versions = _offered(sorted(waiting))
        known |= versions
        waiting = _needed(versions) - known.keys()
    return [f"{name}={version}" for name, version in sorted(known.items())]


def _offered(names: list[str]) -> dict[str, str]:
    """Return the newest version of each package that a source offers."""
    versions: dict[str, str] = {}
    for line in done("apt-cache", "madison", *names).splitlines():
        name, version = (part.strip() for part in line.split("|")[:2])
        versions.setdefault(name, version)
    for name in names:
        if name not in versions:
            raise CannotBuild(f"apt offers no package {name}: apt-get update.")
    return versions


def _needed(versions: dict[str, str]) -> set[str]:
    """Return the names of what these packages depend on."""
    exact = [f"{name}={version}" for name, version in versions.items()]
    found = set()
    for field in _DEPENDS.findall(done("apt-cache", "show", *exact)):
        for entry in field.split(","):
            found.add(entry.split("|")[0].strip().split(" ")[0].split(":")[0])
    return found - {""}


def tidy(root: Path) -> None:
    """Leave out what only people and the package manager need, and close what is open to all."""
    for name in (*_PAPERWORK, *_PACKAGE_MANAGER):
        shutil.rmtree(root / name, ignore_errors=True)
    for path in (*root.glob("usr/lib/*/gconv"), *root.rglob("__pycache__")):
        shutil.rmtree(path, ignore_errors=True)
    for path in root.rglob("*"):
        if not path.is_symlink():
            mode = path.lstat().st_mode & 0o7777
            closed = mode & ~0o6002 & (~0o1000 if path.is_dir() else ~0)
            if closed != mode:
                path.chmod(closed)
    for name in _ROOM:
        (root / name).mkdir(parents=True, exist_ok=True)


def trust(root: Path) -> None:
    """Let what is built in an image trust whom this machine trusts."""
    bundle = Path(os.environ.get("SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt"))
    if bundle.is_file():
        target = root / "etc/ssl/certs/ca-certificates.crt"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        shutil.copyfile(bundle, target)
