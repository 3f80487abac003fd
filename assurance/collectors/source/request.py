"""What a caller asks for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_READ = (".py", ".js", ".jsx", ".ts", ".tsx", ".mjs", ".json", ".yaml", ".yml")

_ELSEWHERE = frozenset(
    {
        *("node_modules", ".next", "dist", "build", "coverage", "reports", "__pycache__", ".git"),
        *("venv", ".venv", ".tox", ".pytest_cache", ".mypy_cache", ".ruff_cache", "vendor", "out"),
    }
)
"""Directories that hold what was made or fetched, not written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationRequest:
    """The source of one application.

    Attributes:
        name: Of it.
        role: `backend` or `frontend`.
        directory: Of its source.
        dockerfile: What its image is built from.
        image: Its repository in the registry; empty where nobody said.
    """

    name: str
    role: str
    directory: Path
    dockerfile: Path
    image: str

    def files(self, *suffixes: str) -> Iterator[Path]:
        """Yield the files with these suffixes that somebody wrote, in order."""
        waiting = [self.directory]
        while waiting:
            directory = waiting.pop(0)
            if not directory.is_dir():
                continue
            for path in sorted(directory.iterdir()):
                if path.is_dir() and not path.is_symlink() and path.name not in _ELSEWHERE:
                    waiting.append(path)
                elif path.suffix in suffixes and path.is_file():
                    yield path


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRequest:
    """All applications of a system.

    Attributes:
        system: The directory that paths in the evidence are relative to.
        applications: What it delivers.
    """

    system: Path
    applications: tuple[ApplicationRequest, ...]


def cache_key(request: SourceRequest) -> str:
    """A key that changes with everything that the body depends on."""
    digest = hashlib.sha256(repr(request).encode())
    for application in request.applications:
        if application.directory.is_dir():
            for path in sorted(application.directory.iterdir()):
                digest.update(path.name.encode())
                digest.update(path.read_bytes() if path.is_file() else b"-")
        for path in application.files(*_READ):
            digest.update(path.as_posix().encode() + path.read_bytes())
    for module in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(module.read_bytes())
    return "source-" + digest.hexdigest()
