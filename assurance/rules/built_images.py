"""What must hold for built images and for containers started from them."""

from __future__ import annotations

from collections.abc import Iterable

from assurance.model.built_images import BuiltImage, StartedContainer
from assurance.model.findings import Finding, NotApplicable, Verdict
from assurance.rules.lists import listing

_MEGABYTE = 1_000_000
_UP = ("healthy", "running")
_CLEAN = (0, 143)
"""Exit codes of a process that ended itself on SIGTERM: 0, or 128 and the signal's number."""


def stays_within_budget(image: BuiltImage, *, role: str, megabytes: int) -> Verdict:
    """Its layers together are not larger than the budget of its role."""
    if image.role != role:
        return NotApplicable("other_role")
    size = image.size / _MEGABYTE
    return Finding(
        holds=image.size <= megabytes * _MEGABYTE,
        expected=f"at most {megabytes} MB",
        actual=f"{size:.1f} MB",
    )


def runs_as_other_than_root(container: StartedContainer) -> Finding:
    """Its first process has an effective user id other than 0."""
    return Finding(
        holds=container.user != 0,
        expected="a user id other than 0",
        actual=f"user id {container.user}",
    )


def runs_on_read_only_root(container: StartedContainer) -> Finding:
    """It comes up, and stays up, on a root file system that nobody can write to."""
    up = container.state in _UP
    said = container.output.strip().splitlines()[-1:]
    return Finding(
        holds=up,
        expected="healthy on a read-only root file system",
        actual=container.state if up else f"{container.state}: {listing(said) or 'silent'}",
    )


def becomes_healthy(container: StartedContainer) -> Finding:
    """Its own health check says so."""
    return Finding(
        holds=container.state == "healthy",
        expected="healthy by its own health check",
        actual=container.state,
    )


def stops_on_sigterm(container: StartedContainer, *, seconds: int) -> Finding:
    """It ends by itself, in time, and in good order."""
    in_time = container.stopped_after <= seconds
    clean = container.exit_code in _CLEAN
    return Finding(
        holds=in_time and clean,
        expected=f"an end in good order within {seconds} s of SIGTERM",
        actual=f"exit status {container.exit_code} after {container.stopped_after} s",
    )


def holds_no_setuid(container: StartedContainer, *, allowed: Iterable[str]) -> Finding:
    """No file lends the rights of its owner, but those that are allowed to."""
    return _nothing_beyond(container.setuid, allowed, "setuid files")


def holds_no_history(container: StartedContainer) -> Finding:
    """No shell remembers anything."""
    return _nothing_beyond(container.histories, (), "histories of shells")


def holds_no_builder(container: StartedContainer) -> Finding:
    """Nothing that makes programs is there for whoever gets in."""
    return _nothing_beyond(container.builders, (), "compilers or linkers")


def writes_only_to_volumes(container: StartedContainer) -> Finding:
    """Its user may write nothing outside the declared volumes."""
    outside = [
        path
        for path in container.writable
        if not any(path == volume or path.startswith(f"{volume}/") for volume in container.volumes)
    ]
    return _nothing_beyond(outside, (), f"writable paths beside {listing(container.volumes)}")


def listens_only_where_declared(container: StartedContainer) -> Finding:
    """Something listens, and only on ports that the image declares."""
    stray = sorted(set(container.listening) - set(container.ports))
    return Finding(
        holds=bool(container.listening) and not stray,
        expected=f"listens on {listing(container.ports) or 'a declared port'} only",
        actual=f"listens on {listing(container.listening)}"
        if container.listening
        else "nothing listens",
    )


def _nothing_beyond(found: Iterable[str], allowed: Iterable[str], what: str) -> Finding:
    stray = sorted(set(found) - set(allowed))
    return Finding(
        holds=not stray,
        expected=f"no {what}",
        actual=listing(stray[:5]) + (f" and {len(stray) - 5} more" if len(stray) > 5 else "")
        if stray
        else f"no {what}",
    )
