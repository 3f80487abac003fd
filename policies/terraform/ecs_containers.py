"""Reads `container_definitions`: JSON text in Terraform, a list once checkov evaluated it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from terraform_block import Block, Unresolved, is_expression, is_reference

Container = dict[str, object]


def containers(task: Block) -> list[Container]:
    """The task definition's containers; `Unresolved` where the definition is not readable here."""
    value = task.raw("container_definitions")
    if isinstance(value, str):
        value = _decoded(value)
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list) or not value:
        raise Unresolved(f"container_definitions is {value}")
    return [container for element in value for container in _flattened(element)]


def _decoded(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError as error:
        raise Unresolved(f"container_definitions is {text[:80]}") from error


def _flattened(element: object) -> Iterator[Container]:
    if isinstance(element, list):
        for inner in element:
            yield from _flattened(inner)
    elif isinstance(element, dict):
        yield element
    else:
        raise Unresolved(f"container_definitions holds {element}")


def called(container: Container) -> str:
    """The container's name for a message."""
    return f'container "{container.get("name", "?")}"'


def setting(container: Container, *path: str) -> object:
    """The value at that path, None when it or a part above it is not set."""
    value: object = container
    for key in path:
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if not isinstance(value, dict):
            return None
        value = value.get(key)
        if is_expression(value) or is_reference(value):
            raise Unresolved(f"{called(container)} has {'.'.join(path)} = {value}")
    return value


def violating(task: Block, problem: str, conforms: Callable[[Container], bool]) -> str | None:
    """The violation naming every container that does not conform, None when all do."""
    bad = [called(container) for container in containers(task) if not conforms(container)]
    return f"{', '.join(bad)} {problem}" if bad else None
