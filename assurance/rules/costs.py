"""What must hold for budgets, billing alarms, commitments and cost data."""

from __future__ import annotations

from collections.abc import Iterable

from assurance.model.costs import AllocationTag, Baseline, BillingAlarm, Budget, Commitment, Costs
from assurance.model.dashboards import Dashboards, Widget
from assurance.model.findings import Finding, any_of
from assurance.model.scaling import Scaling
from assurance.model.services import Service, Services
from assurance.model.unknown import UnknownValue
from assurance.rules.lists import listing

_KINDS = ("ACTUAL", "FORECASTED")
_CHARGES = "AWS/Billing EstimatedCharges"
_CLOSE = 0.01
_UNITS, _MIB = 1024, 1024


def has_budget(costs: Costs) -> Finding:
    """One budget of costs tells somebody of what was spent and of what will be."""
    holds = any_of(costs.budgets, _tells_both)
    found = listing(budget.subject for budget in costs.budgets)
    return Finding(
        holds=holds,
        expected="a budget of costs that notifies of actual and of forecasted costs",
        actual=_on_budgets(holds=holds, found=found),
    )


def _on_budgets(*, holds: bool, found: str) -> str:
    if holds:
        return "a budget notifies of both"
    return f"none of {found} notifies of both" if found else "no budget is declared"


def _tells_both(budget: Budget) -> bool:
    return budget.kind == "COST" and all(_tells(budget, kind) for kind in _KINDS)


def _tells(budget: Budget, kind: str) -> bool:
    return any_of(budget.notifications, lambda told: told.kind == kind and bool(told.subscribers))


def has_billing_alarm(costs: Costs) -> Finding:
    """One alarm on the estimated charges notifies somebody, where AWS publishes them."""
    holds = any_of(costs.alarms, _notifies)
    found = listing(alarm.subject for alarm in costs.alarms)
    missing = f"{found} notifies nobody, or watches outside us-east-1" if found else "no such alarm"
    return Finding(
        holds=holds,
        expected="an alarm on AWS/Billing EstimatedCharges in us-east-1 that notifies",
        actual="it notifies" if holds else missing,
    )


def _notifies(alarm: BillingAlarm) -> bool:
    if not alarm.receivers:
        return False
    if not alarm.region:
        raise UnknownValue(f"in which region {alarm.subject} watches is not written here")
    return alarm.region == "us-east-1"


def has_commitment(costs: Costs) -> Finding:
    """A commitment is bought, or a budget watches how much it covers."""
    return Finding(
        holds=any_of(costs.commitments, _exists),
        expected="a savings plan or reserved capacity, or a budget that watches its coverage",
        actual=listing(found.what for found in costs.commitments) or "neither is declared",
    )


def _exists(commitment: Commitment) -> bool:
    return bool(commitment.what)


def records_baseline(costs: Costs, services: Services, scaling: Scaling) -> Finding:
    """A record states the capacity that always runs, as the minimum of every service implies."""
    expected = "a record of the baseline that equals the minimum capacity of all services"
    if not costs.baselines:
        return Finding(holds=False, expected=expected, actual="no record states a baseline")
    vcpu, memory = _least(services, scaling)
    holds = any_of(costs.baselines, lambda found: _equals(found, vcpu, memory))
    implied = f"{vcpu:g} vCPU and {memory:g} GiB always run"
    recorded = listing(f"{found.vcpu:g} vCPU and {found.memory:g} GiB" for found in costs.baselines)
    return Finding(holds=holds, expected=expected, actual=f"{implied}, recorded are {recorded}")


def _least(services: Services, scaling: Scaling) -> tuple[float, float]:
    tasks = [(_minimum(service, scaling), service.task_definition) for service in services.services]
    return (
        sum(number * definition.cpu / _UNITS for number, definition in tasks),
        sum(number * definition.memory / _MIB for number, definition in tasks),
    )


def _minimum(service: Service, scaling: Scaling) -> int:
    bounds = [target.minimum for target in scaling.of(service)]
    return max(bounds) if bounds else service.desired_count


def _equals(baseline: Baseline, vcpu: float, memory: float) -> bool:
    return abs(baseline.vcpu - vcpu) < _CLOSE and abs(baseline.memory - memory) < _CLOSE


def breaks_costs_down(costs: Costs, *, tags: Iterable[str]) -> Finding:
    """Each of the cost tags is an active cost allocation tag."""
    wanted = tuple(str(tag) for tag in tags)
    missing = tuple(tag for tag in wanted if not _is_active(costs.allocation_tags, tag))
    return Finding(
        holds=not missing,
        expected=f"active cost allocation tags {listing(wanted)}",
        actual=f"without {listing(missing)}" if missing else "all are active",
    )


def _is_active(tags: tuple[AllocationTag, ...], key: str) -> bool:
    return any_of(tags, lambda tag: tag.key == key and tag.is_active)


def delivers_costs(costs: Costs) -> Finding:
    """A connector of the delivery platform is declared, or its role reads a report of costs."""
    holds = bool(costs.connectors) or any_of(costs.reports, lambda found: bool(found.readers))
    readers = listing(reader for found in costs.reports for reader in found.readers)
    lacking = "no role for outside reads it" if costs.reports else "no cost report is declared"
    return Finding(
        holds=holds,
        expected="a cost connector, or a cost report that a role with an external id may read",
        actual=f"read by {readers or listing(costs.connectors)}" if holds else lacking,
    )


def shows_costs(dashboards: Dashboards) -> Finding:
    """A widget of a dashboard draws the charges."""
    holds = any_of(
        dashboards.dashboards,
        lambda dashboard: any_of(dashboard.widgets, _draws_charges),
    )
    return Finding(
        holds=holds,
        expected="a dashboard with a widget of AWS/Billing EstimatedCharges",
        actual="a widget draws them" if holds else "no widget draws them",
    )


def _draws_charges(widget: Widget) -> bool:
    return any_of(widget.metrics, lambda metric: str(metric) == _CHARGES)
