"""The OpenAPI document, made from the declarations of the operations."""

import json
import re
import sys
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from inspect import getdoc
from typing import Any, Literal, cast

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from workshop import __version__
from workshop.operations import JSON, Access, Operation
from workshop.problems import MEDIA_TYPE, ProblemDocument

REF = "#/components/schemas/{model}"
EVERYWHERE = {
    429: "This address calls more often than it may.",
    500: "Something went wrong on the side of the service.",
    503: "Something that the service depends on is away.",
}
TRACE_HEADERS = {
    "traceresponse": "W3C trace context of this answer",
    "X-Trace-Id": "Trace id, to be quoted in a complaint",
}
NO_ACCEPTED_ROLE = "The token has none of the roles that may call this operation."

Json = dict[str, Any]


def build(operations: tuple[Operation, ...]) -> Json:
    """The document of these operations."""
    schemas, definitions = _schemas(operations)
    paths: dict[str, Json] = {}
    for one in operations:
        described = _operation(one, schemas, definitions)
        paths.setdefault(one.path, {})[one.method.lower()] = described
    scheme = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Workshop",
            "version": __version__,
            "description": "A catalogue of learning modules, with enrolments and progress.",
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": definitions, "securitySchemes": {"bearer": scheme}},
    }


Schemas = Mapping[tuple[type[BaseModel], JsonSchemaMode], Json]


def _schemas(operations: tuple[Operation, ...]) -> tuple[Schemas, dict[str, Json]]:
    wanted: dict[tuple[type[BaseModel], JsonSchemaMode], None] = {}
    for one in operations:
        for model in (one.path_model, one.query_model, one.body_model):
            _want(wanted, model, "validation")
        for model in one.answers.values():
            _want(wanted, model, "serialization")
    _want(wanted, ProblemDocument, "serialization")
    by_model, document = models_json_schema(list(wanted), ref_template=REF)
    return cast("Schemas", by_model), document["$defs"]


def _want(
    wanted: dict[tuple[type[BaseModel], JsonSchemaMode], None],
    model: type[BaseModel] | None,
    mode: Literal["validation", "serialization"],
) -> None:
    if model is not None:
        wanted[model, mode] = None


def _operation(one: Operation, schemas: Schemas, definitions: dict[str, Json]) -> Json:
    summary, _, description = (getdoc(one.handler) or "").partition("\n")
    described: Json = {
        "operationId": one.name,
        "summary": summary.rstrip("."),
        "tags": [one.handler.__module__.rpartition(".")[2]],
        "parameters": list(_parameters(one, schemas, definitions)),
        "responses": _responses(one, schemas),
        "security": list(_security(one.access)),
    }
    if description.strip():
        described["description"] = description.strip()
    if one.body_model:
        schema = schemas[one.body_model, "validation"]
        described["requestBody"] = {"required": True, "content": {JSON: {"schema": schema}}}
    return described


def _security(access: Access) -> Iterable[Json]:
    """Who may call: anybody, or a token with one of the roles, which OpenAPI 3.1 can name."""
    if access.anonymous:
        return ({}, {"bearer": []})
    return ({"bearer": [role.value]} for role in sorted(access.roles))


def _parameters(one: Operation, schemas: Schemas, definitions: dict[str, Json]) -> Iterable[Json]:
    for place, model in (("path", one.path_model), ("query", one.query_model)):
        if model is None:
            continue
        object_name = schemas[model, "validation"]["$ref"].rpartition("/")[2]
        members = definitions[object_name]
        for name, schema in members["properties"].items():
            required = place == "path" or name in members.get("required", ())
            yield {"name": name, "in": place, "required": required, "schema": _plain(schema)}
    for name, meaning in one.request_headers.items():
        yield {
            "name": name,
            "in": "header",
            "required": False,
            "description": meaning,
            "schema": {"type": "string"},
        }


def _plain(schema: Json) -> Json:
    """A parameter's schema without null, which an address cannot express."""
    options = [option for option in schema.get("anyOf", ()) if option.get("type") != "null"]
    if len(options) != 1:
        return schema
    rest = {key: value for key, value in schema.items() if key not in {"anyOf", "default"}}
    return {**options[0], **rest}


def _responses(one: Operation, schemas: Schemas) -> Json:
    responses: Json = {}
    for status, model in one.answers.items():
        answer: Json = {
            "description": HTTPStatus(status).phrase,
            "headers": _headers({**TRACE_HEADERS, **one.response_headers}),
        }
        if model:
            answer["content"] = {JSON: {"schema": schemas[model, "serialization"]}}
        responses[str(status)] = answer
    schema = schemas[ProblemDocument, "serialization"]
    for status, meaning in sorted(_problems(one).items()):
        responses[str(status)] = {
            "description": meaning,
            "headers": _headers(TRACE_HEADERS),
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
    return responses


def _problems(one: Operation) -> dict[int, str]:
    """Every refusal that the dispatcher or the operation can give."""
    problems = {**EVERYWHERE, 401: "The token is missing or not valid.", **one.problems}
    problems[422] = "Parts of the request are not valid."
    if not one.access.anonymous:
        problems.setdefault(403, NO_ACCEPTED_ROLE)
    if one.body_model:
        problems[400] = "The body is not a JSON document."
        problems[413] = "The body is too large."
        problems[415] = "The body is not declared as JSON."
    return problems


def _headers(meanings: Mapping[str, str]) -> Json:
    return {
        name: {"description": re.sub(r"\s+", " ", meaning), "schema": {"type": "string"}}
        for name, meaning in meanings.items()
    }


def main() -> None:
    """Print the document, as the snapshot keeps it."""
    from workshop.api import OPERATIONS  # noqa: PLC0415 - only the command needs them

    sys.stdout.write(json.dumps(build(OPERATIONS), indent=2) + "\n")


if __name__ == "__main__":
    main()
