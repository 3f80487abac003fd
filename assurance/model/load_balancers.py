"""Load balancers: what listens, what it does with a request, and whom it may send it to."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.networks import SecurityGroup, Subnet, Vpc
from assurance.model.subjects import Location, Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HealthCheck:
    """How a target group finds out whether a target lives.

    Attributes:
        path: What is requested; empty where only a connection is tried.
        interval: Seconds between two checks.
        unhealthy_threshold: Failed checks in a row until a target counts as dead.
    """

    enabled: bool
    protocol: str
    path: str
    interval: int
    timeout: int
    healthy_threshold: int
    unhealthy_threshold: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TargetGroup:
    """A target group.

    Attributes:
        target_type: `ip`, `instance`, `lambda` or `alb`.
        port: Where its targets listen unless a target says otherwise; 0 where it has none.
        deregistration_delay: Seconds that a leaving target may go on answering.
    """

    subject: Subject
    vpc: Vpc
    target_type: str
    protocol: str
    port: int
    health_check: HealthCheck
    deregistration_delay: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Action:
    """What a listener does with a request.

    Attributes:
        kind: `forward`, `redirect`, `fixed-response`, `authenticate-oidc`, `authenticate-cognito`.
        target_groups: Whom it forwards to.
        protocol: For a redirect: the protocol it leads to; empty where it keeps the one it has.
        port: For a redirect: the port it leads to; empty where it keeps the one it has.
    """

    kind: str
    target_groups: tuple[TargetGroup, ...]
    protocol: str
    port: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ListenerRule:
    """A rule of a listener.

    Attributes:
        headers: Names of the HTTP headers that a request must carry for it.
    """

    subject: Subject
    actions: tuple[Action, ...]
    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Certificate:
    """The certificate of a listener.

    Attributes:
        is_managed: Whether AWS issued it and renews it.
        text: How a message calls it.
    """

    is_managed: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Listener:
    """A listener with its default actions and its rules."""

    subject: Subject
    port: int
    protocol: str
    tls_policy: str
    certificates: tuple[Certificate, ...]
    default_actions: tuple[Action, ...]
    rules: tuple[ListenerRule, ...]

    @property
    def actions(self) -> tuple[Action, ...]:
        """All actions, those of the rules included."""
        return (*self.default_actions, *(act for rule in self.rules for act in rule.actions))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LoadBalancer:
    """A load balancer.

    Attributes:
        type: `application`, `network`, `gateway` or `classic`.
        is_internal: Whether it has no public address.
        security_groups: What filters its traffic; none for a network load balancer without.
        subnets: Where it serves, one or more in each of its zones.
    """

    subject: Subject
    type: str
    is_internal: bool
    subnets: tuple[Subnet, ...]
    security_groups: tuple[SecurityGroup, ...]
    listeners: tuple[Listener, ...]
    drops_invalid_headers: bool
    is_protected: bool
    writes_access_logs: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LoadBalancers:
    """Everything that balances load."""

    load_balancers: tuple[LoadBalancer, ...]
    target_groups: tuple[TargetGroup, ...]
    listeners: tuple[Listener, ...]
