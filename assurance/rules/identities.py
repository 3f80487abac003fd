"""What must hold of roles, of who may take them, and of what they may do."""

from __future__ import annotations

from assurance.model.findings import Finding, NotApplicable, Verdict, each
from assurance.model.identities import Identity, Policy, ServiceLink, Workload
from assurance.rules.aws_policies import aws_policy_fault
from assurance.rules.escalations import escalation
from assurance.rules.permissions import policy_fault

_NO_MORE = "every policy names its actions and resources, and lets nobody escalate"


def has_roles_of_its_own(service: Workload) -> Finding:
    """An execution role and a task role, two different ones, that no other service has."""
    expected = "an execution role and a task role, distinct, used by no other service"
    fault = _missing(service) or _shared(service)
    actual = fault or f"starts with {service.execution_role}, works under {service.task_role}"
    return Finding(holds=not fault, expected=expected, actual=actual)


def _missing(service: Workload) -> str:
    roles = {"execution role": service.execution_role, "task role": service.task_role}
    missing = [noun for noun, role in roles.items() if role == ""]
    if missing:
        return f"has no {' and no '.join(missing)}"
    if service.execution_role == service.task_role:
        return f"its execution role is its task role: {service.task_role}"
    return ""


def _shared(service: Workload) -> str:
    return "; ".join(f"{role} is also a role of {other}" for role, other in service.sharers)


def grants_no_more_than_needed(identity: Identity) -> Verdict:
    """No wildcard, no open resource and no escalation in any policy that an identity has."""
    if identity.is_boundary:
        return NotApplicable("boundary")
    if not identity.policies:
        none = f"this {identity.noun} has no policy"
        return Finding(holds=True, expected=_NO_MORE, actual=none)
    found = each(identity.policies, _policy_is_limited, expected=_NO_MORE, none="")
    if not found.holds:
        return found
    way = escalation(identity)
    if way:
        return Finding(holds=False, expected=_NO_MORE, actual=f"this {identity.noun} {way}")
    return found


def _policy_is_limited(policy: Policy) -> Finding:
    fault = aws_policy_fault(policy.aws_name) if policy.aws_name else policy_fault(policy)
    actual = f"{policy.name}: {fault}" if fault else f"{policy.name} is limited"
    return Finding(holds=not fault, expected=_NO_MORE, actual=actual, location=policy.location)


def is_service_linked(link: ServiceLink) -> Finding:
    """Where AWS brings a service-linked role, no hand-made one is handed over."""
    expected = f"the service-linked role {link.offered}"
    if link.given == "":
        return Finding(holds=True, expected=expected, actual="no role is given: AWS takes its own")
    actual = f"is given {link.given}"
    return Finding(holds=bool(link.is_linked), expected=expected, actual=actual)
