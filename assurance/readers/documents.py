"""Policy documents → statements: the JSON language of IAM, wherever a resource carries it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from assurance.model.identities import Condition, Principal, Statement, Target
from assurance.model.unknown import is_unknown, unknown, why_unknown
from assurance.readers.state import IDENTIFYING, TOKEN, Resource, tokens

_ACCOUNT = re.compile(r"^\d{12}$")
_MASK = "\0"
_ARN_FIELDS = 6


def read_statements(document: Any, resource: Resource) -> tuple[Statement, ...]:
    """Return the statements of a document that a resource carries; unknown where it is unknown."""
    found = _decoded(document)
    if is_unknown(found):
        return unknown(f"the policy of {resource.id}: {why_unknown(found)}")
    if not isinstance(found, dict):
        return unknown(f"the policy of {resource.id} is not a JSON document: {str(document)[:80]}")
    statements = found.get("Statement", ())
    if is_unknown(statements):
        return unknown(f"the statements of {resource.id}: {why_unknown(statements)}")
    listed = statements if isinstance(statements, list | tuple) else (statements,)
    return tuple(
        _statement(item, number, resource)
        if isinstance(item, dict)
        else unknown(f"statement {number} of {resource.id}: {_doubt(item)}")
        for number, item in enumerate(listed, start=1)
    )


def _decoded(document: Any) -> Any:
    if not isinstance(document, str):
        return document
    try:
        return json.loads(document)
    except ValueError:
        return document


def _statement(item: Mapping[str, Any], number: int, resource: Resource) -> Statement:
    effect = item.get("Effect", "")
    sid = item.get("Sid")
    return Statement(
        label=str(sid) if isinstance(sid, str) and sid else f"statement {number}",
        allows=effect if is_unknown(effect) else str(effect).lower() == "allow",
        actions=_listed(item, "Action"),
        other_actions=_listed(item, "NotAction"),
        resources=_targets(item, "Resource", resource),
        other_resources=_targets(item, "NotResource", resource),
        principals=_principals(item.get("Principal", {})),
        other_principals="NotPrincipal" in item,
        conditions=_conditions(item.get("Condition"), resource),
    )


def _doubt(found: Any) -> str:
    """Say why a part of a document cannot be read."""
    return why_unknown(found) if is_unknown(found) else "it is not written as IAM wants it"


def _listed(item: Mapping[str, Any], name: str) -> Any:
    found = item.get(name)
    if is_unknown(found) or found is None:
        return () if found is None else found
    return tuple(_text(part) for part in (found if isinstance(found, list | tuple) else (found,)))


def _text(part: Any) -> Any:
    """Return a plain value as IAM compares it, as text."""
    if isinstance(part, bool):
        return str(part).lower()
    if isinstance(part, str | int | float):
        return str(part)
    return part if is_unknown(part) else unknown(_doubt(part))


def _targets(item: Mapping[str, Any], name: str, resource: Resource) -> Any:
    found = _listed(item, name)
    if is_unknown(found):
        return found
    return tuple(text if is_unknown(text) else read_target(str(text), resource) for text in found)


def read_target(text: str, resource: Resource) -> Target:
    """Return what a Resource element names."""
    masked = TOKEN.sub(_MASK, text)
    fields = masked.split(":", _ARN_FIELDS - 1)
    is_arn = len(fields) == _ARN_FIELDS and fields[0] == "arn"
    path = fields[5] if is_arn else masked
    kind, _, name = path.replace(":", "/").partition("/")
    # In arn:…:${account}:role/x the references before the last field do not name the resource.
    skipped = masked[: len(masked) - len(path)].count(_MASK)
    named = tuple(
        resource.resolve(f"${{{address}.{attribute}}}") for address, attribute in tokens(text)
    )[skipped:]
    return Target(
        text=text,
        name=TOKEN.sub(lambda match: _name_of(match[0], resource), text),
        is_everything=not path.strip("*/:") and bool(path),
        is_whole_type=bool(_has_types(fields) and kind and name and not name.strip("*/")),
        refers=tuple(found.id for found in named if found is not None and found.is_managed),
        looked_up=tuple(found.id for found in named if found is not None and not found.is_managed),
    )


def _has_types(fields: list[str]) -> bool:
    """Whether an ARN names its resource by type and name; S3's names a bucket and a key."""
    return len(fields) == _ARN_FIELDS and fields[0] == "arn" and fields[2] != "s3"


def _name_of(token: str, resource: Resource) -> str:
    """Return the literal by which the referred thing is called, or the reference as it is."""
    found = resource.resolve(token)
    for attribute in IDENTIFYING if found is not None else ():
        name = found.get(attribute) if found is not None else ""
        if isinstance(name, str) and name and not tokens(name):
            return name
    return token


def _conditions(found: Any, resource: Resource) -> Any:
    if not isinstance(found, dict):
        doubt = unknown(f"a condition of {resource.id}: {_doubt(found)}")
        return () if found is None else doubt
    made: list[Any] = []
    for operator, keys in found.items():
        if isinstance(keys, dict):
            made += [_condition(str(operator), str(key), keys[key], resource) for key in keys]
        else:
            made.append(unknown(f"a condition of {resource.id}: {_doubt(keys)}"))
    return tuple(made)


def _condition(operator: str, key: str, values: Any, resource: Resource) -> Condition:
    listed = _listed({"values": values}, "values")
    named = [
        resource.resolve(f"${{{address}.{attribute}}}")
        for value in (() if is_unknown(listed) else listed)
        for address, attribute in tokens(value)
    ]
    return Condition(
        operator=operator,
        key=key,
        values=listed,
        refers=tuple(found.id for found in named if found is not None and found.is_managed),
    )


def _principals(found: Any) -> Any:
    if is_unknown(found):
        return found
    kinds = found if isinstance(found, dict) else {"AWS": found}
    made: list[Any] = []
    for kind in kinds:
        names = _listed(kinds, kind)
        made += [
            name if is_unknown(name) else _principal(str(kind), name)
            for name in ((names,) if is_unknown(names) else names)
        ]
    return tuple(made)


def _principal(kind: str, name: str) -> Principal:
    return Principal(
        kind=kind,
        name=name,
        account=_account(name) if kind == "AWS" and name != "*" else "",
        is_identity=_is_identity(name),
    )


def _account(name: str) -> Any:
    """Return whose account a principal lives in, as far as the configuration tells."""
    named = tokens(name)
    for address, attribute in named:
        if ".aws_caller_identity." in f".{address}" and attribute in ("account_id", "arn", "id"):
            return "own"
        if "_service_account." in address:
            return "other"
    if TOKEN.fullmatch(name):
        return "own"
    account = name if _ACCOUNT.match(name) else (name.split(":") + [""] * 5)[4]
    return unknown(f"nothing tells whether account {account or name} is the system's own")


def _is_identity(name: str) -> bool:
    if TOKEN.fullmatch(name):
        return not name.endswith((".account_id}", "aws_caller_identity.current.id}"))
    return ":role/" in name or ":user/" in name or ":assumed-role/" in name
