"""Everything at once on this machine: `python -m workshop.serve`.

Starts an embedded PostgreSQL with schema and catalogue, the development issuer and the production
server, all on loopback, and prints one line of JSON with their addresses when the service is ready.
SIGTERM or Ctrl-C ends all of it. Settings of the environment that are given stay as they are.
"""

import argparse
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from werkzeug.serving import make_server

from workshop.embedded import embedded_database
from workshop.issuer import AUDIENCE, KeyPair, create_issuer, refuse_if_guarded
from workshop.settings import DatabaseSettings

START_SECONDS = 60.0


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def running_issuer(keys: KeyPair, port: int) -> Iterator[str]:
    """The development issuer in a thread; yields its address."""
    issuer = f"http://127.0.0.1:{port}"
    server = make_server("127.0.0.1", port, create_issuer(keys, issuer), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def service_environment(database: DatabaseSettings, issuer: str, port: int) -> dict[str, str]:
    """Variables of the server process; what the caller's environment says comes first."""
    ours = {
        "ENVIRONMENT": "lab",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DRAIN_ANNOUNCE_SECONDS": "1",
        "DATABASE_HOST": database.host,
        "DATABASE_PORT": str(database.port),
        "DATABASE_NAME": database.name,
        "DATABASE_USER": database.user,
        "DATABASE_SIGN_IN": database.sign_in,
        "DATABASE_SSLMODE": database.sslmode,
        "TOKEN_ISSUER": issuer,
        "TOKEN_AUDIENCE": AUDIENCE,
        "TOKEN_JWKS": f"{issuer}/jwks.json",
    }
    return ours | dict(os.environ) | {"PORT": str(port)}


@contextlib.contextmanager
def running_server(variables: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The production server as a process of its own, once it is ready."""
    command = [sys.executable, "-m", "workshop.server"]
    process = subprocess.Popen(command, env=variables, stdout=sys.stderr)  # noqa: S603 - ours
    try:
        wait_until_ready(f"http://127.0.0.1:{variables['PORT']}", process)
        yield process
    finally:
        process.terminate()
        process.wait()


def wait_until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until the service is ready; an error when it ends or takes too long."""
    until = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        with contextlib.suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(f"{address}/health/ready", timeout=2).close()  # noqa: S310
            return
        time.sleep(0.05)
    message = "the service did not become ready; its messages are above"
    raise RuntimeError(message)


def main(arguments: list[str] | None = None) -> None:
    """The command."""
    refuse_if_guarded()
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m workshop.serve")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--issuer-port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--data", type=Path, help="directory to keep; else a temporary one")
    given = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, _interrupt)
    with contextlib.ExitStack() as stack, contextlib.suppress(KeyboardInterrupt):
        data = given.data or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        data.mkdir(parents=True, exist_ok=True)
        keys = KeyPair.kept_at(data / "issuer.pem")
        issuer = stack.enter_context(running_issuer(keys, given.issuer_port or free_port()))
        database = stack.enter_context(embedded_database(data / "database"))
        variables = service_environment(database, issuer, given.port or free_port())
        process = stack.enter_context(running_server(variables))
        addresses = {
            "address": f"http://127.0.0.1:{variables['PORT']}",
            "issuer": issuer,
            "key": str(data / "issuer.pem"),
            "database": database.host,
            "pid": process.pid,
        }
        sys.stdout.write(json.dumps(addresses) + "\n")
        sys.stdout.flush()
        process.wait()


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
