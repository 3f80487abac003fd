"""What the delegate may do in AWS, and under which role."""

from __future__ import annotations

from assurance.model.delegates import starts_build_machines
from assurance.model.findings import Finding, all_of, any_of, each
from assurance.model.identities import Identities, Identity, Policy, Statement, Target, Trust
from assurance.model.services import Service
from assurance.model.unknown import UnknownValue
from assurance.rules.actions import actions_like, covers, is_every_action
from assurance.rules.aws_policies import aws_policy_fault
from assurance.rules.escalations import PASSING

_TASKS = "ecs-tasks.amazonaws.com"
_MACHINES = "ec2.amazonaws.com"

_KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")


def has_a_role_of_its_own(service: Service, identities: Identities) -> Finding:
    """A task role that no other service has."""
    expected = "a task role that no other service has"
    workload = next(
        found for found in identities.workloads if found.subject.id == service.subject.id
    )
    role = workload.task_role
    if role == "":
        return Finding(holds=False, expected=expected, actual="it has no task role")
    sharers = [other for shared, other in workload.sharers if shared == role]
    actual = f"{role} is also a role of {', '.join(sharers)}" if sharers else f"works under {role}"
    return Finding(holds=not sharers, expected=expected, actual=actual)


def has_no_static_keys(service: Service) -> Finding:
    """No access key in its environment, whether written down or taken from a secret."""
    names = [
        name
        for container in service.task_definition.containers
        for name in (
            *(found.name for found in container.variables),
            *(found.name for found in container.secrets),
        )
        if name in _KEYS
    ]
    actual = f"its environment holds {', '.join(names)}" if names else "no key in its environment"
    return Finding(holds=not names, expected="no static access key", actual=actual)


def may_only_deploy(
    service: Service,
    identities: Identities,
    services: tuple[str, ...],
    build_services: tuple[str, ...],
) -> Finding:
    """What it may change belongs to the services of AWS that a deployment or a build changes.

    Args:
        service: The delegate.
        identities: All that are known, its role among them.
        services: Prefixes of the services of AWS that a deployment changes.
        build_services: Those that a delegate changes as well which starts machines for builds.
    """
    changed = (*services, *build_services) if starts_build_machines(service) else services
    return each(
        _role(service, identities).policies,
        lambda policy: _only_deploys(policy, changed),
        expected=f"changes in {', '.join(changed)} only, and {PASSING}",
        none="its role has no policy",
    )


def _role(service: Service, identities: Identities) -> Identity:
    role = service.task_definition.task_role
    for identity in identities.identities:
        if identity.subject.id == role:
            return identity
    raise UnknownValue(f"the role {role or '(none)'} is not part of this configuration")


def _only_deploys(policy: Policy, services: tuple[str, ...]) -> Finding:
    if policy.aws_name:
        fault = aws_policy_fault(policy.aws_name)
        return Finding(holds=not fault, expected="", actual=f"{policy.name} {fault}")
    return each(
        policy.statements,
        lambda statement: _stays_in(statement, services),
        expected="",
        none=f"{policy.name} says nothing",
    )


def _stays_in(statement: Statement, services: tuple[str, ...]) -> Finding:
    if not statement.allows:
        return Finding(holds=True, expected="", actual=f"{statement.label} denies")
    if statement.other_actions or any_of(statement.actions, is_every_action):
        return Finding(holds=False, expected="", actual=f"{statement.label} allows everything")
    foreign = sorted(
        {
            action.name
            for pattern in statement.actions
            for action in actions_like(pattern)
            if action.writes
            and action.name != PASSING
            and action.name.partition(":")[0] not in services
        }
    )
    actual = f"{statement.label} changes " + (", ".join(foreign[:4]) or "what is deployed")
    return Finding(holds=not foreign, expected="", actual=actual)


def passes_only_task_roles(service: Service, identities: Identities) -> Finding:
    """The roles that it hands over are those of tasks, or of the machines it starts, by name."""
    takers = (_TASKS, _MACHINES) if starts_build_machines(service) else (_TASKS,)
    expected = f"{PASSING} on the roles of {' and '.join(map(_taker, takers))} only"
    passing = [
        statement
        for policy in _role(service, identities).policies
        for statement in policy.statements
        if statement.allows and any_of(statement.actions, lambda pattern: covers(pattern, PASSING))
    ]
    if not passing:
        return Finding(holds=True, expected=expected, actual="it can hand over no role")
    roles = _roles_of(identities, takers)
    return each(
        passing,
        lambda statement: each(
            statement.resources,
            lambda target: _is_task_role(target, roles),
            expected=expected,
            none=f"{statement.label} excludes resources instead of naming them",
        ),
        expected=expected,
        none="",
    )


def _taker(principal: str) -> str:
    return "tasks" if principal == _TASKS else "build machines"


def _roles_of(identities: Identities, takers: tuple[str, ...]) -> frozenset[str]:
    """Return the roles of services, and those that only tasks or machines can take.

    A task that a pipeline starts has no service, and its task definition is a manifest.
    """
    serving = {
        role for found in identities.workloads for role in (found.execution_role, found.task_role)
    }
    return frozenset(
        serving | {trust.subject.id for trust in identities.trusts if _is_for(takers, trust)}
    )


def _is_for(takers: tuple[str, ...], trust: Trust) -> bool:
    """Whether nobody but these can take a role; a trust that cannot be read says so of nobody."""
    try:
        if any_of(trust.statements, lambda found: found.other_principals):
            return False
        trusted = [
            principal
            for statement in trust.statements
            if statement.allows
            for principal in statement.principals
        ]
        return bool(trusted) and all_of(trusted, lambda found: found.name in takers)
    except UnknownValue:
        return False


def _is_task_role(target: Target, roles: frozenset[str]) -> Finding:
    named = set(target.refers)
    if named and named <= roles:
        return Finding(holds=True, expected="", actual=f"passes {', '.join(sorted(named))}")
    if named or "*" in target.text or "?" in target.text:
        return Finding(holds=False, expected="", actual=f"passes {target.text}")
    raise UnknownValue(f"nothing tells whether {target.name} is a role of tasks")
