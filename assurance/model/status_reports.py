"""Steps that say elsewhere what became of a release: on its commit, deployment or record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StatusReport:
    """A step that sets a status.

    Attributes:
        pipeline: Id of its pipeline.
        step: Its path.
        stage: Path of the stage that it stands in.
        where: What it writes to, such as the path of an address.
        after_success: Whether it runs when all went well.
        after_failure: Whether it runs when something in its stage failed.
        after_any_failure: Whether it runs when something failed in any stage before its own.
    """

    pipeline: str
    step: str
    stage: str
    where: str
    after_success: bool
    after_failure: bool
    after_any_failure: bool
