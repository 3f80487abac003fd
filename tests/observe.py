"""Starts the whole system on this machine, looks at it from outside, and stops it.

    python -m tests.observe [arguments for pytest …]

Judges the observed layer of the environment `lab`, with the proof of bite unless other arguments
are given. The exit status is that of the audit. The system needs what `system_under_test/run.py`
needs; everything listens on loopback.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RATE = 2000
"""Requests a minute that one address may make: enough for the audit, few enough to exceed."""


@contextmanager
def running_system(access: Path, data: Path, *, rate: int = RATE) -> Iterator[dict[str, str]]:
    """The system, ready; yields its addresses and leaves how to reach the rest in a file.

    Args:
        rate: Requests a minute that one address may make.
    """
    command = [sys.executable, "system_under_test/run.py", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--access", str(access), "--data", str(data)],
        cwd=ROOT,
        env=os.environ | {"REQUESTS_PER_MINUTE": str(rate)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            sys.exit("the system did not start; the lines above say why")
        addresses: dict[str, str] = json.loads(line)
        yield addresses
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=120)


def main(arguments: list[str]) -> int:
    """The command."""
    with tempfile.TemporaryDirectory(prefix="observe-") as place:
        access = Path(place) / "access.toml"
        with running_system(access, Path(place) / "data") as system:
            address = ["--base-url", system["base_url"], "--access", str(access)]
            where = ["--environment", "lab", *address]
            command = [sys.executable, "-m", "pytest", "features", "--layers", "observed", *where]
            return subprocess.run(
                [*command, *(arguments or ["--bite", "-q"])], cwd=ROOT, check=False
            ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
