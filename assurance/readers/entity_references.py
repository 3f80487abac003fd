"""Finds every reference that a definition of Harness makes, wherever it is nested.

References are known by the keys that Harness gives them, by `<+secrets.getValue(…)>` in any text,
and by variables of type Secret, whose value is the identifier of a secret.
https://developer.harness.io/docs/platform/variables-and-expressions/harness-variables
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assurance.model.records import record
from assurance.model.unknown import Unknown, is_unknown, why_unknown
from assurance.readers.embedded_yaml import decoded_yaml
from assurance.readers.nesting import Containers, containers_in, escaped
from assurance.readers.state import Resource

SECRET = re.compile(r"secrets\.getValue\(\s*[\"']([\w.-]+)[\"']\s*\)")
"""The use of a secret in an expression; group 1 is its identifier."""

_KEYS = {
    "connectorRef": "connector",
    "harnessImageConnectorRef": "connector",
    "baseImageConnectorRefs": "connector",
    "secretManagerIdentifier": "connector",
    "templateRef": "template",
    "serviceRef": "service",
    "environmentRef": "environment",
    "pipelineIdentifier": "pipeline",
    "inputSetRefs": "input set",
    "inputSetReferences": "input set",
    "encryptedWebhookSecretIdentifier": "secret",
}
_SECRET_KEYS = re.compile(
    r"^\w*(token|password|passphrase|privatekey|accesskey|secretkey|username|sshkey|apikey|key"
    r"|installationid|applicationid|clientid|certificate)ref$",
    re.IGNORECASE,
)


@record()
class Written:
    """A reference as a definition writes it.

    Attributes:
        kind: Of what it names, as `Entities` calls it; `file` for a file of the repository.
        text: The reference; may hold an expression.
        pointer: Where it stands, as a JSON pointer.
        version: The version label that a reference to a template names; empty for the stable one.
        hidden: Why what stands here cannot be read, so that it may hold any reference; else empty.
    """

    kind: str
    text: str
    pointer: str
    version: str = ""
    hidden: str = ""

    @property
    def is_expression(self) -> bool:
        """Whether it is known only when the pipeline runs."""
        return "<+" in self.text


def references_of(resource: Resource) -> tuple[Written, ...]:
    """Return the references of a definition, in the order in which they stand."""
    return (*_own(resource), *_written(resource.containers, resource.type))


def _own(resource: Resource) -> Iterator[Written]:
    """Yield what only the kind of the definition tells."""
    values = resource.values
    if resource.type == "harness_input_set":
        yield from _plain(values, "pipeline", "/pipeline/identifier")
    if resource.type == "harness_trigger":
        inputs = decoded_yaml(values.get("inputYaml"))
        yield from _in_value(inputs, "", "inputYaml")
        yield from _written(containers_in(inputs, "/inputYaml"), resource.type)


def _plain(values: Mapping[str, Any], kind: str, pointer: str) -> Iterator[Written]:
    found: Any = values
    for name in pointer.split("/")[1:]:
        found = found.get(name) if isinstance(found, dict) else None
    if isinstance(found, str) and found:
        yield Written(kind, found, pointer)


def _written(containers: Containers, type_: str) -> Iterator[Written]:
    """Yield the references that mappings and lists make."""
    for pointer, container in containers:
        items: Iterable[tuple[Any, Any]] = ()
        if type(container) is dict:
            if type_ == "harness_connector" or not _TELLING.isdisjoint(container):
                yield from _of_mapping(container, pointer, type_)
                yield from _of_keys(container, pointer, type_)
            items = container.items()
        else:
            items = enumerate(container)
        for key, item in items:
            holds = "secrets" in item if type(item) is str else type(item) is Unknown
            if holds and key != "inputYaml":
                yield from _in_value(item, pointer, key)


def _of_keys(value: Mapping[str, Any], pointer: str, type_: str) -> Iterator[Written]:
    """Yield the references that single keys make."""
    kind_of = _kind_in_connector if type_ == "harness_connector" else _KEYS.get
    for key, item in value.items():
        if kind := kind_of(key):
            yield from _of_key(kind, item, f"{pointer}/{escaped(key)}", value)


def _in_value(item: Any, pointer: str, key: str | int) -> Iterator[Written]:
    """Yield the secrets that a text uses; of what cannot be read, that it may refer to anything."""
    place = f"{pointer}/{escaped(str(key))}"
    if isinstance(item, str):
        yield from (Written("secret", used[1], place) for used in SECRET.finditer(item))
    elif is_unknown(item):
        yield Written("part", "", place, hidden=why_unknown(item))


_STORES = ("store", "taskDefinition", "runTaskRequestDefinition", "jobManifest", "source")
"""Where a definition says from which files something is taken: a manifest, the task that a step
runs, a script."""

_STORED = frozenset(_STORES)
_TOGETHER = frozenset({"type", "environmentRef", "key", *_STORES})
"""Keys of which one is in every mapping that refers by several keys together."""

_TELLING = _TOGETHER.union(_KEYS)


def _kind_in_connector(key: str) -> str | None:
    return _KEYS.get(key) or ("secret" if _SECRET_KEYS.match(key) else None)


def _of_key(kind: str, item: Any, pointer: str, holder: Mapping[str, Any]) -> Iterator[Written]:
    version = str(holder.get("versionLabel") or "") if kind == "template" else ""
    items = enumerate(item) if isinstance(item, list) else (("", item),)
    for index, text in items:
        place = pointer if index == "" else f"{pointer}/{index}"
        if isinstance(text, str) and text and not SECRET.search(text):
            yield Written(kind, text, place, version)


def _of_mapping(value: Mapping[str, Any], pointer: str, definition: str) -> Iterator[Written]:
    """Yield the references that several keys together make."""
    type_ = value.get("type")
    if type_ == "Secret" and "name" in value:
        yield from _text("secret", value.get("value"), f"{pointer}/value")
    if type_ == "Pipeline" and isinstance(spec := value.get("spec"), dict) and "pipeline" in spec:
        yield from _text("pipeline", spec.get("pipeline"), f"{pointer}/spec/pipeline")
    if "environmentRef" in value:
        yield from _infrastructures(value, pointer)
    if definition == "harness_trigger" and value.get("key") == "sourcePipeline":
        yield from _text("pipeline", value.get("value"), f"{pointer}/value")
    if not _STORED.isdisjoint(value):
        for name in _STORES:
            if isinstance(store := value.get(name), dict):
                yield from _files(store, f"{pointer}/{name}")


def _text(kind: str, text: Any, pointer: str) -> Iterator[Written]:
    if isinstance(text, str) and text and not SECRET.search(text):
        yield Written(kind, text, pointer)


def _infrastructures(value: Mapping[str, Any], pointer: str) -> Iterator[Written]:
    listed = value.get("infrastructureDefinitions")
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(item, dict):
            place = f"{pointer}/infrastructureDefinitions/{index}/identifier"
            yield from _text("infrastructure", item.get("identifier"), place)


def _files(store: Mapping[str, Any], pointer: str) -> Iterator[Written]:
    """Yield the files that are taken from a store."""
    spec = store.get("spec")
    if not isinstance(spec, dict):
        return
    yield from _text("file", spec.get("file"), f"{pointer}/spec/file")
    for key in ("files", "paths"):
        listed = spec.get(key)
        for index, item in enumerate(listed if isinstance(listed, list) else ()):
            yield from _text("file", item, f"{pointer}/spec/{key}/{index}")
