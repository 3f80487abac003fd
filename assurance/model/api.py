"""An API as its clients see it, in OpenAPI's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Document:
    """The document that describes an API, as it is served or kept in the source.

    Attributes:
        version: Of OpenAPI.
        fault: What makes it invalid; empty for a valid one.
    """

    subject: Subject
    version: str
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TriedOperation:
    """An operation that a generator tried.

    Attributes:
        announced: The statuses that the document names.
        statuses: Status that came back → how often.
        failures: Check that failed → what it found.
        errors: Why it could not be tried, or what broke on the way.
    """

    subject: Subject
    announced: frozenset[str]
    statuses: Mapping[str, int]
    failures: Mapping[str, str]
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """What came back; a status of 0 where nothing came.

    Attributes:
        headers: By names in lower case.
        body: Its text.
        told: The object of JSON that it is; empty where it is none.
        milliseconds: Until it was there.
        error: Why nothing came.
    """

    status: int
    headers: Mapping[str, str]
    body: str
    told: Mapping[str, Any]
    milliseconds: float
    error: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Response:
    """An answer to a request as it should be: of an operation, or with a page.

    Attributes:
        over_tls: Whether it came over TLS.
    """

    subject: Subject
    over_tls: bool
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Probe:
    """What a probe of health answered.

    Attributes:
        name: `live` or `ready`.
        without_database: Whether its backend's database is away.
    """

    subject: Subject
    name: str
    without_database: bool
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TokenTrials:
    """What a protected operation answered to tokens.

    Attributes:
        statuses: Kind of token → status; 0 where nothing came back.
        untried: Kind of token that could not be made → why.
    """

    subject: Subject
    statuses: Mapping[str, int]
    untried: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RoleTrials:
    """What an operation answered to holders of roles.

    Attributes:
        roles: Which the document admits.
        statuses: Role → status; 0 where nothing came back.
    """

    subject: Subject
    roles: frozenset[str]
    statuses: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Possession:
    """Something that somebody made through the API.

    Attributes:
        created: The status of its making.
        seen: The status when its owner looked at it.
    """

    subject: Subject
    created: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reach:
    """A stranger's attempt on what somebody made.

    Attributes:
        lists: Whether the operation lists things, so that a stranger may call it.
        status: What came back; 0 for nothing.
        shows: Whether the stranger saw it.
        changes: Whether the owner saw it changed afterwards.
    """

    subject: Subject
    lists: bool
    status: int
    shows: bool
    changes: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BadInput:
    """What came back for input that no client should send.

    Attributes:
        fault: What was wrong with it.
        over_tls: Whether it was sent over TLS.
    """

    subject: Subject
    fault: str
    over_tls: bool
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SlowClients:
    """Clients that began a request and never ended it.

    Attributes:
        meanwhile: What somebody else got at the same time.
        ended: Seconds until each was answered or hung up on; None where that did not happen.
        watched: Seconds for which that was waited for.
    """

    subject: Subject
    meanwhile: Answer
    ended: tuple[float | None, ...]
    watched: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Burst:
    """What came back when many asked at the same time.

    Attributes:
        statuses: Status → how often.
        slowest: Milliseconds of the slowest answer.
        measured: Whether metrics tell connections in use and the bound of the pool.
        most_connections: Database connections that were in use at once.
        bound: How many the pool may hold.
    """

    subject: Subject
    statuses: Mapping[str, int]
    slowest: float
    measured: bool
    most_connections: float
    bound: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Api:
    """Everything that clients of an API saw.

    Attributes:
        given: What the run was given beside the base URL.
    """

    given: frozenset[str]
    documents: tuple[Document, ...]
    operations: tuple[TriedOperation, ...]
    probes: tuple[Probe, ...]
    tokens: tuple[TokenTrials, ...]
    roles: tuple[RoleTrials, ...]
    possessions: tuple[Possession, ...]
    reaches: tuple[Reach, ...]
    inputs: tuple[BadInput, ...]
    slow_clients: tuple[SlowClients, ...]
    bursts: tuple[Burst, ...]
