"""What a policy must not grant, whichever way it is written."""

from __future__ import annotations

from collections.abc import Iterable

from iam_statements import Statement


def whole_services(statements: Iterable[Statement]) -> str | None:
    """The violation naming the actions that grant everything that a service can do."""
    actions = sorted(
        action
        for statement in statements
        if statement.effect == "Allow"
        for action in statement.actions
        if action == "*" or action.endswith(":*")
    )
    return f"it grants {', '.join(actions)}" if actions else None


def any_role_passed(statements: Iterable[Statement]) -> str | None:
    """The violation of a statement that lets its holder hand any role to a service."""
    for statement in statements:
        passes = any(action.lower() == "iam:passrole" for action in statement.actions)
        wide = any(name == "*" or name.endswith(":role/*") for name in statement.resources)
        if statement.effect == "Allow" and passes and wide:
            return "it may pass any role to a service"
    return None
