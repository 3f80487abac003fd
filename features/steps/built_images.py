"""Sentences about built images and running containers."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import built_images as rules


@then("every image of a backend stays within its budget")
def backends_stay_within_budget(judge: Judge) -> None:
    """All layers together."""
    megabytes = judge.limit("backend_megabytes")
    judge.every("built image", rules.stays_within_budget, role="backend", megabytes=megabytes)


@then("every image of a frontend stays within its budget")
def frontends_stay_within_budget(judge: Judge) -> None:
    """All layers together."""
    megabytes = judge.limit("frontend_megabytes")
    judge.every("built image", rules.stays_within_budget, role="frontend", megabytes=megabytes)


@then("every container runs as another user than root")
def runs_as_other_than_root(judge: Judge) -> None:
    """By the effective id of its first process."""
    judge.every("started container", rules.runs_as_other_than_root)


@then("every container runs on a read-only root file system")
def runs_on_read_only_root(judge: Judge) -> None:
    """It was started on one."""
    judge.every("started container", rules.runs_on_read_only_root)


@then("every container becomes healthy")
def becomes_healthy(judge: Judge) -> None:
    """By its own health check."""
    judge.every("started container", rules.becomes_healthy)


@then("every container stops on SIGTERM in time")
def stops_on_sigterm(judge: Judge) -> None:
    """By itself, and in good order."""
    judge.every("started container", rules.stops_on_sigterm, seconds=judge.limit("stop_seconds"))


@then("no container holds a setuid file")
def holds_no_setuid(judge: Judge) -> None:
    """But the allowed ones."""
    judge.every("started container", rules.holds_no_setuid, allowed=judge.limit("setuid_allowed"))


@then("no container holds the history of a shell")
def holds_no_history(judge: Judge) -> None:
    """Of any user."""
    judge.every("started container", rules.holds_no_history)


@then("no container holds a compiler")
def holds_no_builder(judge: Judge) -> None:
    """Nor a linker, nor what drives one."""
    judge.every("started container", rules.holds_no_builder)


@then("every container may write to its declared volumes only")
def writes_only_to_volumes(judge: Judge) -> None:
    """By the rights of its files."""
    judge.every("started container", rules.writes_only_to_volumes)


@then("every container listens on its declared port only")
def listens_only_where_declared(judge: Judge) -> None:
    """By its sockets."""
    judge.every("started container", rules.listens_only_where_declared)
