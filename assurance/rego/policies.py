"""Our own policies: written by hand, with the catalogue's limits and the system's facts put in."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assurance.model.requirements import Requirement
from assurance.rego.payloads import ROOTS

POLICIES = Path(__file__).parents[2] / "policies" / "rego"
_FILLED = re.compile(r"(?m)^(\w+) := .* # ([\w-]+)\.(\w+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One policy, as `policies/rego/policies.yaml` describes it.

    Attributes:
        id: Its identifier in Harness, and the name of its file.
        requirements: What it enforces a part of.
        fragments: Files whose text it needs.
        entities: What it judges: `pipeline`, `template`, `connector`.
        events: When Harness asks it: `onsave`, `onrun`.
        title: What it demands.
        unseen: What it cannot see of its requirements.
    """

    id: str
    requirements: tuple[str, ...]
    fragments: tuple[str, ...]
    entities: tuple[str, ...]
    events: tuple[str, ...]
    title: str
    unseen: tuple[str, ...]

    def name(self, entity: str) -> str:
        """Return its identifier for an entity: a policy is of one package."""
        return self.id if entity == self.entities[0] else f"{self.id}_{entity}"


def own_policies(directory: Path = POLICIES) -> tuple[Policy, ...]:
    """Return the policies in the order in which they are emitted."""
    document = yaml.safe_load((directory / "policies.yaml").read_text(encoding="utf-8"))
    return tuple(_policy(entry) for entry in document["policies"])


def _policy(entry: Mapping[str, Any]) -> Policy:
    return Policy(
        id=entry["id"],
        requirements=tuple(entry["requirements"]),
        fragments=tuple(entry["fragments"]),
        entities=tuple(entry["entities"]),
        events=tuple(entry["events"]),
        title=entry["title"],
        unseen=tuple(entry["unseen"]),
    )


def rego_text(
    policy: Policy,
    entity: str,
    requirements: Mapping[str, Requirement],
    facts: Mapping[str, Any],
    directory: Path = POLICIES,
) -> str:
    """Return the one module that Harness is given."""
    parts = [
        _header(policy, requirements),
        f"package {entity}\n\ndocument := input.{ROOTS[entity]}",
        *(
            (directory / f"{name}.rego").read_text(encoding="utf-8").strip()
            for name in (*policy.fragments, policy.id)
        ),
    ]

    def value(found: re.Match[str]) -> str:
        name, owner, what = found.groups()
        known = facts[what] if owner == "fact" else requirements[owner].parameters[what].value
        return f"{name} := {json.dumps(known)}"

    return _FILLED.sub(value, "\n\n".join(parts)) + "\n"


def _header(policy: Policy, requirements: Mapping[str, Requirement]) -> str:
    lines = [f"{policy.title}."]
    for each in policy.requirements:
        lines.extend(_wrapped(f"{each}: {requirements[each].title}. {requirements[each].remedy}"))
    lines.append("Harness shows a policy one definition at a time. This one cannot see:")
    lines.extend(line for each in policy.unseen for line in _wrapped(f"- {each}"))
    lines.append("Made by `assurance rego emit`; change policies/rego and make it anew.")
    return "\n".join(f"# {line}" for line in lines)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 98, subsequent_indent="  ")
