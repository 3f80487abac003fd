"""One declaration of an operation that both enforces and documents it.

The document is true because it is made from what the dispatcher checks: the same models validate
and describe, the same roles refuse and are described. The ready-made libraries were tried and left:
they accept more than they describe (a JSON text inside a JSON string, undecodable JSON taken as an
empty object) or derive the schema again at each request.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import Flask, Response, request
from pydantic import BaseModel, ValidationError

from workshop import tokens
from workshop.problems import Problem, invalid
from workshop.services import Services, services
from workshop.tokens import Caller, Role

JSON = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an operation answers: a status, a body of a declared shape, headers."""

    body: BaseModel | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who may call: anyone, or whoever has a valid token and one of the roles."""

    roles: frozenset[Role] = frozenset()
    anonymous: bool = False

    def admit(self, caller: Caller | None) -> None:
        """Refuse whoever may not call."""
        if self.anonymous:
            return
        if caller is None:
            raise tokens.missing()
        if not caller.has(*self.roles):
            names = " or ".join(sorted(self.roles))
            raise Problem(403, "forbidden", f"This operation needs the role {names}.")


ANYONE = Access(anonymous=True)


def only(*roles: Role) -> Access:
    """Whoever has one of the roles."""
    return Access(roles=frozenset(roles))


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """An operation of the API.

    Attributes:
        answers: shape of the body for each good status; None for no body.
        problems: refusals that follow from the operation's own rules, with their meaning.
        request_headers: headers that the operation reads, with their meaning.
        response_headers: headers of the good answers, with their meaning.
    """

    method: str
    path: str
    handler: Callable[..., Answer]
    access: Access
    answers: Mapping[int, type[BaseModel] | None]
    problems: Mapping[int, str]
    path_model: type[BaseModel] | None
    query_model: type[BaseModel] | None
    body_model: type[BaseModel] | None
    request_headers: Mapping[str, str]
    response_headers: Mapping[str, str]

    @property
    def name(self) -> str:
        """Identifier of the operation."""
        return self.handler.__name__

    def dispatch(self, **path: str) -> Response:
        """Admit, validate, carry out, serialize."""
        parts = services()
        caller = identify(parts)
        self.access.admit(caller)
        answer = self.handler(parts, caller, **self._inputs(path))
        headers = dict(answer.headers)
        if answer.body is None:
            return Response(None, answer.status, headers)
        content = answer.body.model_dump_json()
        return Response(content, answer.status, headers, mimetype=JSON)

    def _inputs(self, path: dict[str, str]) -> dict[str, BaseModel]:
        inputs: dict[str, BaseModel] = {}
        if self.path_model:
            inputs["path"] = _validate("path", self.path_model, path)
        inputs |= self._query()
        if self.body_model:
            inputs["body"] = _read_body(self.body_model)
        return inputs

    def _query(self) -> dict[str, BaseModel]:
        given = request.args.to_dict(flat=False)
        repeated = next((name for name, values in given.items() if len(values) > 1), None)
        if repeated is not None:
            raise Problem(422, "invalid-input", "A query parameter is given more than once.")
        if self.query_model is None:
            return {}
        flat = {name: values[0] for name, values in given.items()}
        return {"query": _validate("query", self.query_model, flat)}


def operation(
    method: str,
    path: str,
    *,
    access: Access,
    answers: Mapping[int, type[BaseModel] | None],
    problems: Mapping[int, str] | None = None,
    path_model: type[BaseModel] | None = None,
    query_model: type[BaseModel] | None = None,
    body_model: type[BaseModel] | None = None,
    request_headers: Mapping[str, str] | None = None,
    response_headers: Mapping[str, str] | None = None,
) -> Callable[[Callable[..., Answer]], Operation]:
    """Declare an operation; the function's docstring describes it."""

    def declare(handler: Callable[..., Answer]) -> Operation:
        return Operation(
            method=method,
            path=path,
            handler=handler,
            access=access,
            answers=answers,
            problems=problems or {},
            path_model=path_model,
            query_model=query_model,
            body_model=body_model,
            request_headers=request_headers or {},
            response_headers=response_headers or {},
        )

    return declare


def register(app: Flask, operations: tuple[Operation, ...]) -> None:
    """Make the operations reachable."""
    for one in operations:
        rule = one.path.replace("{", "<").replace("}", ">")
        app.add_url_rule(
            rule,
            one.name,
            one.dispatch,
            methods=[one.method],
            provide_automatic_options=False,
        )


def identify(parts: Services) -> Caller | None:
    """Whoever sent the request, once the address is found within its rate."""
    return parts.verifier.identify(request.headers.get("Authorization"))


def _validate(part: str, model: type[BaseModel], given: object) -> BaseModel:
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise invalid(part, error) from error


def _read_body(model: type[BaseModel]) -> BaseModel:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype != JSON or charset not in {"utf-8", "utf8"}:
        raise Problem(415, "unsupported-media-type", f"The body must be {JSON} in UTF-8.")
    content = request.get_data(cache=False)
    most = request.max_content_length or 0
    if request.content_length is None and len(content) >= most:
        # Sent in chunks, it is cut off at the limit without a word.
        raise Problem(413, "content-too-large", "The body is too large.")
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        raise invalid("body", error) from error
