"""Approvals that anybody may give."""

from __future__ import annotations

from approval_steps import approvers
from definition_block import Block
from definition_policy import DefinitionPolicy

EVERYBODY = ("_project_all_users", "_organization_all_users", "_account_all_users")


def names_a_group(step: Block) -> str | None:
    """The groups of all users are made by Harness and hold everybody."""
    groups = [str(group) for group in approvers(step).items("userGroups")]
    wide = [group for group in groups if group.rpartition(".")[2] in EVERYBODY]
    if not groups:
        return "names no group of approvers"
    return f"lets all users approve: {', '.join(wide)}" if wide else None


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_52",
    requirement="CDP-04",
    name="Approval is given by a named group",
    remedy="Name a group of its own in approvers.userGroups, none of all users.",
    roots=("pipeline", "template"),
    blocks=("step",),
    judge=names_a_group,
)
