"""Writes `assurance/rules/aws_policies.json` anew: what the policies that AWS wrote grant too much.

Run it with the newest moto, which carries the texts: `python -m tests.rules.aws_policies`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from moto.iam.aws_managed_policies import aws_managed_policies_data

from assurance.model.findings import any_of
from assurance.model.identities import Policy, Statement
from assurance.model.subjects import Location
from assurance.model.unknown import UnknownValue
from assurance.readers.documents import read_statements
from assurance.rules.actions import actions_like
from assurance.rules.permissions import policy_fault
from tests.states import managed, state

TARGET = Path(__file__).parents[2] / "assurance" / "rules" / "aws_policies.json"


def texts() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield name and document of every policy of AWS that can be attached."""
    for name, facts in sorted(json.loads(aws_managed_policies_data).items()):
        if not facts["Path"].startswith("/aws-service-role/"):
            yield name, facts["Document"]


def judged(name: str, document: dict[str, Any]) -> dict[str, Any]:
    """Return the entry of one policy: its first fault, and whether it writes without a limit."""
    resource = state(managed("aws_iam_policy.it")).of("aws_iam_policy")[0]
    statements = read_statements(document, resource)
    policy = Policy(name=name, aws_name="", statements=statements, location=Location(file=""))
    try:
        entry = {"fault": policy_fault(policy).partition("; ")[0]}
    except UnknownValue as reason:
        entry = {"doubt": reason.reason}
    return {**entry, "writes": any(_writes_openly(found) for found in statements)}


def _writes_openly(statement: Statement) -> bool:
    return statement.allows and (
        bool(statement.other_actions)
        or (
            any_of(statement.resources, lambda target: target.is_everything)
            and any(
                action.writes for pattern in statement.actions for action in actions_like(pattern)
            )
        )
    )


def main() -> None:
    """Write the file, one policy a line."""
    entries = (
        f"{json.dumps(name)}: {json.dumps(judged(name, document), sort_keys=True)}"
        for name, document in texts()
    )
    TARGET.write_text("{\n" + ",\n".join(entries) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
