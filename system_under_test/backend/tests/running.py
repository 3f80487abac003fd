"""Things that run while a test looks: the production server, a database that can go away, TLS."""

import contextlib
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
from pgserver.postgres_server import PostgresServer, pg_ctl  # type: ignore[attr-defined]

from workshop.serve import free_port, wait_until_ready

ROOT = Path(__file__).parents[1]


@contextlib.contextmanager
def server(variables: dict[str, str], log: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The production server with these settings; yields the process and its address."""
    port = str(free_port())
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    kept |= {name: value for name, value in os.environ.items() if name.startswith("COV")}
    environment = kept | variables | {"PORT": port, "TMPDIR": str(log.parent)}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "workshop.server"],
            env=environment,
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(address, process)
        yield process, address
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(20)


def eventually(check: Callable[[], bool], seconds: float = 10.0) -> float:
    """Wait until something holds, and say how long it took; fails when it takes too long."""
    started = time.monotonic()
    while not check():
        assert time.monotonic() - started < seconds, "it did not happen in time"
        time.sleep(0.02)
    return time.monotonic() - started


def status_of(address: str, path: str) -> int:
    """Status of a GET, or 0 when nobody answers."""
    try:
        return httpx.get(address + path, timeout=10).status_code
    except httpx.HTTPError:
        return 0


class Outage:
    """Takes the database away and brings it back."""

    def __init__(self, data: Path) -> None:
        self._data = data.resolve()
        self._server = PostgresServer._instances[self._data]

    def begin(self) -> None:
        """As if the machine lost power: no connection is closed in order."""
        self._control("-m", "immediate", "-w", "stop")

    def end(self) -> None:
        """Start the database again."""
        options = ["-o", '-h ""', "-o", f"-k {self._data}", "-l", str(self._data / "log")]
        self._control("-w", *options, "start")

    def _control(self, *arguments: str) -> None:
        pg_ctl(list(arguments), pgdata=self._data, user=self._server.system_user)


class Relay:
    """A port of loopback in front of the database's socket, with or without TLS.

    Speaks as much of PostgreSQL's protocol as is needed to answer the request for encryption.
    """

    def __init__(self, target: str, context: ssl.SSLContext | None) -> None:
        self._target = f"{target}/.s.PGSQL.5432"
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.first_words: list[bytes] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Listen no more."""
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: Any) -> None:
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            stack.enter_context(client)
            self.first_words.append(client.recv(8))
            if self._context is None:
                client.sendall(b"N")
            else:
                client.sendall(b"S")
                client = self._encrypt(client)
                stack.enter_context(client)
            with socket.socket(socket.AF_UNIX) as behind:
                behind.connect(self._target)
                back = threading.Thread(target=self._copy, args=(behind, client), daemon=True)
                back.start()
                self._copy(client, behind)

    def _encrypt(self, client: socket.socket) -> ssl.SSLSocket:
        assert self._context is not None
        encrypted = self._context.wrap_socket(
            client, server_side=True, do_handshake_on_connect=False
        )
        try:
            encrypted.do_handshake()
        except OSError:
            encrypted.close()
            raise
        return encrypted

    @staticmethod
    def _copy(source: Any, target: Any) -> None:
        with contextlib.suppress(OSError):
            while content := source.recv(65_536):
                target.sendall(content)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)


def raw(address: str, request: bytes) -> bytes:
    """What the server sends back for these bytes, until it closes the connection."""
    host, port = address.removeprefix("http://").split(":")
    received = b""
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        while content := connection.recv(65_536):
            received += content
    return received
