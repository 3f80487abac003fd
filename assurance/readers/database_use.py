"""Whether the containers of a service are told how to reach a database.

They are, when a value or a secret of theirs refers to one, directly or through a secret that holds
it. They are not, when nothing they get could be one. Else it is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assurance.model.unknown import is_unknown, unknown
from assurance.readers.database_parties import DATABASE_TYPES
from assurance.readers.state import Resource, State, tokens

_HOLDERS = ("aws_secretsmanager_secret_version", "aws_ssm_parameter")
_SPEAKS_OF_DATA = re.compile(
    r"(^|_)(DB|DATABASE|PG\w*|POSTGRES\w*|MYSQL|SQL\w*|JDBC|RDS|DSN)(_|$)", re.I
)
_RELATED = (*DATABASE_TYPES, "aws_db_subnet_group")


class DatabaseUse:
    """Follows references from containers to databases."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._secrets = frozenset(self._database_secrets())
        self._connecting = frozenset(
            holder.id
            for policy in state.of("aws_iam_role_policy")
            if "rds-db:connect" in _plain(policy.get("policy", ""))
            and (holder := policy.target("role", "aws_iam_role")) is not None
        )

    def of(self, containers: Any, service: Resource) -> bool:
        """Return whether these containers, as `service` refers to them, use a database."""
        if is_unknown(containers):
            return containers
        definition = service.target("task_definition", "aws_ecs_task_definition") or service
        found = [self._value(leaf, definition) for leaf in _leaves(containers)]
        if any(one is True for one in found) or self._may_connect(definition):
            return True
        doubts = [one for one in found if is_unknown(one)]
        doubts.extend(
            unknown(f"what secret {value} of {definition.id} holds is not written here")
            for value in _entries(containers, "valueFrom")
            if not tokens(value)
        )
        if doubts:
            return doubts[0]
        spoken = [name for name in _entries(containers, "name") if _SPEAKS_OF_DATA.search(name)]
        if spoken:
            return unknown(f"{definition.id}: what {spoken[0]} leads to is not written here")
        return False

    def _may_connect(self, definition: Resource) -> bool:
        """Whether its task role may connect to a database by its own right."""
        role = definition.target("task_role_arn", "aws_iam_role")
        return role is not None and role.id in self._connecting

    def _value(self, leaf: Any, definition: Resource) -> Any:
        """Return True for a database, unknown for what could be one, False otherwise."""
        if is_unknown(leaf):
            return leaf
        doubt: Any = False
        for address, attribute in tokens(leaf):
            target = definition.resolve(f"${{{address}.{attribute}}}")
            if target is None:
                continue
            if target.type in _RELATED or target.id in self._secrets:
                return True
            if target.type in ("aws_secretsmanager_secret", *_HOLDERS) and not _has_text(target):
                doubt = unknown(f"whether {target.id} leads to a database is not written here")
        return doubt

    def _database_secrets(self) -> Iterator[str]:
        """Yield the ids of secrets and parameters whose content refers to a database."""
        for holder in self._state.of(*_HOLDERS):
            content = [holder.get(path, None) for path in ("secret_string", "value")]
            leaves = [leaf for part in content for leaf in _leaves(part)]
            targets = (
                holder.resolve(f"${{{address}.{attribute}}}")
                for leaf in leaves
                for address, attribute in tokens(leaf)
            )
            if any(target is not None and target.type in _RELATED for target in targets):
                yield holder.id
                secret = holder.target("secret_id", "aws_secretsmanager_secret")
                if secret is not None:
                    yield secret.id


def _has_text(target: Resource) -> bool:
    """Whether a parameter's content is written here, and was found to be no database."""
    return target.type == "aws_ssm_parameter" and isinstance(target.get("value", None), str)


def _leaves(value: Any) -> Iterator[Any]:
    if is_unknown(value):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            # The image and the log settings never say where a database is.
            if key not in ("image", "logConfiguration", "healthCheck"):
                yield from _leaves(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _leaves(item)
    elif isinstance(value, str):
        yield value


def _entries(containers: Any, key: str) -> Iterator[str]:
    """Yield one key of every setting and secret of the containers, where it is known."""
    for container in containers:
        if is_unknown(container) or not isinstance(container, dict):
            continue
        for path in ("environment", "secrets"):
            items = container.get(path)
            for item in () if is_unknown(items) or not items else items:
                value = item.get(key) if isinstance(item, dict) else None
                if isinstance(value, str):
                    yield value


def _plain(value: Any) -> str:
    return " ".join(str(leaf) for leaf in _leaves(value) if not is_unknown(leaf))
