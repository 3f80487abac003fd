"""Reads the tags of every resource of AWS from evaluated Terraform.

Which types can be tagged is what the provider's own schema says, kept in `taggable_types.json`
(hashicorp/aws 5.100.0); a type that this version does not know is unknown.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assurance.model.tags import Tagged, TaskTags
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.kinds import Kind
from assurance.readers.state import Resource, State

_PREFIX = "aws_"
_WITH_BLOCKS = "aws_autoscaling_group"


def read_tags(state: State) -> tuple[Tagged, ...]:
    """Return every managed resource of AWS with the keys of its tags."""
    return tuple(
        Tagged(
            subject=resource.subject(),
            type=resource.type,
            can_be_tagged=_can_be_tagged(resource),
            tags=_tags(resource),
        )
        for resource in state.resources
        if resource.is_managed and resource.type.startswith(_PREFIX)
    )


def read_task_tags(state: State) -> tuple[TaskTags, ...]:
    """Return what the tasks of every service are tagged with; unset, with nothing.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
    """
    return tuple(
        TaskTags(subject=found.subject(), source=found.get("propagate_tags", "NONE"))
        for found in state.of("aws_ecs_service")
    )


def _can_be_tagged(resource: Resource) -> bool:
    known = _types()
    if resource.type in known["taggable"] or resource.is_set("tags"):
        return True
    if resource.type in known["untaggable"]:
        return False
    return unknown(f"whether AWS offers tags for {resource.type} is not known here")


@lru_cache(maxsize=1)
def _types() -> Mapping[str, frozenset[str]]:
    text = files("assurance.readers").joinpath("taggable_types.json").read_text(encoding="utf-8")
    found = json.loads(text)
    return {name: frozenset(found[name]) for name in ("taggable", "untaggable")}


def _tags(resource: Resource) -> tuple[str, ...]:
    if resource.type == _WITH_BLOCKS:
        blocks = resource.blocks("tag")
        if is_unknown(blocks):
            return blocks
        return tuple(block if is_unknown(block) else block.get("key") for block in blocks)
    found = resource.get("tags", {})
    if is_unknown(found) or not isinstance(found, dict):
        return found if is_unknown(found) else ()
    # A tag whose value nobody knows is carried all the same.
    return tuple(str(key) for key, value in found.items() if _says(value))


def _says(value: Any) -> bool:
    return is_unknown(value) or value not in (None, "")


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="resource",
        plural="resources",
        population=lambda view: view.tags,
        made_of=("aws_*",),
    ),
    Kind(
        noun="service with tasks",
        plural="services with tasks",
        population=lambda view: view.task_tags,
        inventory=("aws_ecs_service",),
    ),
)
