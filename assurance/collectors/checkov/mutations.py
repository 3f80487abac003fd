"""Breaks the values of one resource in every simple way; pure.

A policy that none of these changes turns red on the system at hand is not proven to look at
anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

Path = tuple[str | int, ...]
Mutant = tuple[str, dict[str, Any]]

# What a careless hand adds, where leaving out or changing what is there cannot break anything.
ADDED: Mapping[str, Mapping[str, Any]] = {
    "aws_ecs_service": {"enable_execute_command": True, "launch_type": "EC2"},
    "aws_db_instance": {"password": "example", "publicly_accessible": True},
    "aws_secretsmanager_secret_version": {"secret_string": "example"},
    "aws_ssm_parameter": {"type": "SecureString", "value": "example"},
    "aws_cloudtrail": {"event_selector": [{"include_management_events": False}]},
    "aws_security_group": {
        "ingress": [
            {"from_port": 0, "to_port": 65535, "protocol": "-1", "cidr_blocks": ["0.0.0.0/0"]}
        ]
    },
    "aws_default_security_group": {
        "ingress": [
            {"from_port": 0, "to_port": 65535, "protocol": "-1", "cidr_blocks": ["0.0.0.0/0"]}
        ]
    },
    "aws_subnet": {"map_public_ip_on_launch": True},
}
CONTAINER: Mapping[str, Any] = {
    "privileged": True,
    "environment": [{"name": "PASSWORD", "value": "example"}],
}
SAMPLE = 2
_ANYONE = {"Principal": {"AWS": "*"}}
# Statements that nobody should write, in JSON and as blocks of a policy document.
STATEMENTS: tuple[Mapping[str, Any], ...] = (
    {"Effect": "Allow", "Action": "*", "Resource": "*"},
    {"Effect": "Allow", "Action": ["iam:PassRole", "iam:PutRolePolicy"], "Resource": "*"},
    {"Effect": "Allow", "Action": "s3:*", "Resource": "*", **_ANYONE},
    {"Effect": "Allow", "Action": "sts:AssumeRole", **_ANYONE},
)
BLOCKS: tuple[Mapping[str, Any], ...] = (
    {"effect": "Allow", "actions": ["*"], "resources": ["*"]},
    {
        "effect": "Allow",
        "actions": ["iam:PassRole", "iam:PutRolePolicy", "s3:GetObject"],
        "resources": ["*"],
    },
    {
        "effect": "Allow",
        "actions": ["s3:*"],
        "resources": ["*"],
        "principals": [{"type": "AWS", "identifiers": ["*"]}],
    },
)
# What says nothing about how a thing is built.
UNREAD = frozenset(("tags", "description", "name_prefix", "Sid", "Version"))
REPLACEMENTS: Mapping[type, tuple[Any, ...]] = {
    int: (1, 1_000_000),
    float: (1, 1_000_000),
    str: ("*",),
}


def mutants(kind: str, values: Mapping[str, Any], places: int) -> Iterator[Mutant]:
    """Yield what was done, in words, and the broken values.

    Args:
        kind: The type of the resource.
        values: What it sets.
        places: How many of its places are to be tried, outer ones first.
    """
    for path, value in islice(_places(values), places):
        name = ".".join(map(str, path))
        yield f"without {name}", changed(values, path, remove=True)
        for other in _others(value):
            yield f"{name} = {other!r}", changed(values, path, to=other)
    for name, value in ADDED.get(kind, {}).items():
        yield f"{name} = {value!r}", {**values, name: value}
    definitions = values.get("container_definitions")
    if isinstance(definitions, list) and definitions and isinstance(definitions[0], dict):
        for name, value in CONTAINER.items():
            first = {**definitions[0], name: value}
            broken = {**values, "container_definitions": [first, *definitions[1:]]}
            yield f"{name} = {value!r} in the first container", broken
    yield from _documents(kind, values)
    if kind == "aws_security_group_rule" or kind.startswith("aws_vpc_security_group_ingress"):
        yield "open to the internet", {**values, **_open(kind)}


def _documents(kind: str, values: Mapping[str, Any]) -> Iterator[Mutant]:
    for name, value in values.items():
        if isinstance(value, dict) and "Statement" in value:
            for statement in STATEMENTS:
                yield f"{name} = {statement}", {**values, name: {**value, "Statement": [statement]}}
    if kind == "aws_iam_policy_document":
        for block in BLOCKS:
            yield f"statement = {block}", {**values, "statement": [block]}


def _open(kind: str) -> dict[str, Any]:
    if kind == "aws_security_group_rule":
        return {"type": "ingress", "cidr_blocks": ["0.0.0.0/0"], "from_port": 0, "to_port": 65535}
    return {"cidr_ipv4": "0.0.0.0/0", "ip_protocol": "-1", "from_port": 0, "to_port": 65535}


def _places(values: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    """Every place at which something can be removed or changed, outer ones first."""
    level: list[tuple[Path, Any]] = [((), values)]
    while level:
        deeper: list[tuple[Path, Any]] = []
        for place, found in level:
            deeper += [((*place, key), found[key]) for key in _keys(found) if key not in UNREAD]
        yield from deeper
        level = [(place, found) for place, found in deeper if isinstance(found, dict | list)]


def _keys(found: Any) -> Any:
    """What to go into: of many alike the first ones stand for all, unless each has a name."""
    if isinstance(found, dict):
        return found
    named = all(isinstance(item, dict) and "name" in item for item in found)
    return range(len(found) if named else min(len(found), SAMPLE))


def _others(value: Any) -> tuple[Any, ...]:
    if isinstance(value, bool):
        return (not value,)
    return tuple(other for other in REPLACEMENTS.get(type(value), ()) if other != value)


def changed(values: Any, path: Path, *, to: Any = None, remove: bool = False) -> Any:
    """A copy that shares all that is not on the path."""
    key: Any = path[0]
    rest = path[1:]
    copy: Any = dict(values) if isinstance(values, dict) else list(values)
    if rest:
        copy[key] = changed(values[key], rest, to=to, remove=remove)
    elif remove:
        del copy[key]
    else:
        copy[key] = to
    return copy
