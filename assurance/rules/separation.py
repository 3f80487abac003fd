"""Whether the identities of one environment can change another one."""

from __future__ import annotations

import re

from assurance.model.findings import Finding, NotApplicable, Verdict, any_of, each
from assurance.model.identities import Condition, Identity, Policy, Statement, Target
from assurance.model.unknown import UnknownValue
from assurance.rules.actions import actions_like
from assurance.rules.aws_policies import aws_policy_writes_anywhere
from assurance.rules.narrowing import narrows

_PRODUCTION = frozenset({"production", "prod", "prd", "live"})

_SHORT_FORMS = (
    frozenset({"staging", "stage", "stg"}),
    frozenset({"development", "develop", "dev"}),
    frozenset({"testing", "test", "tst"}),
    frozenset({"acceptance", "uat"}),
)

_STARTS = "ec2:RunInstances"
_TAKEN = (":image/", ":snapshot/", ":key-pair/", ":launch-template/", ":volume/")
"""What the start of a machine takes and leaves as it is, or makes anew.
https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html
"""

_FIXED_BY_AWS = ":log-group:RDSOSMetrics"
"""The name that AWS gives, in every account, to the group that its agent in RDS writes to."""


def changes_only_its_environment(
    identity: Identity, environment: str, identities: tuple[Identity, ...]
) -> Verdict:
    """What an identity may change belongs to its own environment.

    Where the environment has a place of its own, what is kept elsewhere is shared by all.

    Args:
        identity: One that an environment other than production has.
        environment: The environment's name.
        identities: All that are known there.
    """
    if identity.is_boundary:
        return NotApplicable("boundary")
    places = {other.origin for other in identities if _words(other.origin) & _own(environment)}
    if places and identity.origin not in places:
        return NotApplicable("shared")
    expected = f"may change only what belongs to {environment}"
    if not identity.policies:
        actual = f"this {identity.noun} has no policy"
        return Finding(holds=True, expected=expected, actual=actual)
    return each(
        identity.policies,
        lambda policy: _stays(policy, environment, expected),
        expected=expected,
        none="",
    )


def _stays(policy: Policy, environment: str, expected: str) -> Finding:
    if policy.aws_name:
        holds = not aws_policy_writes_anywhere(policy.aws_name)
        said = "changes nothing beyond what it names" if holds else "may change the whole account"
        return Finding(
            holds=holds,
            expected=expected,
            actual=f"{policy.name} {said}",
            location=policy.location,
        )
    writing = [found for found in policy.statements if _writes(found)]
    if not writing:
        actual = f"{policy.name} changes nothing that can be named"
        return Finding(holds=True, expected=expected, actual=actual)
    return each(
        writing,
        lambda statement: _statement_stays(statement, environment, expected, policy),
        expected=expected,
        none="",
    )


def _writes(statement: Statement) -> bool:
    """Whether a statement allows changes that a policy could limit to resources."""
    if not statement.allows:
        return False
    return bool(statement.other_actions) or any_of(
        statement.actions,
        lambda pattern: any(found.writes and found.limitable for found in actions_like(pattern)),
    )


def _statement_stays(
    statement: Statement, environment: str, expected: str, policy: Policy
) -> Finding:
    place = f"{policy.name}, {statement.label}"
    if any_of(statement.conditions, lambda found: _binds_to(found, environment)):
        holds, actual = True, f"{place} is bound to {environment} by a condition"
    elif statement.other_resources:
        holds, actual = False, f"{place} may change all but what it names (NotResource)"
    else:
        foreign = [
            found.text
            for found in statement.resources
            if not (any(part in found.name for part in _TAKEN) and _only_starts(statement))
            if any_of((found,), lambda target: not _belongs(target, environment))
        ]
        holds = not foreign
        actual = f"{place} may change {', '.join(foreign)}" if foreign else f"{place} stays inside"
    return Finding(holds=holds, expected=expected, actual=actual, location=policy.location)


def _only_starts(statement: Statement) -> bool:
    """Whether all that a statement changes is done by starting machines."""
    return not statement.other_actions and all(
        found.name == _STARTS
        for pattern in statement.actions
        for found in actions_like(pattern)
        if found.writes
    )


def _binds_to(condition: Condition, environment: str) -> bool:
    """Whether a condition lets a statement touch only what carries the environment's mark.

    Things that are yet to be made carry no tag: a condition on a tag may let those through.
    """
    by_tag = "resourcetag/" in condition.key.lower() and "not" not in condition.operator.lower()
    if not (by_tag or narrows(condition)):
        return False
    return bool(condition.refers) or any_of(
        condition.values, lambda value: bool(_words(value) & _own(environment))
    )


def _belongs(target: Target, environment: str) -> bool:
    """Whether a target is the environment's own; raises where nothing tells whose it is."""
    words = _words(target.name)
    if words & _PRODUCTION - _own(environment):
        return False
    if target.refers or words & _own(environment) or _FIXED_BY_AWS in target.name:
        return True
    if target.is_everything or "*" in target.name or "?" in target.name:
        return False
    raise UnknownValue(f"nothing tells to which environment {target.name} belongs")


def _own(environment: str) -> frozenset[str]:
    name = environment.lower()
    forms = next((found for found in _SHORT_FORMS if name in found), frozenset[str]())
    return forms | {name}


def _words(text: str) -> frozenset[str]:
    return frozenset(re.split(r"[^a-z0-9]+", text.lower()))
