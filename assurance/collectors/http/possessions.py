"""Makes one thing with each operation that makes things, and lets strangers reach for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from assurance.collectors.http.client import Client, asking, status_of
from assurance.collectors.http.creations import below, place_of, values_of
from assurance.collectors.http.description import Description, Operation
from assurance.collectors.http.people import People

STRANGER = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Possession:
    """Something that somebody made.

    Attributes:
        creation: The operation that made it.
        role: Of whoever made it.
        owner: The token of whoever made it.
        path: Of it; empty where it was not made.
        status: What the operation answered.
        values: Parameters of paths below it.
    """

    creation: Operation
    role: str
    owner: str
    path: str
    status: int | None
    values: Mapping[str, Any] = field(default_factory=dict)


def make_possessions(
    client: Client, described: Description, people: People, oversight: tuple[str, ...]
) -> list[Possession]:
    """Make one thing with each protected operation that makes things, by its own first role."""
    found = []
    for each in described.operations:
        if each.creates and each.protected and people.any:
            roles = sorted(each.roles - set(oversight)) or sorted(each.roles) or [""]
            found.append(_made(client, described, people, each, roles[0]))
    return found


def _made(
    client: Client, described: Description, people: People, creation: Operation, role: str
) -> Possession:
    owner = people.token([role])
    path = described.path(creation)
    exchange = client.send(asking("POST", path, owner, described.body_for(creation)))
    place = place_of(exchange)
    return Possession(
        creation=creation,
        role=role,
        owner=owner,
        path=place,
        status=status_of(exchange),
        values=values_of(described, creation, exchange) if place else {},
    )


def remove_possessions(client: Client, possessions: list[Possession]) -> list[str]:
    """Remove what was made, the last first; return the paths of what stayed."""
    stayed = []
    for each in reversed(possessions):
        if each.path:
            status = status_of(client.send(asking("DELETE", each.path, each.owner)))
            if status is None or status >= 300:
                stayed.append(each.path)
    return stayed


def aims(described: Description, possessions: list[Possession]) -> dict[str, dict[str, Any]]:
    """Return operation → parameters with which it meets what was made; not for what removes."""
    return {
        each.name: {**_others(described, each), **possession.values}
        for possession in possessions
        if possession.values
        for each in below(described, possession.creation)
        if each.method != "DELETE"
    }


def _others(described: Description, operation: Operation) -> dict[str, Any]:
    return {
        each["name"]: described.sample(each.get("schema", {}))
        for each in operation.parameters
        if each.get("in") == "path"
    }


def possession_trials(
    client: Client,
    described: Description,
    people: People,
    possessions: list[Possession],
    oversight: tuple[str, ...],
) -> Iterator[dict[str, Any]]:
    """Yield what happened when each stranger tried each protected operation on what was made."""
    strangers = {
        role: token
        for role in sorted(described.roles - set(oversight))
        if (token := people.token([role], STRANGER))
    }
    for possession in possessions:
        if not possession.path:
            continue
        for operation in _concerned(described, possession.creation):
            for role, token in strangers.items():
                yield {
                    "operation": operation.name,
                    "owner": possession.role,
                    "stranger": role,
                    "lists": operation.template == possession.creation.template,
                    **_tried(client, described, possession, operation, token),
                }


def _concerned(described: Description, creation: Operation) -> Iterator[Operation]:
    for each in described.operations:
        lists = each.method == "GET" and each.template == creation.template
        if each.protected and lists:
            yield each
    yield from (each for each in below(described, creation) if each.protected)


def _tried(
    client: Client,
    described: Description,
    possession: Possession,
    operation: Operation,
    token: str,
) -> dict[str, Any]:
    before = _seen(client, possession)
    path = described.path(operation, possession.values)
    body = described.body_for(operation)
    answer = client.send(asking(operation.method, path, token, body))
    told = answer.get("response", {}).get("body", "")
    return {
        "status": status_of(answer),
        "shows": possession.path.rpartition("/")[2] in told and (status_of(answer) or 500) < 300,
        "changes": _seen(client, possession) != before,
    }


def _seen(client: Client, possession: Possession) -> Any:
    """Return what its owner sees of it."""
    answer = client.send(asking("GET", possession.path, possession.owner))
    return status_of(answer), answer.get("response", {}).get("json")


def possessions_seen(client: Client, possessions: list[Possession]) -> list[dict[str, Any]]:
    """Return whether what was made was made, and is seen by its owner."""
    return [
        {
            "operation": each.creation.name,
            "owner": each.role,
            "status": each.status,
            "seen": _seen(client, each)[0] if each.path else None,
        }
        for each in possessions
    ]


def role_trials(client: Client, described: Description, people: People) -> Iterator[dict[str, Any]]:
    """Yield for each operation of certain roles what holders of every role got."""
    known = [*sorted(described.roles), "assurance-nobody"]
    tokens = {
        role: token for role in known if (token := people.token([role], 3) or people.token([role]))
    }
    for operation in described.operations:
        if operation.protected and operation.roles:
            yield {
                "operation": operation.name,
                "roles": sorted(operation.roles),
                "statuses": {
                    role: _as(client, described, operation, role, token)
                    for role, token in tokens.items()
                },
            }


def _as(
    client: Client, described: Description, operation: Operation, role: str, token: str
) -> int | None:
    body = described.body_for(operation)
    if body is not None and role in operation.roles:
        body = []  # who may call is seen by another answer than to who may not; nothing is made
    path = described.path(operation)
    answer = client.send(asking(operation.method, path, token, body))
    made = place_of(answer)
    if status_of(answer) == 201 and made:
        client.send(asking("DELETE", made, token))
    return status_of(answer)
