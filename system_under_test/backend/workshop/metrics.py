"""Metrics of this service in the Prometheus format, summed over all worker processes."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from workshop import __version__

DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"  # set by the server before it forks
BUCKETS = (0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
ROUTE = ("method", "route")


class Metrics:
    """What is counted, and how it is written out."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self._requests = Counter(
            "http_server_requests",
            "Requests answered",
            (*ROUTE, "status"),
            registry=registry,
        )
        self._errors = Counter(
            "http_server_errors",
            "Requests answered with a status of 500 or above",
            (*ROUTE, "error"),
            registry=registry,
        )
        self._duration = Histogram(
            "http_server_request_duration_seconds",
            "Time from request to response",
            ROUTE,
            buckets=BUCKETS,
            registry=registry,
        )
        self._active = Gauge(
            "http_server_active_requests",
            "Requests being worked on",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self._pool = Gauge(
            "database_pool_connections_in_use",
            "Connections that requests hold",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self._pool_bound = Gauge(
            "database_pool_connections_max",
            "Connections that requests may hold together",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self._flags = Counter(
            "feature_flag_evaluations",
            "Decisions of feature flags",
            ("flag", "variant", "reason"),
            registry=registry,
        )
        self._enrolments = Counter(
            "workshop_enrolments",
            "New enrolments, by the variant that the learner sees",
            ("flag", "variant"),
            registry=registry,
        )
        Gauge(
            "workshop_build_info",
            "The version that runs",
            ("version",),
            registry=registry,
            multiprocess_mode="livemax",
        ).labels(__version__).set(1)

    @contextmanager
    def active_request(self) -> Iterator[None]:
        """Counts a request as active during the block."""
        with self._active.track_inprogress():
            yield

    def request_answered(self, method: str, route: str, status: int, started: float) -> None:
        """Count one answered request, and how long it took since `started`."""
        self._requests.labels(method, route, status).inc()
        self._duration.labels(method, route).observe(time.perf_counter() - started)
        if status >= 500:
            self._errors.labels(method, route, status).inc()

    def flag_evaluated(self, flag: str, variant: str, reason: str) -> None:
        """Count one decision of a flag."""
        self._flags.labels(flag, variant, reason).inc()

    def enrolled(self, variants: dict[str, str]) -> None:
        """Count one new enrolment under each variant: the outcome that an A/B test compares."""
        for flag, variant in variants.items():
            self._enrolments.labels(flag, variant).inc()

    def pool_bounded(self, connections: int) -> None:
        """Note how many connections may be handed out."""
        self._pool_bound.set(connections)

    def pool_in_use(self, connections: int) -> None:
        """Note how many connections are handed out."""
        self._pool.set(connections)

    def page(self) -> bytes:
        """The page of all workers, or of this process where it is alone."""
        if not os.environ.get(DIRECTORY):
            return generate_latest(self._registry)
        everywhere = CollectorRegistry()
        MultiProcessCollector(everywhere)  # type: ignore[no-untyped-call]
        return generate_latest(everywhere)
