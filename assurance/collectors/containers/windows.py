"""What runs in a container, through testinfra: from this host where it may look, else inside.

A container without a shell shows nothing to `docker exec`; its processes are in this host's /proc
as well, if the engine runs here and the suite may read there.
"""

from __future__ import annotations

import os
import re
from typing import Any

import testinfra
from docker.models.containers import Container
from testinfra.host import Host

from assurance.errors import NotCollected

_LISTENING = "0A"
"""The state of a socket that listens, in /proc/net/tcp (proc(5))."""

_UID = re.compile(r"^Uid:\s+(\d+)\s+(\d+)", re.MULTILINE)


def process_facts(container: Container) -> dict[str, Any]:
    """Return the effective user of process 1, and the ports on which anything listens.

    Raises:
        NotCollected: Neither this host nor the container shows it.
    """
    host, process = _window(container)
    found = _UID.search(_read(host, f"{process}/status"))
    if found is None:
        raise NotCollected(
            "the container's first process cannot be looked at.",
            remedy="run the suite where the engine runs, or give the image a shell.",
        )
    sockets = "\n".join(_read(host, f"{process}/net/{name}") for name in ("tcp", "tcp6"))
    return {"uid": int(found[2]), "listening": _ports(sockets)}


def _window(container: Container) -> tuple[Host, str]:
    pid = container.attrs["State"]["Pid"]
    process = f"/proc/{pid}"
    if pid and os.access(f"{process}/net/tcp", os.R_OK):
        return testinfra.get_host("local://"), process
    return testinfra.get_host(f"docker://{container.id}"), "/proc/1"


def _read(host: Host, path: str) -> str:
    done = host.run("cat %s", path)
    return str(done.stdout) if done.rc == 0 else ""


def _ports(sockets: str) -> list[int]:
    fields = (line.split() for line in sockets.splitlines())
    return sorted(
        {
            int(words[1].rpartition(":")[2], 16)
            for words in fields
            if len(words) > 3 and words[3] == _LISTENING
        }
    )
