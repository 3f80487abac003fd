"""Runs the whole system on this machine: `python3 system_under_test/run.py`, or `make run`.

It prepares what is missing (a virtual environment with the backend's locked packages, the pages
exported from a copy of their source, so that nobody's working tree is touched), starts database,
backend, issuer and frontend on loopback, and two twins of the backend: one whose database is away,
one whose flag service is. Then it prints the address, and ends everything on Ctrl-C or SIGTERM.
Needs Python 3.11, Node 20 and npm; nothing else of this repository is imported.
"""

import argparse
import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
BACKEND = HERE / "backend"
FRONTEND = HERE / "frontend"
PREPARED = HERE.parent / ".assurance" / "system"
AUDIENCE = "workshop-api"
TWINS = ("without_database", "without_flags")
READY_SECONDS = 60.0
NOT_SOURCE = {"node_modules", ".next", "out", "coverage", "reports", ".swc", "__pycache__"}


class CannotRun(Exception):
    """Something that the system needs is not here; the message says what to do."""


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
        with _alone():
            python, site = prepare_backend(), prepare_frontend()
        if not given.prepare:
            run(python, site, given.port, given.data or PREPARED / "run", given.access)
    except CannotRun as error:
        sys.exit(f"run.py: {error}")
    except KeyboardInterrupt:
        say("stopped")


def say(line: str) -> None:
    """Tell whoever started this how far it is."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Let two runs that are started at once prepare one after the other."""
    PREPARED.mkdir(parents=True, exist_ok=True)
    with (PREPARED / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare_backend() -> Path:
    """Return a Python with the backend's locked packages, made anew when the lock changes."""
    lock = BACKEND / "requirements-test.lock"  # the embedded database is among the test packages
    place = PREPARED / "backend"
    python = place / "bin" / "python"
    if not _is_current(place / "lock.sha256", digest := _digest(lock)):
        say("backend: installing the locked packages")
        shutil.rmtree(place, ignore_errors=True)
        _done([sys.executable, "-m", "venv", str(place)])
        install = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes"]
        install.append("--no-compile")  # what is never imported need not be
        _done([*install, "-r", str(lock)])
        (place / "lock.sha256").write_text(digest)
    return python


def prepare_frontend() -> Path:
    """Return a directory with the exported pages and their server, made anew when they change."""
    if shutil.which("npm") is None:
        raise CannotRun("npm is not on the PATH: install Node 20 or newer.")
    place, site = PREPARED / "frontend", PREPARED / "frontend" / "site"
    lock = _digest(FRONTEND / "package-lock.json")
    source = _digest(*sorted(_written(FRONTEND)))
    if (site / "out").is_dir() and _is_current(place / "source.sha256", source):
        return site
    (place / "source.sha256").unlink(missing_ok=True)
    _copy(FRONTEND, site)
    if not (site / "node_modules").is_dir() or not _is_current(place / "lock.sha256", lock):
        say("frontend: installing the locked packages")
        _done(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], site)
        (place / "lock.sha256").write_text(lock)
    say("frontend: exporting the pages")
    _done(["npm", "run", "--silent", "build"], site)
    (place / "source.sha256").write_text(source)
    return site


def _copy(source: Path, site: Path) -> None:
    """Make a directory like another one, but for what was fetched or made there."""
    site.mkdir(parents=True, exist_ok=True)
    for old in site.iterdir():
        if old.name != "node_modules":
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    for path in _written(source):
        target = site / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)


def _written(directory: Path) -> Iterator[Path]:
    for path in directory.iterdir():
        if path.is_dir() and path.name not in NOT_SOURCE:
            yield from _written(path)
        elif path.is_file() and path.suffix != ".tsbuildinfo":
            yield path


def _digest(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _is_current(stamp: Path, digest: str) -> bool:
    return stamp.is_file() and stamp.read_text() == digest


def _done(command: list[str], directory: Path = HERE) -> None:
    log = PREPARED / "prepare.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"NEXT_TELEMETRY_DISABLED": "1"}
    with log.open("w") as output:
        done = subprocess.run(  # noqa: S603  our own commands
            command, cwd=directory, stdout=output, stderr=output, env=environment, check=False
        )
    if done.returncode:
        last = "\n".join(log.read_text(errors="replace").strip().splitlines()[-15:])
        raise CannotRun(f"`{' '.join(command)}` failed:\n{last}")


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
