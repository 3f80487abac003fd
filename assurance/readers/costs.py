"""Reads budgets, billing alarms, commitments and cost reports from evaluated Terraform.

Terraform has no resource for the decision what to commit to. It is recognised in the form of a
parameter of Systems Manager whose JSON value states `baseline_vcpu` and `baseline_memory_gib`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assurance.model.costs import (
    AllocationTag,
    Baseline,
    BillingAlarm,
    Budget,
    Commitment,
    CostReport,
    Costs,
    Notification,
)
from assurance.model.identities import Identities, Identity
from assurance.model.unknown import is_unknown, unknown, why_unknown
from assurance.readers.kinds import Kind
from assurance.readers.references import flag, identity
from assurance.readers.state import Block, Resource, State

_VCPU, _MEMORY = "baseline_vcpu", "baseline_memory_gib"
_BOUGHT = ("aws_rds_reserved_instance", "aws_savingsplans_plan", "aws_savingsplans_savings_plan")
_WATCHED = (
    "SAVINGS_PLANS_COVERAGE",
    "SAVINGS_PLANS_UTILIZATION",
    "RI_COVERAGE",
    "RI_UTILIZATION",
)
_CONNECTORS = ("harness_platform_connector_awscc", "harness_platform_connector_aws_cc")


def read_costs(state: State, identities: Identities) -> Costs:
    """Return everything about costs."""
    return Costs(
        budgets=tuple(_budget(found) for found in state.of("aws_budgets_budget")),
        alarms=tuple(_alarm(found) for found in _billing_alarms(state)),
        commitments=tuple(_commitments(state)),
        baselines=tuple(_baselines(state)),
        allocation_tags=tuple(_tag(found) for found in state.of("aws_ce_cost_allocation_tag")),
        reports=tuple(_reports(state, identities)),
        connectors=tuple(found.id for found in state.of(*_CONNECTORS)),
    )


def _budget(resource: Resource) -> Budget:
    blocks = resource.blocks("notification")
    return Budget(
        subject=resource.subject(),
        kind=resource.get("budget_type"),
        notifications=blocks if is_unknown(blocks) else tuple(_notification(b) for b in blocks),
    )


def _notification(block: Any) -> Notification:
    if is_unknown(block):
        return unknown(why_unknown(block))
    paths = ("subscriber_email_addresses", "subscriber_sns_topic_arns")
    lists = [block.listed(path) for path in paths]
    return Notification(
        kind=block.get("notification_type"),
        subscribers=tuple(
            one for found in lists for one in ((found,) if is_unknown(found) else found)
        ),
    )


def _billing_alarms(state: State) -> Iterator[Resource]:
    for found in state.of("aws_cloudwatch_metric_alarm"):
        queries = found.blocks("metric_query")
        watched = (found, *(() if is_unknown(queries) else queries))
        if any(_is_billing(block) for block in watched if not is_unknown(block)):
            yield found


def _is_billing(block: Block) -> bool:
    names = (block.get("namespace"), block.get("metric.namespace"))
    return any(not is_unknown(name) and name == "AWS/Billing" for name in names)


def _alarm(resource: Resource) -> BillingAlarm:
    """Return an alarm; its actions are on unless they are switched off."""
    acts = flag(resource.get("actions_enabled", True))
    receivers = resource.listed("alarm_actions")
    if is_unknown(acts) or is_unknown(receivers):
        receivers = (unknown(f"what {resource.id} notifies is not known"),)
    return BillingAlarm(
        subject=resource.subject(),
        region=resource.region,
        receivers=tuple(receivers) if is_unknown(acts) or acts else (),
    )


def _commitments(state: State) -> Iterator[Commitment]:
    for found in state.of(*_BOUGHT):
        yield Commitment(subject=found.subject(), what=f"{found.id} is bought")
    for found in state.of("aws_budgets_budget"):
        kind = found.get("budget_type")
        if not is_unknown(kind) and kind in _WATCHED:
            what = f"{found.id} watches {kind.replace('_', ' ').lower()}"
            yield Commitment(subject=found.subject(), what=what)


def _records(state: State) -> Iterator[tuple[Resource, Mapping[str, Any]]]:
    for found in state.of("aws_ssm_parameter"):
        for path in ("value", "insecure_value"):
            value = found.get(path, None)
            if isinstance(value, dict) and (_VCPU in value or _MEMORY in value):
                yield found, value


def _baselines(state: State) -> Iterator[Baseline]:
    for found, value in _records(state):
        yield Baseline(
            subject=found.subject(),
            vcpu=_number(found, value, _VCPU),
            memory=_number(found, value, _MEMORY),
        )


def _number(resource: Resource, value: Mapping[str, Any], name: str) -> float:
    found = value.get(name, 0)
    if is_unknown(found):
        return unknown(why_unknown(found))
    try:
        return float(found)
    except (TypeError, ValueError):
        return unknown(f"{resource.id}: {name} is {found}, not a number that can be read")


def _tag(resource: Resource) -> AllocationTag:
    status = resource.get("status")
    return AllocationTag(
        subject=resource.subject(),
        key=resource.get("tag_key"),
        is_active=unknown(why_unknown(status)) if is_unknown(status) else status == "Active",
    )


def _reports(state: State, identities: Identities) -> Iterator[CostReport]:
    for found in state.of("aws_cur_report_definition"):
        yield _report(found, "s3_bucket", identities)
    for found in state.of("aws_bcmdataexports_export"):
        yield _report(
            found, "export.destination_configurations.s3_destination.s3_bucket", identities
        )


def _report(resource: Resource, path: str, identities: Identities) -> CostReport:
    bucket = identity(resource, path, "aws_s3_bucket")
    outsiders = {
        trust.subject.id for trust in identities.trusts if _is_for_outsiders(trust.statements)
    }
    return CostReport(
        subject=resource.subject(),
        bucket=bucket,
        readers=()
        if is_unknown(bucket)
        else tuple(
            found.subject.id
            for found in identities.identities
            if found.subject.id in outsiders and _reads(found, bucket)
        ),
    )


def _is_for_outsiders(statements: Any) -> bool:
    """Whether a role can be taken from outside with an external id."""
    return any(
        condition.key == "sts:ExternalId"
        for statement in _known(statements)
        for condition in _known(statement.conditions)
    )


def _reads(holder: Identity, bucket: str) -> bool:
    return any(
        bucket in target.refers
        for policy in holder.policies
        for statement in _known(policy.statements)
        if any(str(action).startswith("s3:Get") for action in _known(statement.actions))
        for target in _known(statement.resources)
    )


def _known(items: Any) -> Iterator[Any]:
    for item in () if is_unknown(items) else items:
        if not is_unknown(item):
            yield item


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="budget",
        plural="budgets",
        population=lambda view: view.costs.budgets,
        inventory=("aws_budgets_budget",),
    ),
)
