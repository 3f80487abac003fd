"""What clients and a browser saw → the answers that came where nothing was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from assurance.model.api import Answer, Response
from assurance.model.unknown import unknown
from assurance.readers.kinds import Kind
from assurance.readers.state import Resource, State


def read_good_answers(state: State) -> tuple[Response, ...]:
    """Return an answer of each operation; unknown for one that never succeeded."""
    return tuple(
        _response(each, each.values.get("response"), _why_none(each.values))
        for each in state.of("http_answer")
    )


def read_deliveries(state: State) -> tuple[Response, ...]:
    """Return the answers that pages came with; unknown for one that never came."""
    return tuple(
        _response(each, each.values if each.values["status"] else None, "the page did not answer")
        for each in state.of("browser_page")
    )


def _why_none(values: Mapping[str, Any]) -> str:
    came = ", ".join(str(status or "no answer") for status in values.get("instead", ()))
    return f"no success of it was seen, only {came or 'nothing'}"


def _response(resource: Resource, told: Mapping[str, Any] | None, why_none: str) -> Response:
    answer = Answer(
        status=told["status"] if told else 0,
        headers=told["headers"] if told else {},
        body="",
        told={},
        milliseconds=0.0,
        error="",
    )
    return Response(
        subject=resource.subject(),
        over_tls=resource.root.startswith("https:"),
        answer=answer if told else cast("Answer", unknown(why_none)),
    )


KINDS = (
    Kind(
        noun="good answer",
        plural="good answers",
        population=lambda view: read_good_answers(view.state),
        inventory=("http_answer",),
    ),
    Kind(
        noun="delivered page",
        plural="delivered pages",
        population=lambda view: read_deliveries(view.state),
        inventory=("browser_page",),
    ),
)
