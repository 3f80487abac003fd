"""The application factory, and what holds for every request."""

import time
from collections.abc import Callable
from typing import cast

from flask import Flask, Response, request
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.trace import Tracer
from sqlalchemy import QueuePool
from werkzeug.middleware.proxy_fix import ProxyFix

from workshop import document, logs, operations, probes, problems, telemetry
from workshop.api import OPERATIONS
from workshop.database import Database
from workshop.drain import Drain
from workshop.flags.features import Features, make_provider
from workshop.keys import KeySet
from workshop.limits import RateLimit
from workshop.metrics import Metrics
from workshop.problems import Problem
from workshop.security_headers import SECURITY_HEADERS
from workshop.services import Services
from workshop.settings import Settings
from workshop.tokens import Verifier

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
DISCARDED_BYTES = 16_777_216


class ObservedFlask(Flask):
    """A Flask application in which each request has a span, counts in the metrics and is logged."""

    tracer_provider: TracerProvider
    tracer: Tracer
    parts: Services

    def full_dispatch_request(self) -> Response:
        """Answer the request, and leave a trace of it."""
        started = time.perf_counter()
        method = request.method if request.method in METHODS else "OTHER"
        metrics = self.parts.metrics
        with telemetry.request_span(self.tracer, method, request.headers) as span:
            with metrics.active_request():
                response = super().full_dispatch_request()
            route, status = logs.route_of_request(), response.status_code
            span.update_name(f"{method} {route}")
            span.set_attributes(
                {
                    "http.request.method": method,
                    "http.route": route,
                    "http.response.status_code": status,
                }
            )
            response.headers.update(telemetry.response_headers())
            metrics.request_answered(method, route, status, started)
            logs.log_request(status, time.perf_counter() - started)
        return response


def create_app(settings: Settings, *, drain: Drain | None = None) -> Flask:
    """An application with these settings; it touches nothing outside until it is called."""
    app = ObservedFlask("workshop", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.body_bytes
    app.config["MAX_FORM_PARTS"] = 1
    app.tracer_provider = telemetry.make_provider(settings.traces, settings.environment)
    app.tracer = app.tracer_provider.get_tracer("workshop")
    app.parts = _services(settings, drain or Drain())
    app.extensions["workshop"] = app.parts
    if settings.traces.exporter != "none":
        telemetry.trace_database(app.parts.database.engine, app.tracer_provider)
    if settings.trusted_proxies:
        proxies = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=1)
        app.wsgi_app = proxies  # type: ignore[method-assign]
    problems.register(app)
    operations.register(app, OPERATIONS)
    probes.register(app, document.build(OPERATIONS))
    app.before_request(_within_rate(app.parts))
    app.after_request(_finish(app.parts))
    return app


def _services(settings: Settings, drain: Drain) -> Services:
    metrics = Metrics()
    keys = KeySet(settings.tokens.jwks, settings.tokens.algorithm)
    return Services(
        settings=settings,
        database=Database(settings.database, workers=settings.workers),
        verifier=Verifier(settings.tokens, keys),
        limit=RateLimit(settings.requests_per_minute),
        features=Features(make_provider(settings.flags), metrics),
        metrics=metrics,
        drain=drain,
    )


def _within_rate(parts: Services) -> Callable[[], None]:
    def check() -> None:
        if not request.path.startswith("/api/"):
            return  # probes must not be refused because of somebody else's calls
        wait = parts.limit.wait(request.remote_addr or "unknown")
        if wait:
            headers = {"Retry-After": str(int(wait) + 1)}
            detail = "This address calls more often than it may."
            raise Problem(429, "too-many-requests", detail, headers=headers)

    return check


def _finish(parts: Services) -> Callable[[Response], Response]:
    pool = cast("QueuePool", parts.database.engine.pool)
    parts.metrics.pool_bounded(pool.size())

    def finish(response: Response) -> Response:
        said = {name.lower() for name, _ in response.headers}
        missing = (header for header in SECURITY_HEADERS.items() if header[0].lower() not in said)
        response.headers.extend(missing)
        parts.metrics.pool_in_use(pool.checkedout())
        if response.status_code == 413:
            _discard_body()
        return response

    return finish


def _discard_body() -> None:
    """Read a refused body away: a client, or a proxy, that still writes it would miss the answer.

    Up to a bound; whoever sends more than that is cut off.
    """
    left = min(request.content_length or 0, DISCARDED_BYTES)
    while left > 0 and (piece := request.environ["wsgi.input"].read(min(left, 65_536))):
        left -= len(piece)
