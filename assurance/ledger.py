"""The ledger: every judgement of a run, closed so that nothing can be missing from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from assurance.judge import SYSTEM, Judge
from assurance.model.environments import Environment
from assurance.model.judgements import Judgement, Layer, Outcome, Reason, worst
from assurance.model.reports import Summary
from assurance.model.requirements import Requirement
from assurance.model.subjects import Location
from assurance.readers.kinds import Kind, subjects_of
from assurance.readers.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a run was asked to look at.

    Attributes:
        environments: All environments of the system.
        selected_environments: The names of those that are judged.
        layers: The layers that are judged.
    """

    environments: tuple[Environment, ...]
    selected_environments: frozenset[str]
    layers: frozenset[Layer]


@dataclass(slots=True)
class Ledger:
    """Rows as they come in; `close` completes and checks them.

    Attributes:
        scope: What the run was asked to look at.
        rows: The judgements.
    """

    scope: Scope
    rows: list[Judgement] = field(default_factory=list)

    def enter(self, judge: Judge) -> tuple[Judgement, ...]:
        """Take the rows of a scenario that was carried out, and what its populations left out."""
        rows = [*judge.rows, *unjudged(judge)]
        if not rows:
            rows = [_absent_of(judge, _NOTHING)]
        self.rows.extend(rows)
        return tuple(rows)

    def close(
        self, requirements: Iterable[Requirement], faults: Iterable[Judgement] = ()
    ) -> tuple[Judgement, ...]:
        """Return all rows in order, with one for every requirement, environment and layer.

        Args:
            requirements: The whole catalogue.
            faults: Rows about the catalogue itself.
        """
        self.rows.extend(faults)
        self.rows.extend(
            row for requirement in requirements for row in self._not_looked_at(requirement)
        )
        return tuple(sorted(_distinct(self.rows), key=_order))

    def _not_looked_at(self, requirement: Requirement) -> Iterable[Judgement]:
        there = {
            (row.environment, row.layer) for row in self.rows if row.requirement == requirement.id
        }
        for environment in self.scope.environments:
            for layer in requirement.layers:
                if (environment.name, layer) not in there:
                    yield self._explained(requirement, environment, Layer(layer))

    def _explained(
        self, requirement: Requirement, environment: Environment, layer: Layer
    ) -> Judgement:
        reason = self._reason(requirement, environment, layer)
        why = reason or "no scenario of this requirement was carried out"
        outcome = Outcome.NOTCHECKED if reason else Outcome.ERROR
        return absent(requirement, environment, layer, "", why, outcome=outcome)

    def _reason(
        self, requirement: Requirement, environment: Environment, layer: Layer
    ) -> Reason | None:
        if layer in requirement.unbuilt:
            return Reason.UNBUILT
        if layer not in self.scope.layers:
            return Reason.LAYER
        if layer not in environment.layers:
            return Reason.PLACE
        if environment.name not in self.scope.selected_environments:
            return Reason.ENVIRONMENT
        return None


_NOTHING = "the scenario judged nothing"


def absent(
    requirement: Requirement,
    environment: Environment,
    layer: Layer,
    scenario: str,
    why: str,
    *,
    outcome: Outcome = Outcome.ERROR,
) -> Judgement:
    """Return the row of a scenario that has none of its own."""
    return Judgement(
        requirement=requirement.id,
        environment=environment.name,
        layer=layer,
        scenario=scenario,
        step="",
        subject=SYSTEM,
        outcome=outcome,
        expected=requirement.title,
        actual=why,
    )


def _absent_of(judge: Judge, why: str) -> Judgement:
    view = judge.view
    return absent(judge.requirement, view.environment, view.layer, judge.scenario, why)


def inventory(view: View, kind: Kind) -> Mapping[str, Location]:
    """Return the id and place of every managed resource of a kind's types, from the raw evidence.

    This deliberately does not ask the readers: it is what they are checked against.
    """
    return {
        resource.id: resource.location
        for resource in view.state.resources
        if resource.is_managed and resource.type in kind.inventory
    }


def unjudged(judge: Judge) -> tuple[Judgement, ...]:
    """Return an `error` for everything that the inventory holds and the judge did not reach."""
    rows = []
    for step, kind in judge.judged:
        answered = subjects_of(judge.view.population(kind))
        for name, location in inventory(judge.view, kind).items():
            if name not in answered:
                row = _absent_of(judge, "")
                actual = f"it is in the evidence, but no reader made it one of the {kind.plural}"
                expected = "every resource of the inventory is judged"
                rows.append(
                    replace(
                        row,
                        step=step,
                        subject=name,
                        location=location,
                        expected=expected,
                        actual=actual,
                    )
                )
    return tuple(rows)


def _distinct(rows: Iterable[Judgement]) -> Iterable[Judgement]:
    """Yield the rows, and an error instead of the second of two that claim the same place."""
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        if row.key in seen:
            twice = "two judgements were made of this subject in one step"
            yield replace(row, outcome=Outcome.ERROR, actual=twice, step=f"{row.step} (again)")
        else:
            seen.add(row.key)
            yield row


def _order(row: Judgement) -> tuple[object, ...]:
    area, _, number = row.requirement.partition("-")
    layers = list(Layer)
    return (
        area,
        int(number),
        row.environment,
        layers.index(row.layer),
        row.scenario,
        row.step,
        row.subject,
        row.actual,
    )


def summarise(requirement: Requirement, rows: Iterable[Judgement]) -> Summary:
    """Fold the rows of a requirement.

    A layer that was not looked at does not hide the verdict on one that was; `layers` tells them
    apart, and every report shows both.
    """
    everything = tuple(rows)
    # Where an environment is never looked at on a layer, that says nothing of the others.
    own = tuple(row for row in everything if row.actual != Reason.PLACE) or everything
    layers = {
        str(layer): worst(_on(layer, own) or _on(layer, everything)) for layer in requirement.layers
    }
    looked_at = tuple(
        row.outcome for row in own if row.outcome is not Outcome.NOTCHECKED or _is_hole(row)
    )
    outcome = worst(looked_at) if looked_at else Outcome.NOTCHECKED
    return Summary(requirement=requirement.id, outcome=outcome, layers=layers)


def _on(layer: Layer | str, rows: Iterable[Judgement]) -> tuple[Outcome, ...]:
    return tuple(row.outcome for row in rows if row.layer == layer)


def _is_hole(row: Judgement) -> bool:
    """Whether something that was asked for could not be looked at."""
    return row.outcome is Outcome.NOTCHECKED and row.actual == Reason.TOOL


def exit_status(rows: Iterable[Judgement], *, faulty: bool = False) -> int:
    """Return the exit status of a run: 0, 1 or 6.

    0: all that was asked for passed, and something did; 1: something fails; 6: nothing fails, but
    something is `error` or `unknown`, could not be looked at, or nothing was judged at all. Wrong
    calls and configurations end with 4 before a ledger exists.

    Args:
        rows: The closed ledger.
        faulty: Whether a part of the suite itself did not work, such as a policy that did not load.
    """
    outcomes = [(row.outcome, _is_hole(row)) for row in rows]
    found = {outcome for outcome, _ in outcomes}
    if Outcome.FAIL in found:
        return 1
    hole = any(is_hole for _, is_hole in outcomes)
    undecided = found & {Outcome.ERROR, Outcome.UNKNOWN}
    if undecided or hole or faulty or Outcome.PASS not in found:
        return 6
    return 0
