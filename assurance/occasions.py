"""The runs of a scenario, and the system as the evidence shows it to each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from assurance.catalogue import Catalogue
from assurance.collection import Evidence
from assurance.counterexamples import Broken, break_state
from assurance.errors import AssuranceError, EvidenceError
from assurance.evidence import Json
from assurance.model.environments import Environment
from assurance.model.judgements import Layer
from assurance.model.requirements import Counterexample, Waiver
from assurance.readers.state import State
from assurance.readers.view import View
from assurance.settings import Settings
from assurance.sources import kinds_of


@dataclass(frozen=True, slots=True)
class Occasion:
    """One run of a scenario: where, on which layer, and on evidence broken by what.

    Attributes:
        environment: Where.
        layer: On which evidence.
        counterexample: What breaks the evidence first; None leaves it as it was collected.
        number: Of the counterexample in its requirement, from 1.
    """

    environment: Environment
    layer: Layer
    counterexample: Counterexample | None = None
    number: int = 0

    def __str__(self) -> str:
        name = f"{self.environment.name}-{self.layer}"
        return f"{name}-broken-{self.number}" if self.counterexample else name


class Views:
    """What was looked at so far: one view for each environment and layer.

    Args:
        settings: The system.
        catalogue: What must hold, with its waivers.
        evidence: Returns the evidence; asked when the first view is.
    """

    def __init__(
        self, settings: Settings, catalogue: Catalogue, evidence: Callable[[], Evidence]
    ) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._evidence = evidence
        self._seen: dict[tuple[str, Layer], View] = {}

    def __iter__(self) -> Iterator[View]:
        return iter(tuple(self._seen.values()))

    def of(self, occasion: Occasion) -> View:
        """Return the system as the evidence of an occasion shows it."""
        key = (occasion.environment.name, occasion.layer)
        if key not in self._seen:
            state = State(self._bodies(occasion), self._missing(occasion))
            self._seen[key] = View(
                environment=occasion.environment, layer=occasion.layer, state=state
            )
        return self._seen[key]

    def _bodies(self, occasion: Occasion) -> Iterator[tuple[Json, str]]:
        owners = (occasion.environment.name, "")
        for document in self._evidence().documents:
            concerned = document.layer == occasion.layer and document.environment in owners
            if concerned and "resources" in document.body:
                yield document.body, document.digest
        waivers = [
            _waiver(waiver)
            for waiver in self._catalogue.waivers
            if waiver.concerns(occasion.environment.name)
        ]
        if waivers and occasion.layer is Layer.DECLARED:
            yield {"root": "waivers", "resources": [], "waivers": waivers}, ""

    def _missing(self, occasion: Occasion) -> dict[str, AssuranceError]:
        """Return the kinds of evidence that the system has but that could not be had."""
        name = occasion.environment.name
        found: dict[str, AssuranceError] = {}
        for kind, absence in kinds_of(self._settings, occasion.environment, occasion.layer).items():
            there = self._evidence().of(kind, name) or self._evidence().of(kind, "")
            fault = self._evidence().fault(kind, name)
            if fault or not there:
                found[kind] = (
                    fault
                    or absence
                    or EvidenceError(
                        f"there is no {kind} evidence of the environment {name}.",
                        remedy="collect it, or select another environment.",
                    )
                )
        return found

    def broken(self, occasion: Occasion) -> tuple[View, Broken]:
        """Return the system with the counterexample of an occasion in it."""
        assert occasion.counterexample is not None
        broken = break_state(self.of(occasion).state, occasion.counterexample)
        view = View(environment=occasion.environment, layer=occasion.layer, state=broken.state)
        return view, broken


def _waiver(waiver: Waiver) -> Mapping[str, object]:
    """Return a waiver as evidence, so that it is judged, and broken, like everything else."""
    return {
        "name": f"waiver of {waiver.requirement} for {waiver.subject}",
        "reason": waiver.reason,
        "owner": waiver.owner,
        "approver": waiver.approver,
        "expires": waiver.expires.isoformat(),
        "file": waiver.location.file,
        "line": waiver.location.line,
    }
