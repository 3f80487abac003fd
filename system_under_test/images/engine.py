"""A Docker engine: the one that answers, else one of our own that ends with us."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import docker
from debian import CannotBuild, NoEngine
from docker.errors import DockerException

READY_SECONDS = 60.0
KEPT = Path(tempfile.gettempdir()) / "workshop-engine"
"""Where an engine of our own keeps images from one run to the next."""


@contextmanager
def an_engine() -> Iterator[str]:
    """Yield the address of an engine.

    Raises:
        CannotBuild: None answers, and none can be started.
    """
    usual = os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock")
    if _answers(usual):
        yield usual
    else:
        with _own_engine() as address:
            yield address


def _answers(address: str) -> bool:
    try:
        client = docker.DockerClient(base_url=address, timeout=5)
        try:
            return bool(client.ping())
        finally:
            client.close()
    except (DockerException, OSError, ValueError):
        return False


@contextmanager
def _own_engine() -> Iterator[str]:
    program = shutil.which("dockerd")
    if program is None or os.geteuid() != 0:
        raise NoEngine(
            "no Docker engine answers, and none can be started: install docker.io and be root, or "
            "name one by DOCKER_HOST."
        )
    KEPT.mkdir(exist_ok=True)
    address = f"unix://{KEPT}/docker.sock"
    command = [program, "--host", address, "--data-root", str(KEPT / "data")]
    places = ["--exec-root", str(KEPT / "exec"), "--pidfile", str(KEPT / "pid")]
    with (KEPT / "engine.log").open("w") as log:
        process = subprocess.Popen([*command, *places], stdout=log, stderr=log)  # noqa: S603
        try:
            until = time.monotonic() + READY_SECONDS
            while not _answers(address):
                if process.poll() is not None or time.monotonic() > until:
                    raise CannotBuild(f"the engine did not start; see {KEPT}/engine.log.")
                time.sleep(0.3)
            yield address
        finally:
            process.terminate()
            process.wait()
            # The engine leaves the host's network namespace mounted: nobody could delete the place.
            left = str(KEPT / "exec" / "netns" / "default")
            subprocess.run(["umount", left], stderr=subprocess.DEVNULL, check=False)  # noqa: S603, S607
