"""A home of its own for the browser, in which it trusts the authorities of a file.

The browser still verifies every certificate itself: names, dates and who vouches for it. On Linux
it reads who may vouch from a store below its home
(https://chromium.googlesource.com/chromium/src/+/main/docs/linux/cert_management.md). What asks in
its name is Node, which reads a file (https://nodejs.org/api/cli.html#node_extra_ca_certsfile).
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from assurance.collectors.authorities import authorities
from assurance.errors import NotCollected, NotGiven
from assurance.model.judgements import Reason

_TRUSTED_SERVERS = "C,,"
"""Vouches for servers; neither for mail nor for code."""

_OF_NODE = "NODE_EXTRA_CA_CERTS"


@contextmanager
def home(trust: Path | None) -> Iterator[Mapping[str, str] | None]:
    """Yield the environment of a browser that trusts a file's authorities; None without a file.

    Raises:
        NotGiven: The tool that writes the store is missing.
        NotCollected: The file holds no certificates, or the store could not be written.
    """
    if trust is None:
        yield None
        return
    certificates = authorities(trust)
    command = shutil.which("certutil")
    if command is None:
        raise NotGiven(
            Reason.TOOL,
            remedy="install certutil (libnss3-tools), by which a browser learns whom to trust.",
        )
    with TemporaryDirectory(prefix="assurance-browser-") as directory:
        store = Path(directory, ".pki", "nssdb")
        store.mkdir(parents=True)
        _run(command, store, "-N", "--empty-password")
        for number, certificate in enumerate(certificates):
            file = Path(directory, f"{number}.der")
            file.write_bytes(certificate)
            _run(command, store, "-A", "-n", str(number), "-t", _TRUSTED_SERVERS, "-i", str(file))
        yield {**os.environ, "HOME": directory}


def _run(command: str, store: Path, *arguments: str) -> None:
    try:
        subprocess.run(  # noqa: S603  a tool of the machine
            [command, "-d", f"sql:{store}", *arguments],
            check=True,
            capture_output=True,
            text=True,
            timeout=30,
        )
    except subprocess.SubprocessError as error:
        said = str(getattr(error, "stderr", "") or error).strip().splitlines()[-1:]
        raise NotCollected(
            f"certutil wrote no store of authorities: {' '.join(said)}.",
            remedy="see whether certutil of libnss3-tools works on this machine.",
        ) from error


@contextmanager
def node_trusting(trust: Path | None) -> Iterator[None]:
    """Let a Node that is started meanwhile trust the authorities of a file, if there is one."""
    before = os.environ.get(_OF_NODE)
    if trust is not None:
        os.environ[_OF_NODE] = str(trust)
    try:
        yield
    finally:
        if trust is not None:
            os.environ.pop(_OF_NODE)
            os.environ.update({_OF_NODE: before} if before is not None else {})
