"""Health, metrics and the OpenAPI document: for machines around the service."""

from typing import Any

from flask import Flask, Response, json, jsonify

from workshop.problems import unavailable
from workshop.services import services


def register(app: Flask, document: dict[str, Any]) -> None:
    """Make the probes reachable."""
    described = json.dumps(document)

    def openapi() -> Response:
        return Response(described, mimetype="application/json")

    for rule, name, view in (
        ("/health/live", "live", live),
        ("/health/ready", "ready", ready),
        ("/metrics", "metrics", metrics),
        ("/api/openapi.json", "openapi", openapi),
    ):
        app.add_url_rule(rule, name, view, methods=["GET"], provide_automatic_options=False)


def live() -> Response:
    """The process answers; nothing else is asked, so that no other fault restarts it."""
    return jsonify(status="live")


def ready() -> Response:
    """The task can serve: it is not going away, and its database answers."""
    parts = services()
    if parts.drain.has_begun:
        raise unavailable("The task is going away.")
    if not parts.database.is_answering():
        raise unavailable("The database does not answer.")
    return jsonify(status="ready")


def metrics() -> Response:
    """The metrics of every worker of this task."""
    parts = services()
    return Response(parts.metrics.page(), content_type=parts.metrics.content_type)
