"""The operations that an OpenAPI document describes, and input that they accept."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

METHODS = ("get", "put", "post", "delete", "patch", "head", "options")
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation.

    Attributes:
        method: In capitals.
        template: Of its path below the base URL, such as `/v1/orders/{id}`.
        roles: What its security requirements name beside schemes: OpenAPI 3.1 has roles there.
        protected: Whether every way to call it needs a token.
        parameters: Path and query parameters with their schemas.
        body: Schema of its JSON body; None where it takes none.
        example: Of its body; None where the document names none.
        answers: The statuses that it announces.
    """

    method: str
    template: str
    roles: frozenset[str]
    protected: bool
    parameters: tuple[Json, ...]
    body: Json | None
    example: Any
    answers: frozenset[str]

    @property
    def name(self) -> str:
        """Method and template."""
        return f"{self.method} {self.template}"

    @property
    def creates(self) -> bool:
        """Whether it makes something new."""
        return self.method == "POST" and "201" in self.answers


class Description:
    """An OpenAPI document, for whoever wants to call what it describes."""

    def __init__(
        self,
        document: Json,
        bodies: Mapping[str, Json],
        parameters: Mapping[str, Json] | None = None,
    ) -> None:
        self._document = document
        self._bodies = bodies
        self._parameters = parameters or {}
        servers = document.get("servers") or [{}]
        self.root = urlsplit(str(servers[0].get("url", "/"))).path.rstrip("/")
        self.operations = tuple(self._operations())

    @property
    def roles(self) -> frozenset[str]:
        """Every role that an operation names."""
        return frozenset(role for each in self.operations for role in each.roles)

    @property
    def prefix(self) -> str:
        """The path above all operations, without a slash at its end."""
        parts = [each.template.split("/") for each in self.operations]
        common = []
        for words in zip(*parts, strict=False):
            if len(set(words)) > 1 or "{" in words[0]:
                break
            common.append(words[0])
        if any(each.template == "/".join(common) for each in self.operations):
            common.pop()
        return "/".join(common)

    def _operations(self) -> Iterator[Operation]:
        for path, item in self._document.get("paths", {}).items():
            for method in METHODS:
                if method in item:
                    yield self._operation(self.root + path, method, item)

    def _operation(self, template: str, method: str, item: Json) -> Operation:
        told = item[method]
        ways = told.get("security", self._document.get("security", ()))
        content = self.resolved(told.get("requestBody", {})).get("content", {})
        media = next((each for name, each in content.items() if "json" in name), None)
        parameters = (*item.get("parameters", ()), *told.get("parameters", ()))
        return Operation(
            method=method.upper(),
            template=template,
            roles=frozenset(role for way in ways for roles in way.values() for role in roles),
            protected=bool(ways) and all(ways),
            parameters=tuple(self.resolved(each) for each in parameters),
            body=None if media is None else media.get("schema", {}),
            example=None if media is None else self._example(media),
            answers=frozenset(str(status) for status in told.get("responses", {})),
        )

    def resolved(self, part: Json) -> Json:
        """Return what a part refers to, within the document."""
        while "$ref" in part:
            found: Any = self._document
            for step in part["$ref"].removeprefix("#/").split("/"):
                found = found[step.replace("~1", "/").replace("~0", "~")]
            part = found
        return part

    def path(self, operation: Operation, values: Mapping[str, object] | None = None) -> str:
        """Return a path of an operation; what is not given is of the right form, and not there."""
        found = operation.template
        for each in operation.parameters:
            if each.get("in") == "path":
                given = (values or {}).get(each["name"], self.sample(each.get("schema", {})))
                found = found.replace("{" + each["name"] + "}", quote(str(given), safe=""))
        return found

    def target(self, operation: Operation, values: Mapping[str, object]) -> str:
        """Return a path with the query that an operation needs; what the user gave for it wins.

        What the document shows as an example may be somebody's: it is good for reading only.
        """
        shown = operation.parameters if operation.method == "GET" else ()
        examples = {each["name"]: self.value(each) for each in shown if each.get("in") == "path"}
        wanted = {**examples, **values, **self._parameters.get(operation.name, {})}
        query = {
            each["name"]: wanted.get(each["name"], self.value(each))
            for each in operation.parameters
            if each.get("in") == "query" and (each.get("required") or each["name"] in wanted)
        }
        path = self.path(operation, wanted)
        return f"{path}?{urlencode(query, doseq=True)}" if query else path

    def value(self, parameter: Json) -> Any:
        """Return a value that a parameter accepts: its example, or one of its schema."""
        example = self._example(parameter)
        return self.sample(parameter.get("schema", {})) if example is None else example

    def _example(self, part: Json) -> Any:
        """Return what a parameter or a body names as an example of itself; None where nothing."""
        named = (self.resolved(each) for each in part.get("examples", {}).values())
        return part.get("example", next((each.get("value") for each in named), None))

    def body_for(self, operation: Operation) -> Any:
        """Return a body that an operation accepts; None where it takes none."""
        if operation.body is None:
            return None
        given = self._bodies.get(operation.name) or operation.example
        return self.sample(operation.body) if given is None else given

    def sample(self, schema: Json) -> Any:
        """Return a value that a schema accepts: its example, or the smallest one."""
        schema = self.resolved(schema)
        for name in ("const", "example", "default"):
            if name in schema:
                return schema[name]
        for name in ("examples", "enum"):
            if schema.get(name):
                return schema[name][0]
        for name in ("anyOf", "oneOf", "allOf"):
            if name in schema:
                return self.sample(schema[name][0])
        kind = schema.get("type", "string")
        return _SAMPLES[kind if isinstance(kind, str) else kind[0]](self, schema)

    def object_(self, schema: Json) -> dict[str, Any]:
        """Return an object with what it must have; where that is nothing, with all it may have."""
        properties = schema.get("properties", {})
        names = schema.get("required") or properties
        return {name: self.sample(properties.get(name, {})) for name in names}

    def array(self, schema: Json) -> list[Any]:
        """Return an array as short as it may be."""
        return [self.sample(schema.get("items", {})) for _ in range(schema.get("minItems", 0))]


def _text(_: Description, schema: Json) -> str:
    if schema.get("format") == "uuid":
        return str(uuid.uuid4())
    if schema.get("format") == "date-time":
        return "2026-01-01T00:00:00Z"
    least, most = schema.get("minLength", 0), schema.get("maxLength", 10_000)
    unique = f"assurance-{uuid.uuid4().hex[:12]}"
    wanted = (
        unique + "-a" * least,
        unique,
        unique.replace("-", ""),
        "assurance",
        "a" * max(1, least),
    )
    fitting = (text for text in wanted if least <= len(text) <= most)
    return next((text for text in fitting if re.search(schema.get("pattern", ""), text)), unique)


def _number(_: Description, schema: Json) -> int:
    return int(schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1))


_SAMPLES = {
    "object": Description.object_,
    "array": Description.array,
    "string": _text,
    "integer": _number,
    "number": _number,
    "boolean": lambda *_: False,
    "null": lambda *_: None,
}
