"""What watches costs, what was decided about them, and where they can be seen."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Notification:
    """A notification of a budget.

    Attributes:
        kind: `ACTUAL` or `FORECASTED`.
        subscribers: Addresses and topics that are told.
    """

    kind: str
    subscribers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Budget:
    """A budget.

    Attributes:
        kind: `COST`, `USAGE`, `SAVINGS_PLANS_COVERAGE`, `RI_UTILIZATION` …
    """

    subject: Subject
    kind: str
    notifications: tuple[Notification, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BillingAlarm:
    """An alarm on the estimated charges.

    Attributes:
        region: Where it watches; charges are published in us-east-1 only.
        receivers: What it notifies; none where its actions are off.
    """

    subject: Subject
    region: str
    receivers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Commitment:
    """Reserved capacity or a savings plan: bought, or watched by a budget.

    Attributes:
        what: In words.
    """

    subject: Subject
    what: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Baseline:
    """A record of what always runs.

    Attributes:
        vcpu: Virtual CPUs of the tasks that always run.
        memory: GiB of memory of the same.
    """

    subject: Subject
    vcpu: float
    memory: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AllocationTag:
    """A tag by which costs can be broken down."""

    subject: Subject
    key: str
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CostReport:
    """A report of costs that AWS delivers to a bucket.

    Attributes:
        bucket: Id of the bucket.
        readers: Roles that somebody from outside may take, and that may read the bucket.
    """

    subject: Subject
    bucket: str
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Costs:
    """All that is known of costs in one environment.

    Attributes:
        connectors: Ids of the declared connectors of the delivery platform to costs.
    """

    budgets: tuple[Budget, ...]
    alarms: tuple[BillingAlarm, ...]
    commitments: tuple[Commitment, ...]
    baselines: tuple[Baseline, ...]
    allocation_tags: tuple[AllocationTag, ...]
    reports: tuple[CostReport, ...]
    connectors: tuple[str, ...]
