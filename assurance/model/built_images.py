"""Built images and containers started from them, in Docker's words."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BuiltImage:
    """An image that an engine holds.

    Attributes:
        subject: Its reference.
        role: `backend` or `frontend`.
        size: Bytes of all its layers, uncompressed.
        user: What USER says; empty for root.
        health_check: The command, empty where there is none.
    """

    subject: Subject
    role: str
    size: int
    user: str
    health_check: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StartedContainer:
    """A container on a read-only root file system, without capabilities and without a network.

    Attributes:
        subject: The image that it was started from.
        state: `healthy`, `running` where it has no health check, else what became of it.
        output: The last that it said.
        user: The effective user id of its first process; unknown where it does not run.
        setuid: Files that give whoever runs them the rights of their owner or group.
        histories: What shells remember.
        builders: Compilers and the like.
        writable: Paths that its user may write, without those under another one.
        volumes: Paths that the image declares as volumes.
        listening: Ports on which something listens.
        ports: Ports that the image declares.
        stopped_after: Seconds from SIGTERM to its end.
        exit_code: Of its first process; unknown where it did not end.
    """

    subject: Subject
    state: str
    output: str
    user: int
    setuid: tuple[str, ...]
    histories: tuple[str, ...]
    builders: tuple[str, ...]
    writable: tuple[str, ...]
    volumes: tuple[str, ...]
    listening: tuple[int, ...]
    ports: tuple[int, ...]
    stopped_after: float
    exit_code: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BuiltImages:
    """Everything that an engine showed."""

    images: tuple[BuiltImage, ...]
    containers: tuple[StartedContainer, ...]
