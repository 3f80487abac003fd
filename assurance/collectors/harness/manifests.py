"""The ECS manifests that services and steps refer to, found in the same repository.

A definition names its manifests by paths from the root of a repository or of the file store; they
are looked for under the system, the directories of definitions, and the folders above the
definition's own file. What is not found may be in another repository: nothing is said of it here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assurance.collectors.harness.request import HarnessRequest
from assurance.collectors.harness.yaml_documents import Document
from assurance.collectors.harness.yaml_text import read_documents

TYPE = "harness_manifest"
SERVICE = "harness_service"
_WITH_STEPS = ("harness_pipeline", "harness_template")
_STEP_KEYS = {
    "taskDefinition": "EcsTaskDefinition",
    "runTaskRequestDefinition": "EcsRunTaskRequestDefinition",
}
"""What the step EcsRunTask takes from files, and what stands in them."""
_ENDS = tuple(f"/{key}" for key in _STEP_KEYS)

_TYPES = re.compile(r"Ecs\w+")
_SUFFIX = re.compile(r"\.(?:json|ya?ml)\b", re.IGNORECASE)
_WITH_SPACES = re.compile(r"[\"'\[\],{}:]")
_WITHOUT_SPACES = re.compile(r"[\s\"'\[\],{}:]")
_SCHEMES = ("account:", "org:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A manifest as a service, or a step that runs a task, names it.

    Attributes:
        holder: The record of the service, pipeline or template.
        pointer: Where in it the file, or the content, is written.
        identifier: The manifest's own.
        type: `EcsTaskDefinition` and so on.
        path: The path that is written; empty where the content is.
        content: The content where it stands in the service itself.
    """

    holder: Mapping[str, Any]
    pointer: str
    identifier: str
    type: str
    path: str = ""
    content: str = ""


def references(holder: Mapping[str, Any]) -> Iterator[Reference]:
    """Yield the ECS manifests that a definition names; what is an expression names nothing yet."""
    if holder["type"] == SERVICE:
        yield from _of_service(holder)
    elif holder["type"] in _WITH_STEPS:
        yield from _of_steps(holder)


def _of_service(service: Mapping[str, Any]) -> Iterator[Reference]:
    pointer = "/serviceDefinition/spec/manifests"
    listed = _at(service["values"], pointer)
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        manifest = item.get("manifest") if isinstance(item, dict) else None
        if isinstance(manifest, dict) and _TYPES.fullmatch(str(manifest.get("type"))):
            label = (str(manifest.get("identifier") or ""), str(manifest["type"]))
            place = f"{pointer}/{index}/manifest/spec/store"
            yield from _in_store(service, place, *label)


def _of_steps(holder: Mapping[str, Any]) -> Iterator[Reference]:
    """Yield what steps that run a task give to ECS."""
    for pointer in holder["lines"]:
        if pointer.endswith(_ENDS):
            key = pointer.rpartition("/")[2]
            step = _at(holder["values"], pointer.removesuffix(f"/spec/{key}"))
            identifier = str(step.get("identifier") or "") if isinstance(step, dict) else ""
            yield from _in_store(holder, pointer, identifier, _STEP_KEYS[key])


def _in_store(
    holder: Mapping[str, Any], pointer: str, identifier: str, type_: str
) -> Iterator[Reference]:
    spec = _at(holder["values"], f"{pointer}/spec")
    for name, written, number in _written(spec if isinstance(spec, dict) else {}):
        yield Reference(
            holder=holder,
            pointer=f"{pointer}/spec/{name}{number}",
            identifier=identifier,
            type=type_,
            **{"content" if name == "content" else "path": written},
        )


def _written(store: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name in ("paths", "files"):
        found = store.get(name)
        for number, path in enumerate(found if isinstance(found, list) else ()):
            if isinstance(path, str) and "<+" not in path:
                yield name, path, f"/{number}"
    if isinstance(store.get("content"), str):
        yield "content", store["content"], ""


def _at(values: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(values, list) and name.isdecimal() and int(name) < len(values):
            values = values[int(name)]
        else:
            values = values.get(name) if isinstance(values, dict) else None
    return values


def file_of(path: str, holder: Path, request: HarnessRequest) -> Path | None:
    """Return the file that a path means when it is written in a file; None where there is none."""
    plain = path
    for scheme in _SCHEMES:
        plain = plain.removeprefix(scheme)
    for place in _places(holder, request):
        candidate = (place / plain.lstrip("/")).resolve()
        if candidate.is_relative_to(request.system) and candidate.is_file():
            return candidate
    return None


def _places(holder: Path, request: HarnessRequest) -> Iterator[Path]:
    yield request.system
    yield from request.directories
    for folder in holder.parents:
        if folder == request.system or not folder.is_relative_to(request.system):
            break
        yield folder


def mentioned(text: str, holder: Path, request: HarnessRequest) -> Iterator[Path]:
    """Yield every file that a text could name as a manifest."""
    for path in dict.fromkeys(_paths(text)):
        found = file_of(path, holder, request)
        if found is not None:
            yield found


def _paths(text: str) -> Iterator[str]:
    """Yield what may be a path, with and without the spaces in it."""
    for suffix in _SUFFIX.finditer(text):
        line = text[text.rfind("\n", 0, suffix.start()) + 1 : suffix.end()]
        yield _WITH_SPACES.split(line)[-1].strip(" -\t")
        yield _WITHOUT_SPACES.split(line)[-1]


def inline_documents(reference: Reference) -> tuple[Document, ...]:
    """Return the documents that a definition holds itself; every line is the one of the content."""
    documents = read_documents(reference.content)
    line = reference.holder["lines"].get(reference.pointer, reference.holder["line"])
    for document in documents:
        document.lines = dict.fromkeys(document.lines, line)
    return documents


def record(reference: Reference, document: Document, file: str) -> dict[str, Any]:
    """Return the record of a manifest."""
    holder = reference.holder
    of_service = holder["type"] == SERVICE
    return {
        "address": f"{TYPE}.{holder['name']}.{reference.identifier}",
        "mode": "managed",
        "type": TYPE,
        "name": reference.identifier,
        "module": "",
        "provider": "harness",
        "existence": "known",
        "values": document.values,
        "lines": document.lines,
        "manifest_type": reference.type,
        "service": holder["address"] if of_service else "",
        "service_identifier": holder["name"] if of_service else "",
        "referrer": holder["address"],
        "reference": reference.pointer,
        "scope": holder["scope"],
        "file": file,
        "line": document.lines.get("", document.line),
    }
