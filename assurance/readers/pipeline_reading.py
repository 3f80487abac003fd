"""What a reader of pipelines carries down the tree: what a node stands in, and what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from assurance.model.flow import FailureStrategy
from assurance.model.pipelines import EnvironmentUse, Hidden
from assurance.model.records import record
from assurance.model.subjects import Subject
from assurance.model.unknown import unknown
from assurance.readers.entities import Entities
from assurance.readers.pipeline_flow import shortest
from assurance.readers.pipeline_text import Written
from assurance.readers.projects import Projects

MOST_NODES = 50_000
"""More nodes than this in one pipeline are templates that multiply each other."""
DEEPEST = 40
"""Groups and parallel blocks that are nested deeper than this were not written by people."""


@dataclass(slots=True)
class Reading:
    """The reading of one pipeline.

    Attributes:
        entities: All definitions.
        projects: The applications whose files commands depend on.
        digest: Of the evidence.
        deployed: What earlier stages deploy and where to, by their identifier.
        taken: The paths that are given away.
        left: How many more nodes are read.
    """

    entities: Entities
    projects: Projects
    digest: str
    deployed: dict[str, tuple[tuple[str, ...], tuple[EnvironmentUse, ...]]] = field(
        default_factory=dict
    )
    taken: set[str] = field(default_factory=set)
    left: int = MOST_NODES

    def subject(self, path: str, written: Written) -> Subject:
        """Return the subject of a node; two nodes with one path are told apart by line."""
        location = written.location
        if path in self.taken:
            path = f"{path}@{location.line}"
        while path in self.taken:
            path = f"{path}'"
        self.taken.add(path)
        return Subject(id=path, location=location, evidence=self.digest)

    def hidden(self, around: Around, written: Written, level: str, reason: str) -> Hidden:
        """Return what stands in the place of something that cannot be seen."""
        name = written.label("identifier") or written.label("name") or level
        path = f"{around.path}/{name}"
        subject = self.subject(path, written)
        return Hidden(subject=subject, path=subject.id, level=level, reason=reason)


@record(kw_only=True)
class Around:
    """What a node stands in.

    Attributes:
        path: Of that.
        strategies: The failure strategies that it inherits.
        bound: The shortest timeout so far.
        selectors: Of delegates.
        is_rollback: Whether it is in rollback steps.
        known: What expressions stand for.
        open_: The templates that are being filled in.
        depth: How many groups and parallel blocks it is in.
    """

    path: str
    strategies: tuple[FailureStrategy, ...] = ()
    bound: float | None = None
    selectors: tuple[str, ...] = ()
    is_rollback: bool = False
    known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    open_: tuple[str, ...] = ()
    depth: int = 0

    def inside(self, template: str) -> Around:
        """Return the same within a template."""
        return replace(self, open_=(*self.open_, template)) if template else self

    def within(
        self,
        path: str,
        strategies: tuple[FailureStrategy, ...],
        timeout: float | None,
        selectors: tuple[str, ...],
    ) -> Around:
        """Return what the content of a stage or group stands in."""
        return replace(
            self,
            path=path,
            depth=self.depth + 1,
            strategies=(*strategies, *self.strategies),
            bound=shortest(timeout, self.bound),
            selectors=selectors,
        )


def read_selectors(written: Written, around: Around) -> tuple[str, ...]:
    """Return the tags of delegates that are stated here, or those of what it stands in."""
    own = written.mapping
    spec = own.get("spec")
    for place in (own, spec if isinstance(spec, dict) else own):
        stated = place.get("delegateSelectors")
        if stated is None:
            continue
        if isinstance(stated, list) and stated:
            return tuple(stated)
        if isinstance(stated, str):
            return unknown(f"its delegates are {stated}, which the run decides")
    return around.selectors
