"""What a repository holds and held, as git tells it; without git, what lies in the directory."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

_LARGEST = 5_000_000
"""Bytes; a larger file is data, and is named instead of read."""

_ADDED = "+"
_FETCHED = frozenset(
    {".git", ".terraform", ".tox", ".venv", "node_modules", ".next", "__pycache__", "reports"}
)
"""Directories that a repository keeps out, where there is no git to ask."""


def git(directory: Path, *arguments: str) -> str | None:
    """Return what git says; None where it cannot say anything."""
    program = shutil.which("git")
    if program is None:
        return None
    done = subprocess.run(  # noqa: S603 - git itself, with our own arguments
        [program, "-C", str(directory), *arguments],
        capture_output=True,
        check=False,
    )
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def files(directory: Path) -> list[Path]:
    """Return the files that are under version control, or would be; sorted."""
    listed = git(directory, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if listed is None:
        return sorted(_lying(directory))
    names = {name for name in listed.split("\0") if name}
    return [directory / name for name in sorted(names) if (directory / name).is_file()]


def _lying(directory: Path) -> Iterator[Path]:
    """Yield the files of a directory without those that were fetched or made."""
    for path in directory.iterdir():
        if path.is_dir() and not path.is_symlink():
            if path.name not in _FETCHED:
                yield from _lying(path)
        elif path.is_file():
            yield path


def text_of(file: Path) -> str | None:
    """Return a file's text; None where it is binary or too large."""
    if file.stat().st_size > _LARGEST:
        return None
    content = file.read_bytes()
    return None if b"\0" in content[:8000] else content.decode("utf-8", "replace")


def added_lines(directory: Path) -> Iterator[tuple[str, str, str]]:
    """Yield commit, file and all lines that the commit added to it, over the whole history."""
    log = git(
        directory, "log", "-p", "--unified=0", "--no-color", "--no-renames", "--format=%x00%H"
    )
    for commit in (log or "").split("\0")[1:]:
        name, _, patch = commit.partition("\n")
        for part in patch.split("\ndiff --git ")[1:]:
            head, _, hunks = part.partition("\n@@")
            file = head.split("\n", 1)[0].rpartition(" b/")[2]
            lines = (line[1:] for line in hunks.split("\n") if line.startswith(_ADDED))
            yield name, file, "\n".join(lines)
