"""The production server: `python -m workshop.server`.

On SIGTERM readiness fails at once, requests are served for DRAIN_ANNOUNCE_SECONDS more while load
balancers notice, then nothing new is accepted and what is in flight is finished. All of it takes
DRAIN_SECONDS at most.
"""

import gc
import importlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from workshop import logs
from workshop.balance import Balance
from workshop.drain import Drain
from workshop.errors import SettingsError
from workshop.settings import Settings, read_settings

METRICS = "PROMETHEUS_MULTIPROC_DIR"
APPLICATION = "workshop.application"
KEEP_ALIVE_SECONDS = 75  # longer than the load balancer's 60, so that it is the one who closes


class DrainingArbiter(Arbiter):  # type: ignore[misc]
    """gunicorn's master process, which announces that it goes before it goes."""

    def handle_term(self) -> None:
        """Let readiness fail, wait, then stop gracefully."""
        application: Server = self.app
        application.drain.begin()
        logs.log.info("draining")
        until = time.monotonic() + application.settings.announce_seconds
        while time.monotonic() < until:
            self.murder_workers()
            time.sleep(0.05)
        raise StopIteration


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with the application in it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.drain = Drain()
        self.balance = Balance(settings.workers)
        super().__init__()

    def load_config(self) -> None:
        """Hand the settings on to gunicorn."""
        for name, value in gunicorn_settings(self.settings).items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application of one worker; made after the fork, so that nothing is shared."""
        return importlib.import_module(APPLICATION).create_app(self.settings, drain=self.drain)

    def run(self) -> None:
        """Serve until a signal ends it."""
        DrainingArbiter(self).run()


def gunicorn_settings(settings: Settings) -> dict[str, Any]:
    """What gunicorn is told."""
    return {
        "bind": f"{settings.host}:{settings.port}",
        "workers": settings.workers,
        "threads": settings.threads,
        "worker_class": "workshop.worker.Worker",
        "logger_class": "workshop.worker.EventLogger",
        "worker_connections": 400,
        "keepalive": KEEP_ALIVE_SECONDS,
        "timeout": 30,
        "graceful_timeout": max(1, settings.drain_seconds - settings.announce_seconds),
        "limit_request_line": 4094,
        "limit_request_fields": 60,
        "limit_request_field_size": 8190,
        "control_socket_disable": True,
        "logconfig_dict": logs.configuration(settings.log_level),
        "child_exit": _forget_worker,
        "proc_name": "workshop",
    }


def _forget_worker(_: object, worker: Any) -> None:
    from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415 - as in load

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def main(variables: Mapping[str, str] | None = None) -> None:
    """Serve, or say everything that is wrong with the environment and end with status 2."""
    try:
        settings = read_settings(os.environ if variables is None else variables)
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    logs.configure(settings.log_level)
    metrics, master = tempfile.mkdtemp(prefix="workshop-metrics-"), os.getpid()
    os.environ[METRICS] = metrics
    # The code is loaded once, before the fork; not sooner, because METRICS decides how it counts.
    importlib.import_module(APPLICATION)
    gc.freeze()  # the workers share what is loaded by now, instead of each touching its own copy
    try:
        Server(settings).run()
    finally:
        if os.getpid() == master:  # workers end here too, and whoever replaces one counts on it
            shutil.rmtree(metrics, ignore_errors=True)


if __name__ == "__main__":
    main()
