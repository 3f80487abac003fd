"""What lies in a container's file system: read from its export, so that it needs no shell."""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterable
from io import RawIOBase
from typing import Any

from docker.models.containers import Container

from assurance.errors import NotCollected

_SETUID = 0o6000
_HISTORIES = (
    ".bash_history",
    ".ash_history",
    ".sh_history",
    ".python_history",
    ".node_repl_history",
)
_BUILDERS = frozenset(
    {
        "as",
        "c++",
        "cargo",
        "cc",
        "clang",
        "cmake",
        "g++",
        "gcc",
        "go",
        "javac",
        "ld",
        "make",
        "rustc",
    }
)
"""Programs that make other programs: what a build needs, and nothing that only runs."""

_PROGRAMS = ("bin", "sbin")
"""Directories whose files are looked for by name when something is run."""

_CHUNK = 2**21
"""Bytes that are taken from an export at once: about what the engine sends."""

_KERNEL = ("proc", "sys", "dev")
"""What the engine mounts; an export shows at most the empty directories."""


def file_facts(container: Container, uid: int, gid: int) -> dict[str, Any]:
    """Return setuid files, histories of shells, what builds programs, and what a user may write.

    Args:
        container: Running or stopped.
        uid: Whose rights are looked at.
        gid: The group of that user.

    Returns:
        `setuid`, `histories`, `builders`, `writable`: sorted absolute paths. Of a directory that
        may be written, what is under it is not listed as well.

    Raises:
        NotCollected: The engine shows no file at all.
    """
    setuid, histories, builders, writable = [], [], [], []
    stream = _Stream(container.export())
    with tarfile.open(fileobj=stream, mode="r|", bufsize=_CHUNK) as files:
        for member in files:
            path = "/" + member.name.strip("/")
            if _is_builder(member):
                builders.append(path)
            if member.name.partition("/")[0] in _KERNEL or member.issym():
                continue
            if member.isfile() and member.mode & _SETUID:
                setuid.append(path)
            if path.endswith(_HISTORIES):
                histories.append(path)
            if (member.isfile() or member.isdir()) and _may_write(member, uid, gid):
                writable.append(path)
    if files.offset == 0:
        raise NotCollected(
            "the container's file system cannot be looked at.",
            remedy="see whether `docker export` gives its files.",
        )
    return {
        "setuid": sorted(setuid),
        "histories": sorted(histories),
        "builders": sorted(builders),
        "writable": _outermost(writable),
    }


def _is_builder(member: tarfile.TarInfo) -> bool:
    """Whether it is a compiler or the like, also as `x86_64-linux-gnu-gcc-12`."""
    directory, _, name = member.name.rpartition("/")
    program = re.sub(r"^\w+-linux-[a-z]+-|-\d[\d.]*$", "", name)
    return not member.isdir() and program in _BUILDERS and directory.endswith(_PROGRAMS)


def _may_write(member: tarfile.TarInfo, uid: int, gid: int) -> bool:
    if uid == 0:
        return True
    owns = member.uid == uid and member.mode & 0o200
    shares = member.gid == gid and member.mode & 0o020
    return bool(owns or shares or member.mode & 0o002)


def _outermost(paths: Iterable[str]) -> list[str]:
    found: list[str] = []
    for path in sorted(paths):
        if not found or not path.startswith(found[-1].rstrip("/") + "/"):
            found.append(path)
    return found


class _Stream(RawIOBase):
    """The chunks of an export as a file that is read once."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._rest = b""

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return so many bytes, fewer at the end; all that is left without a size."""
        while size < 0 or len(self._rest) < size:
            chunk = next(self._chunks, b"")
            if not chunk:
                break
            self._rest += chunk
        taken = self._rest if size < 0 else self._rest[:size]
        self._rest = self._rest[len(taken) :]
        return taken
