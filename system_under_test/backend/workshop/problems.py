"""Problem documents (RFC 9457): the only shape in which this service says no."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, Response, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from workshop import telemetry
from workshop.errors import KeysUnavailable
from workshop.logs import log_failure

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = "2"
KINDS = {413: "content-too-large"}  # Python 3.11 still has the phrase of an older RFC
DETAILS = {404: "There is nothing at this address.", 413: "The body is too large."}


class Fault(BaseModel):
    """One thing that is wrong with the request."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    pointer: str = Field(description="JSON pointer into the part of the request")
    detail: str


class ProblemDocument(BaseModel):
    """A problem document."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    trace_id: str
    errors: list[Fault] | None = None


class Problem(Exception):
    """Stops an operation and becomes the answer to the client.

    Attributes:
        status: status code of the answer.
        kind: last part of the problem type, stable for programs to compare.
    """

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        *,
        errors: tuple[Fault, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.status = status
        self.kind = kind
        self.detail = detail
        self.errors = errors
        self.headers = dict(headers or {})
        super().__init__(f"{status} {kind}")


def unavailable(detail: str) -> Problem:
    """The answer when something that the service depends on is away."""
    return Problem(503, "unavailable", detail, headers={"Retry-After": RETRY_SECONDS})


def invalid(part: str, error: ValidationError) -> Problem:
    """The answer to input of the wrong shape; malformed JSON is told from wrong content."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    if any(fault["type"] == "json_invalid" for fault in faults):
        return Problem(400, "malformed-json", "The body is not a JSON document.")
    listed = tuple(
        Fault(pointer=_pointer(part, *fault["loc"]), detail=fault["msg"]) for fault in faults[:20]
    )
    return Problem(422, "invalid-input", "The request has parts that are not valid.", errors=listed)


def _pointer(*steps: str | int) -> str:
    """A JSON pointer (RFC 6901) to a member, whatever a client called it."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def register(app: Flask) -> None:
    """Answer every failure with a problem document."""
    app.register_error_handler(Problem, render)
    app.register_error_handler(HTTPException, lambda error: render(_of_http(error)))
    app.register_error_handler(KeysUnavailable, _keys_away)
    app.register_error_handler(DBAPIError, _database_failure)
    app.register_error_handler(PoolTimeout, _pool_full)
    app.register_error_handler(Exception, _defect)


def render(problem: Problem) -> Response:
    """The response that carries a problem."""
    document = ProblemDocument(
        type=f"urn:workshop:problem:{problem.kind}",
        title=HTTPStatus(problem.status).phrase,
        status=problem.status,
        detail=problem.detail,
        instance=request.path,
        trace_id=telemetry.current_trace_id(),
        errors=list(problem.errors) or None,
    )
    body = document.model_dump_json(exclude_none=True)
    return Response(body, problem.status, problem.headers, mimetype=MEDIA_TYPE)


def _of_http(error: HTTPException) -> Problem:
    status = error.code or 500
    headers = {name: value for name, value in error.get_headers() if name in {"Allow", "Location"}}
    kind = KINDS.get(status) or HTTPStatus(status).phrase.lower().replace(" ", "-")
    detail = DETAILS.get(status) or error.description or ""
    return Problem(status, kind, detail, headers=headers)


def _keys_away(error: KeysUnavailable) -> Response:
    log_failure(error, 503)
    return render(unavailable("Tokens cannot be verified at the moment."))


def _pool_full(error: PoolTimeout) -> Response:
    log_failure(error, 503)
    return render(unavailable("Every connection to the database is busy."))


def _database_failure(error: DBAPIError) -> Response:
    """Away, too slow or shutting down is 503; any other complaint is a defect of ours."""
    state = getattr(error.orig, "sqlstate", None) or ""
    # Without a state the connection itself broke. 57: cancelled by timeout or shutdown;
    # 55P03: lock timeout; 08 connection, 53 resources, 40 serialization, 28/3D sign-in refused.
    away = not state or state == "55P03" or state[:2] in {"08", "28", "3D", "40", "53", "57"}
    if not away:
        return _defect(error)
    log_failure(error, 503)
    return render(unavailable("The database does not answer at the moment."))


def _defect(error: Exception) -> Response:
    log_failure(error, 500)
    return render(Problem(500, "internal-error", "Something went wrong on our side."))
