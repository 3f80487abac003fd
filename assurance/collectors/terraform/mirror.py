"""Finding Terraform and the providers' packages on this machine.

Nothing is downloaded: what is not here is reported, and evaluated without.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_DEPTH = 5
_CROWDED = 400
_PLACES = ("/opt", "/usr/share", "/usr/local", "/usr/lib", "/var/lib", "/srv")
_REGISTRIES = ("registry.terraform.io", "registry.opentofu.org")
_VERSION = re.compile(r"\d+\.\d+\.\d+")
OLDEST = (1, 11, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terraform:
    """The executable and the version it says it has."""

    path: str
    version: str

    @property
    def evaluates_at_plan(self) -> bool:
        """Whether its test engine can make values up while planning."""
        return tuple(int(part) for part in self.version.split(".")) >= OLDEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """An unpacked provider: its source address, version and directory."""

    source: str
    version: str
    path: Path


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The child's environment: the caller's, without what would change or disturb a result."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TF_VAR_", "TF_CLI_ARGS", "TF_LOG", "TF_REATTACH"))
        and name not in ("TF_CLI_CONFIG_FILE", "TF_WORKSPACE", "TF_DATA_DIR")
    }
    return kept | {"CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1"} | dict(extra or {})


def find_terraform() -> Terraform | None:
    """The Terraform on the path, None when there is none that answers."""
    path = shutil.which("terraform")
    if path is None:
        return None
    try:
        run = subprocess.run(  # noqa: S603 - Terraform from the user's own path
            [path, "version"],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
            env=environment(),
        )
    except (OSError, subprocess.SubprocessError):
        return None
    found = _VERSION.search(run.stdout)
    return Terraform(path=path, version=found.group()) if found else None


def find_packages(root: Path, sources: frozenset[str]) -> dict[str, Package]:
    """The newest package of each source that is on this machine.

    Args:
        root: The Terraform root, whose own `.terraform/providers` counts.
        sources: Such as `hashicorp/aws`.
    """
    found: dict[str, Package] = {}
    for mirror in _mirrors(root):
        for source in sorted(sources - found.keys()):
            package = _newest(mirror, source)
            if package is not None:
                found[source] = package
        if sources <= found.keys():
            break
    return found


def _mirrors(root: Path) -> Iterator[Path]:
    named = os.environ.get("ASSURANCE_TERRAFORM_MIRROR")
    if named:
        yield Path(named)
    yield root / ".terraform/providers"
    yield from _configured()
    home = Path.home()
    yield home / ".terraform.d/plugins"
    yield home / ".local/share/terraform/plugins"
    for shared in os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share").split(":"):
        yield Path(shared) / "terraform/plugins"
    yield home / ".terraform.d/plugin-cache"
    for place in (*_PLACES, str(home / ".terraform.d")):
        yield from _searched(Path(place), _DEPTH)


def _configured() -> Iterator[Path]:
    cache = os.environ.get("TF_PLUGIN_CACHE_DIR")
    if cache:
        yield Path(cache)
    named = os.environ.get("TF_CLI_CONFIG_FILE")
    for file in [Path(named)] if named else []:
        yield from _from_settings(file)
    yield from _from_settings(Path.home() / ".terraformrc")


def _from_settings(file: Path) -> Iterator[Path]:
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return
    for match in re.finditer(r'(?:plugin_cache_dir|path)\s*=\s*"([^"]+)"', text):
        yield Path(os.path.expandvars(match.group(1))).expanduser()


def _searched(place: Path, depth: int) -> Iterator[Path]:
    """Directories below a place that hold a registry's directory, breadth bounded by depth."""
    try:
        entries = sorted(os.scandir(place), key=lambda entry: entry.name)
    except OSError:
        return
    names = {entry.name for entry in entries}
    if names & set(_REGISTRIES):
        yield place
        return
    if depth == 0 or len(entries) > _CROWDED:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False) and entry.name not in (
            "proc",
            "sys",
            "node_modules",
        ):
            yield from _searched(Path(entry.path), depth - 1)


def _newest(mirror: Path, source: str) -> Package | None:
    wanted = f"{_system()}_{_machine()}"
    packages = [
        Package(source=source, version=entry.name, path=entry / wanted)
        for registry in _REGISTRIES
        for entry in _entries(mirror / registry / source)
        if _VERSION.fullmatch(entry.name) and (entry / wanted).is_dir()
    ]
    return max(packages, key=lambda package: _numbers(package.version), default=None)


def _entries(path: Path) -> list[Path]:
    try:
        return list(path.iterdir())
    except OSError:
        return []


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _system() -> str:
    return platform.system().lower()


def _machine() -> str:
    machine = platform.machine().lower()
    return {"x86_64": "amd64", "aarch64": "arm64", "i386": "386", "i686": "386"}.get(
        machine, machine
    )
