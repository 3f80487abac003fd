"""Images that are stopped by another signal."""

from __future__ import annotations

from collections.abc import Iterator

from dockerfile_policy import DockerfilePolicy, Violation
from dockerfile_reading import Dockerfile, Unresolved

TERM = ("SIGTERM", "TERM", "15")


def stops_on_sigterm(file: Dockerfile) -> Iterator[Violation]:
    """The signal is what the process is built to drain on."""
    signal = file.last("STOPSIGNAL")
    if signal is not None and "$" in signal.value:
        raise Unresolved(f"STOPSIGNAL is {signal.value}")
    if signal is not None and signal.value.upper() not in TERM:
        yield signal, f"STOPSIGNAL is {signal.value}"


POLICY = DockerfilePolicy(
    policy="CKV_ASSURE_78",
    requirement="IMG-06",
    name="Image stops on SIGTERM",
    remedy="Remove STOPSIGNAL, or set it to SIGTERM.",
    judge=stops_on_sigterm,
    omitted="SIGTERM is Docker's default.",
)
