"""The files that bring our policies into Harness: Rego, and Terraform for policies and sets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assurance.model.requirements import Requirement
from assurance.rego.policies import Policy, own_policies, rego_text

_PREAMBLE = """\
# Policies and policy sets of Harness, made by `assurance rego emit`.

terraform {
  required_version = ">= 1.9"

  required_providers {
    harness = {
      source  = "harness/harness"
      version = ">= 0.38"
    }
  }
}

variable "org_id" {
  description = "Organization that the policies apply to."
  type        = string
  nullable    = false
}

variable "project_id" {
  description = "Project that the policies apply to."
  type        = string
  nullable    = false
}
"""


def emitted(requirements: Mapping[str, Requirement], facts: Mapping[str, Any]) -> Mapping[str, str]:
    """Return every file to be written, by its path in the directory."""
    policies = own_policies()
    files = {
        f"policies/{policy.name(entity)}.rego": rego_text(policy, entity, requirements, facts)
        for policy in policies
        for entity in policy.entities
    }
    blocks = [_PREAMBLE, *map(_resource, _named(policies)), *_sets(policies)]
    return {**files, "main.tf": "\n".join(blocks)}


def _named(policies: tuple[Policy, ...]) -> Iterator[tuple[str, Policy]]:
    for policy in policies:
        for entity in policy.entities:
            yield policy.name(entity), policy


def _resource(named: tuple[str, Policy]) -> str:
    name, policy = named
    description = f"{', '.join(policy.requirements)}: {policy.title}"
    return f"""\
resource "harness_platform_policy" "{name}" {{
  identifier  = "{name}"
  name        = "{name}"
  description = "{description}"
  org_id      = var.org_id
  project_id  = var.project_id
  rego        = file("${{path.module}}/policies/{name}.rego")
}}
"""


def _sets(policies: tuple[Policy, ...]) -> Iterator[str]:
    """Yield a policy set for every kind of entity and event that a policy is for."""
    chosen: dict[tuple[str, str], list[str]] = {}
    for policy in policies:
        for entity in policy.entities:
            # Harness asks about a template only when it is saved.
            events = policy.events if entity == "pipeline" else ("onsave",)
            for event in events:
                chosen.setdefault((entity, event), []).append(policy.name(entity))
    for (entity, event), names in sorted(chosen.items()):
        yield _set(entity, event, names)


def _set(entity: str, event: str, names: list[str]) -> str:
    references = "".join(
        f"""
  policy_references {{
    identifier = harness_platform_policy.{name}.identifier
    severity   = "error"
  }}
"""
        for name in names
    )
    return f"""\
resource "harness_platform_policyset" "{entity}_{event}" {{
  identifier = "{entity}_{event}"
  name       = "{entity}_{event}"
  action     = "{event}"
  type       = "{entity}"
  enabled    = true
  org_id     = var.org_id
  project_id = var.project_id
{references}}}
"""
