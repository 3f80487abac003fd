"""One audit: what is judged, on which evidence, and what came of it; knows nothing of pytest."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from assurance.bite import Bite, Trial, compare
from assurance.catalogue import Catalogue
from assurance.collection import Collection, Evidence
from assurance.collectors.checkov.bite import POLICY_PROOF
from assurance.evidence import Document, EvidenceStore
from assurance.judge import Judge
from assurance.ledger import Ledger, Scope, absent
from assurance.model.environments import Environment
from assurance.model.judgements import Judgement, Layer, Outcome, Reason
from assurance.model.reports import (
    Report,
    ScenarioRun,
    ScenarioText,
    StepRun,
    StepStatus,
)
from assurance.model.requirements import Counterexample
from assurance.occasions import Occasion, Views
from assurance.readers.view import View
from assurance.readers.vocabulary import all_kinds
from assurance.settings import Settings
from assurance.waiving import is_waived


@dataclass(kw_only=True)
class Audit:
    """An audit under way.

    Attributes:
        settings: The system.
        catalogue: What must hold.
        scenarios: Everything that stands in the feature files.
        scope: What the run was asked to look at.
        collection: The evidence, being collected or stored.
        bite: Whether counterexamples are tried.
        reports: Where the reports go.
        ledger: The judgements so far.
        trials: The proofs of bite so far.
        runs: What became of the scenarios so far.
        policed: Requirement id and environment whose policies were judged or left out so far.
        closed: The report, once the ledger is closed.
        started: When, in UTC.
        clock: The same on the clock that measures how long it takes.
    """

    settings: Settings
    catalogue: Catalogue
    scenarios: tuple[ScenarioText, ...]
    scope: Scope
    collection: Collection | Evidence
    bite: bool
    reports: Path
    ledger: Ledger
    trials: list[Trial] = field(default_factory=list)
    runs: list[ScenarioRun] = field(default_factory=list)
    policed: set[tuple[str, str]] = field(default_factory=set)
    closed: Report | None = None
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    clock: float = field(default_factory=time.monotonic)
    _evidence: Evidence | None = None

    @property
    def evidence(self) -> Evidence:
        """The evidence; waits until it is collected."""
        if self._evidence is None:
            collection = self.collection
            self._evidence = collection if isinstance(collection, Evidence) else collection.result()
        return self._evidence

    @cached_property
    def _texts(self) -> Mapping[tuple[str, int], ScenarioText]:
        return {(text.location.file, text.location.line or 0): text for text in self.scenarios}

    def text(self, file: str, line: int) -> ScenarioText:
        """Return the scenario that stands in a line of a feature file (a path that ends so)."""
        path = Path(file).resolve()
        names = (Path(*path.parts[index:]).as_posix() for index in range(len(path.parts)))
        return next(self._texts[name, line] for name in names if (name, line) in self._texts)

    @cached_property
    def policy_proof(self) -> Document | None:
        """What the proof of the policies found; None where there is none."""
        if isinstance(self.collection, Evidence):
            return next(iter(self.evidence.of(POLICY_PROOF, "")), None)
        return self.collection.proof()

    def occasions(self, text: ScenarioText) -> tuple[Occasion, ...]:
        """Return the runs of a scenario, each followed by those on broken evidence."""
        found: list[Occasion] = []
        for environment in self.selected:
            for layer in text.layers:
                if layer in self.scope.layers and layer in environment.layers:
                    found.append(Occasion(environment, layer))
                    found.extend(self._broken_occasions(text, environment, layer))
        return tuple(found)

    @property
    def selected(self) -> tuple[Environment, ...]:
        """The environments that are judged."""
        return tuple(
            environment
            for environment in self.scope.environments
            if environment.name in self.scope.selected_environments
        )

    @property
    def judged_layers(self) -> frozenset[Layer]:
        """The layers on which something was judged."""
        return frozenset(
            row.layer for row in self.ledger.rows if row.outcome is not Outcome.NOTCHECKED
        )

    @cached_property
    def views(self) -> Views:
        """What the evidence shows; none of it is looked at before it is asked for."""
        return Views(self.settings, self.catalogue, lambda: self.evidence)

    def _broken_occasions(
        self, text: ScenarioText, environment: Environment, layer: Layer
    ) -> Iterable[Occasion]:
        requirement = self.catalogue.requirement(text.requirement)
        for number, counterexample in enumerate(requirement.counterexamples, start=1):
            concerns = counterexample.scenario in {"", text.title} and not counterexample.policy
            if self.bite and counterexample.layer == layer and concerns:
                yield Occasion(environment, layer, counterexample, number)

    def judge(self, text: ScenarioText, view: View) -> Judge:
        """Return the judge of one scenario run."""
        return Judge(
            requirement=self.catalogue.requirement(text.requirement),
            view=view,
            scenario=text.title,
            kinds=dict(all_kinds()),
        )

    def enter(self, judge: Judge) -> tuple[Judgement, ...]:
        """Take the rows of a scenario that ran on the evidence itself."""
        return self.ledger.enter(judge)

    def not_waived(self, rows: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
        """Return the rows without the failures that a live waiver excepts."""
        waivers, today = self.catalogue.waivers, self.started.date()
        return tuple(row for row in rows if not is_waived(row, waivers, today))

    def enter_absent(
        self,
        text: ScenarioText,
        occasion: Occasion,
        why: str,
        outcome: Outcome = Outcome.ERROR,
    ) -> Judgement:
        """Take the one row of a scenario that did not run."""
        requirement = self.catalogue.requirement(text.requirement)
        row = absent(
            requirement, occasion.environment, occasion.layer, text.title, why, outcome=outcome
        )
        self.ledger.rows.append(row)
        return row

    def leave_out(self, text: ScenarioText, occasion: Occasion) -> None:
        """Account for a scenario that the user deselected."""
        row = self.enter_absent(text, occasion, Reason.DESELECTED, Outcome.NOTCHECKED)
        steps = tuple(
            StepRun(step=step, status=StepStatus.SKIPPED, seconds=0.0) for step in text.steps
        )
        self.runs.append(
            ScenarioRun(
                scenario=text,
                environment=occasion.environment.name,
                layer=occasion.layer,
                outcome=row.outcome,
                steps=steps,
                seconds=0.0,
                message=Reason.DESELECTED,
            )
        )

    def enter_trial(
        self, text: ScenarioText, occasion: Occasion, mutated: frozenset[str], judge: Judge
    ) -> Trial:
        """Compare a run on broken evidence with the one before it."""
        assert occasion.counterexample is not None
        before = [
            row
            for row in self.ledger.rows
            if row.requirement == text.requirement
            and row.scenario == text.title
            and row.environment == occasion.environment.name
            and row.layer == occasion.layer
        ]
        bite, why = compare(occasion.counterexample, mutated, before, judge.rows)
        trial = Trial(
            requirement=text.requirement,
            counterexample=describe(occasion.counterexample),
            scenario=text.title,
            environment=occasion.environment.name,
            bite=bite,
            why=why,
        )
        self.trials.append(trial)
        return trial

    def enter_broken_trial(
        self, text: ScenarioText, occasion: Occasion, why: str, bite: Bite
    ) -> None:
        """Take a run on broken evidence that broke itself."""
        assert occasion.counterexample is not None
        self.trials.append(
            Trial(
                requirement=text.requirement,
                counterexample=describe(occasion.counterexample),
                scenario=text.title,
                environment=occasion.environment.name,
                bite=bite,
                why=why,
            )
        )

    def keep_evidence(self) -> None:
        """Store what was collected beside the reports, for `--evidence`; stored evidence stays."""
        if isinstance(self.collection, Evidence):
            return
        store = EvidenceStore(self.reports / "evidence")
        store.clear()
        proof = (self.policy_proof,) if self.policy_proof else ()
        for document in (*self.evidence.documents, *proof):
            store.write(document)


def describe(counterexample: Counterexample) -> str:
    """Return a counterexample in words."""
    value = "" if counterexample.value is None else f" {counterexample.value!r}"
    return f"{counterexample.change} {counterexample.target}{value}"
