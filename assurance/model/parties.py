"""Parties: everything with network interfaces, as one end of a flow, by the role it plays.

Roles follow from structure (what is a target of what, what is a database, what rotates a secret),
never from names.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assurance.model.load_balancers import TargetGroup
from assurance.model.networks import SecurityGroup, Subnet, Vpc
from assurance.model.subjects import Subject
from assurance.model.unknown import is_unknown


class Role(StrEnum):
    """What a party is for."""

    LOAD_BALANCER = "load balancer"
    SERVICE = "service"
    DELEGATE = "delegate"
    DATABASE = "database"
    FUNCTION = "function"
    ROTATION = "function that rotates a secret"
    HOST = "host"
    ENDPOINT = "endpoint"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Behind:
    """The place of a service behind a load balancer.

    Attributes:
        target_group: Where its tasks are registered.
        port: The port of the container that is registered.
        load_balancers: Subject ids of the load balancers that forward to the group.
        counterparts: Groups for the next version: nobody's yet, and reached beside this one.
    """

    target_group: TargetGroup
    port: int
    load_balancers: tuple[str, ...]
    counterparts: tuple[TargetGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Party:
    """One end of flows.

    Attributes:
        vpc: Where it lies.
        is_filtered: Whether security groups filter it; a network load balancer may have none.
        has_public_address: Whether an interface of it has an address of the internet.
        ports: Where it listens, as far as it is written.
        behind: Its places behind load balancers.
        uses_database: Whether its containers are told how to reach a database; unknown where they
            get values whose content is not written here.
        callers: The range of ports from which it calls others.
    """

    subject: Subject
    role: Role
    vpc: Vpc
    subnets: tuple[Subnet, ...]
    security_groups: tuple[SecurityGroup, ...]
    is_filtered: bool
    has_public_address: bool
    ports: tuple[int, ...]
    behind: tuple[Behind, ...]
    uses_database: bool
    callers: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Parties:
    """All parties of a system."""

    all: tuple[Party, ...]

    def of(self, *roles: Role) -> tuple[Party, ...]:
        """Return those that play one of the roles."""
        return tuple(party for party in self.all if party.role in roles)

    def carries_tasks(self, party: Party) -> bool:
        """Whether a party is the instances whose network interfaces the tasks of a service use."""
        return party.role == Role.HOST and any(
            service.security_groups is party.security_groups for service in self.of(Role.SERVICE)
        )

    def holding(self, group: str) -> tuple[Party, ...]:
        """Return those known to have the security group with this subject id."""
        return _holders(self).get(group, ())


@lru_cache(maxsize=8)
def _holders(parties: Parties) -> dict[str, tuple[Party, ...]]:
    """Return the parties by the groups that they are known to have."""
    found: dict[str, list[Party]] = {}
    for party in parties.all:
        for group in dict.fromkeys(_known_groups(party)):
            found.setdefault(group, []).append(party)
    return {group: tuple(holders) for group, holders in found.items()}


def _known_groups(party: Party) -> tuple[str, ...]:
    if is_unknown(party.security_groups):
        return ()
    return tuple(group.subject.id for group in party.security_groups if not is_unknown(group))
