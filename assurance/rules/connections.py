"""Whether a database accepts the connections of every task at maximum scale."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assurance.model.containers import Container
from assurance.model.databases import Database, Databases, Family
from assurance.model.findings import Finding, NotApplicable, Verdict, each
from assurance.model.instance_classes import DEFAULTS, connections, memory
from assurance.model.parties import Parties
from assurance.model.scaling import Scaling
from assurance.model.services import Service, Services
from assurance.model.unknown import UnknownValue
from assurance.rules.capacity import tasks_at_most
from assurance.rules.lists import listing

_POOL = re.compile(
    r"(^|_)(POOL_(MAX_)?SIZE|MAX_POOL_SIZE|POOL_MAX|MAX_POOL|(DB|DATABASE)_MAX_CONNECTIONS"
    r"|CONNECTION_LIMIT|MAX_OVERFLOW|(DB|DATABASE)_POOL)$"
)
_SURE = 0.7
"""Share of the documented number that even the smallest class really offers.

The formula counts the memory that is left when operating system and agents have theirs, which
is published nowhere: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html
"""


def states_its_class(database: Database) -> Verdict:
    """Each of its instances states its class."""
    if database.family == Family.TABLE:
        return NotApplicable("dynamodb")
    return each(
        database.nodes,
        lambda node: Finding(
            holds=bool(node.size), expected="", actual=f"{node.name}: {node.size or 'no class'}"
        ),
        expected="the class of each instance",
        none="no instance serves it",
    )


def accepts_every_connection(
    database: Database,
    databases: Databases,
    services: Services,
    scaling: Scaling,
    parties: Parties,
    *,
    per_task: int,
) -> Verdict:
    """The pools of all tasks together need no more connections than it accepts."""
    if database.family == Family.TABLE:
        return NotApplicable("dynamodb")
    if database.source:
        return NotApplicable("replica")
    users = tuple(service for service in services.services if _uses(service, parties))
    if services.services and not users:
        raise UnknownValue(f"no service is seen to use it, though {len(services.services)} may")
    needed = {
        service.name: tasks_at_most(service, scaling) * _pool(service, per_task)
        for service in users
    }
    total, offered = sum(needed.values()), _offered(database)
    sure = offered if _is_fixed(database) else int(offered * _SURE)
    expected = f"at most {offered} connections at maximum scale during a deployment"
    told = listing(f"{name} {count}" for name, count in sorted(needed.items()))
    actual = f"{total} connections ({told or 'there is no service'})"
    if sure < total <= offered:
        raise UnknownValue(
            f"{actual} come close to the {offered} of its class; set max_connections"
        )
    if total > offered and _others(database, databases):
        raise UnknownValue(f"{actual}, over several databases in shares that nobody states")
    return Finding(holds=total <= sure, expected=expected, actual=actual)


def _uses(service: Service, parties: Parties) -> bool:
    """Whether a service is known to use a database; one that may counts as well."""
    found = [party for party in parties.all if party.subject.id == service.subject.id]
    try:
        return any(party.uses_database for party in found)
    except UnknownValue:
        return True


def _others(database: Database, databases: Databases) -> bool:
    return any(
        found is not database and found.family != Family.TABLE and not found.source
        for found in databases.databases
    )


def _pool(service: Service, per_task: int) -> int:
    """Return what its containers state, or the agreed number where none states it."""
    stated = [
        size for container in service.task_definition.containers for size in _stated(container)
    ]
    return sum(stated) if stated else per_task


def _stated(container: Container) -> Iterable[int]:
    for variable in container.variables:
        if _POOL.search(variable.name.upper()) and variable.value.isdigit():
            yield int(variable.value)


def _formula(database: Database) -> str:
    found = [item.value for item in database.parameters if item.name == "max_connections"]
    formula = found[0] if found else DEFAULTS.get(database.engine, "")
    if not formula:
        raise UnknownValue(f"how many connections {database.engine} accepts is not documented")
    return formula


def _is_fixed(database: Database) -> bool:
    return _formula(database).isdigit()


def _offered(database: Database) -> int:
    """Return what the smallest of its instances accepts."""
    formula = _formula(database)
    sizes = [node.size for node in database.nodes]
    for size in sizes:
        if not formula.isdigit() and not memory(size):
            raise UnknownValue(f"the memory of class {size or 'unset'} is not known")
    found = [connections(formula, size) for size in sizes]
    if not found or not min(found):
        raise UnknownValue(f"max_connections {formula} cannot be worked out")
    return min(found)
