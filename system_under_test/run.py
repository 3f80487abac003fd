"""Runs the whole system on this machine: `python3 system_under_test/run.py`, or `make run`.

It prepares what is missing (prepared.py), starts database, backend, issuer and frontend on
loopback, and two twins of the backend: one whose database is away, one whose flag service is. Then
it prints the address, and ends everything on Ctrl-C or SIGTERM. Needs Python 3.11, Node 20 and npm;
nothing of this repository outside of this directory is imported.
"""

import argparse
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

from prepared import BACKEND, PREPARED, CannotRun, prepare_backend, prepare_frontend, preparing, say

AUDIENCE = "workshop-api"
TWINS = ("without_database", "without_flags")
READY_SECONDS = 60.0


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--port", type=int, default=3000, help="of the frontend; 0 takes a free one"
    )
    parser.add_argument("--data", type=Path, help="directory to keep data in; else a fresh one")
    parser.add_argument("--access", type=Path, help="write here how the suite reaches everything")
    parser.add_argument("--prepare", action="store_true", help="only prepare what is missing")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with preparing():
            python, site = prepare_backend(), prepare_frontend()
        if not given.prepare:
            run(python, site, given.port, given.data or PREPARED / "run", given.access)
    except CannotRun as error:
        sys.exit(f"run.py: {error}")
    except KeyboardInterrupt:
        say("stopped")


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def run(python: Path, pages: Path, port: int, data: Path, access: Path | None) -> None:
    """Start everything, say where it is, and wait."""
    data.mkdir(parents=True, exist_ok=True)
    names = ("backend", *TWINS, "frontend", "traces")
    files = {name: data / f"{name}.jsonl" for name in names}
    for file in files.values():
        file.write_text("")
    with contextlib.ExitStack() as stack:
        backend = stack.enter_context(_backend(python, data, files["backend"], files["traces"]))
        settings = {
            "without_database": _without_database(),
            "without_flags": _without_flags(backend["database"], files["traces"]),
        }
        twins = {
            name: stack.enter_context(_twin(python, backend["issuer"], settings[name], files[name]))
            for name in TWINS
        }
        site = stack.enter_context(_frontend(pages, backend, port or free_port(), data))
        if access is not None:
            access.write_text(_access(backend, twins, files))
        say(f"The workshop is open at {site} (issuer {backend['issuer']}; logs in {data})")
        sys.stdout.write(json.dumps({"base_url": site, **backend, **twins}) + "\n")
        sys.stdout.flush()
        watch()


_STARTED: list[tuple[subprocess.Popen[bytes], Path]] = []
"""What runs by now, each with its log."""


def watch() -> None:
    """Wait as long as everything runs; an error when something ends that nobody stopped."""
    while True:
        for process, log in _STARTED:
            if process.poll() is not None:
                raise CannotRun(f"a part of the system ended by itself; see {log}")
        time.sleep(0.5)


@contextlib.contextmanager
def _process(
    command: list[str], directory: Path, environment: Mapping[str, str], log: Path, **pipes: int
) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as output:
        streams = {"stdout": output, "stderr": output, **pipes}
        process = subprocess.Popen(  # noqa: S603  our own commands
            command, cwd=directory, env={**os.environ, **environment}, **streams
        )
        _STARTED.append((process, log))
        try:
            yield process
        finally:
            _STARTED.remove((process, log))
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=40)
            if process.poll() is None:
                process.kill()
                process.wait()


@contextlib.contextmanager
def _backend(python: Path, data: Path, logs: Path, traces: Path) -> Iterator[dict[str, str]]:
    say("backend: starting with its database")
    environment = {
        "OTEL_TRACES_EXPORTER": "file",
        "TRACES_FILE": str(traces),
        "REQUESTS_PER_MINUTE": _requests_per_minute(),
    }
    command = [str(python), "-m", "workshop.serve", "--data", str(data)]
    with _process(command, BACKEND, environment, logs, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise CannotRun(f"the backend did not start; see {logs}")
        yield {key: str(value) for key, value in json.loads(line).items()}


def _without_database() -> dict[str, str]:
    return {
        "DATABASE_HOST": "127.0.0.1",
        "DATABASE_PORT": str(free_port()),  # where nobody listens
        "DATABASE_USER": "workshop",
    }


def _without_flags(database: str, traces: Path) -> dict[str, str]:
    nobody = f"http://127.0.0.1:{free_port()}"  # what Split's client would go through to reach it
    proxies = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")
    return {
        "DATABASE_HOST": database,
        "DATABASE_USER": "workshop_app",
        "REQUESTS_PER_MINUTE": _requests_per_minute(),
        "FLAGS_PROVIDER": "split",
        "FLAGS_SDK_KEY": "there-is-no-such-account",
        "OTEL_TRACES_EXPORTER": "file",
        "TRACES_FILE": str(traces),
        **dict.fromkeys(proxies, nobody),
        **dict.fromkeys(("NO_PROXY", "no_proxy"), "127.0.0.1"),
    }


@contextlib.contextmanager
def _twin(python: Path, issuer: str, settings: Mapping[str, str], log: Path) -> Iterator[str]:
    """A further backend that misses something that it should survive without."""
    port = free_port()
    environment = {
        "ENVIRONMENT": "lab",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DATABASE_NAME": "workshop",
        "DATABASE_SIGN_IN": "trust",
        "DATABASE_SSLMODE": "disable",
        "DRAIN_ANNOUNCE_SECONDS": "0",
        "TOKEN_ISSUER": issuer,
        "TOKEN_AUDIENCE": AUDIENCE,
        "TOKEN_JWKS": f"{issuer}/jwks.json",
        **settings,
    }
    command = [str(python), "-m", "workshop.server"]
    address = f"http://127.0.0.1:{port}"
    with _process(command, BACKEND, environment, log) as process:
        _wait(f"{address}/health/live", process, log)
        yield address


@contextlib.contextmanager
def _frontend(pages: Path, backend: Mapping[str, str], port: int, data: Path) -> Iterator[str]:
    environment = {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "BACKEND_URL": backend["address"],
        "OIDC_ISSUER": backend["issuer"],
        "OIDC_AUDIENCE": AUDIENCE,
        "DRAIN_ANNOUNCE_SECONDS": "0",
    }
    log = data / "frontend.jsonl"
    address = f"http://127.0.0.1:{port}"
    with _process(["node", "server.mjs"], pages, environment, log) as process:
        _wait(f"{address}/api/health", process, log)
        yield address


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + READY_SECONDS
    while process.poll() is None and time.monotonic() < until:
        with contextlib.suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310  loopback
            return
        time.sleep(0.1)
    raise CannotRun(f"{url} does not answer; see {log}")


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _access(backend: Mapping[str, str], twins: Mapping[str, str], files: Mapping[str, Path]) -> str:
    """How the suite reaches what a client does not see, as TOML."""
    values = {
        "issuer": backend["issuer"],
        "audience": AUDIENCE,
        "backend": backend["address"],
        "metrics": f"{backend['address']}/metrics",
        "logs": [str(files[name]) for name in ("backend", *TWINS, "frontend")],
        "traces": str(files["traces"]),
        **twins,
        "requests_per_minute": int(_requests_per_minute()),
    }
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items())


def _requests_per_minute() -> str:
    return os.environ.get("REQUESTS_PER_MINUTE", "1200")


if __name__ == "__main__":
    main()
