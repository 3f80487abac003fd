"""The applications that the system delivers, as their source shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assurance.model.subjects import Location, Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FlagEvaluation:
    """A place in the code that asks for a feature flag.

    Attributes:
        flag: Its key, or the expression that it comes from.
        default: What holds when the flag service does not answer, as it is written.
    """

    subject: Subject
    flag: str
    default: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ApiDocument:
    """An OpenAPI document in the source.

    Attributes:
        version: Of OpenAPI.
        operations: How many it describes.
        fault: What makes it invalid; empty for a valid one.
    """

    version: str
    operations: int
    fault: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Argument:
    """An argument in code.

    Attributes:
        is_literal: Whether the code says its value, rather than where it comes from.
        value: The literal, or the expression as it is written.
    """

    is_literal: bool
    value: object


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DatabasePool:
    """A place in the code that opens a pool of database connections.

    Attributes:
        arguments: Of the pool.
        connection: What is passed on to the driver.
    """

    subject: Subject
    arguments: Mapping[str, Argument]
    connection: Mapping[str, Argument]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Application:
    """One application.

    Attributes:
        name: In the description of the system.
        role: `backend` or `frontend`.
        directory: Of its source, from the root of the repository.
        dockerfile: What its image is built from, likewise.
        image: Its repository in the registry; empty where nobody said.
        lock_files: The lock files that exist in its directory, from the root of the repository.
        flags: Where its code asks for flags.
        api_documents: OpenAPI documents in its source.
    """

    subject: Subject
    name: str
    role: str
    directory: str
    dockerfile: str
    image: str
    lock_files: tuple[str, ...]
    flags: tuple[FlagEvaluation, ...]
    api_documents: tuple[ApiDocument, ...] = ()
