"""The judge: puts a rule to every subject of a population and records one judgement for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from assurance.errors import AssuranceError, NotGiven
from assurance.model.findings import Finding, NotApplicable, Verdict
from assurance.model.judgements import Judgement, Outcome, Reason
from assurance.model.requirements import Requirement
from assurance.model.subjects import Location, Subject
from assurance.model.unknown import UnknownValue
from assurance.readers.kinds import Judged, Kind
from assurance.readers.unseen_modules import what_may_hide
from assurance.readers.view import View

SYSTEM = "system"
"""The subject of a judgement about the environment as a whole."""


@dataclass(slots=True, kw_only=True)
class Judge:
    """Judges one scenario on one view.

    Attributes:
        requirement: What is judged, with its parameters.
        view: On what.
        scenario: Its title.
        kinds: All kinds by noun.
        step: The sentence being judged; set before every step.
        rows: The judgements so far.
        judged: For every step and kind that was quantified over, the subjects, for the closure.
    """

    requirement: Requirement
    view: View
    scenario: str
    kinds: dict[str, Kind]
    step: str = ""
    rows: list[Judgement] = field(default_factory=list)
    judged: list[tuple[str, Kind]] = field(default_factory=list)
    _excluded: str = ""
    _empty: bool = False

    def limit(self, name: str) -> Any:
        """Return a parameter of the requirement, as the user set it or by default."""
        return self.requirement.parameters[name].value

    def only(self, *, where: bool, otherwise: str) -> None:
        """Narrow the scenario: elsewhere every subject is not applicable.

        Args:
            where: Whether the scenario speaks of this environment.
            otherwise: The catalogue's case that says why not.
        """
        if not where:
            self._excluded = otherwise

    def need(self, *, given: bool | Callable[[], bool], otherwise: Reason) -> None:
        """State that the scenario needs something that a run may do without.

        Where it was not given, that is recorded with its registered reason, and nothing is judged.

        Args:
            given: Whether it was; asked of the evidence where that may be missing itself.
            otherwise: The reason.
        """
        outcome, actual = Outcome.NOTCHECKED, str(otherwise)
        try:
            if given() if callable(given) else given:
                return
        except NotGiven as error:
            actual = error.reason
        except AssuranceError as error:
            outcome, actual = Outcome.ERROR, str(error)
        if not self._empty:
            self.record(self._whole(), outcome, expected=self.requirement.title, actual=actual)
        self._empty = True

    def require(self, noun: str) -> None:
        """State that there is at least one subject of a kind.

        An empty population is recorded as the catalogue says, and the steps after it judge nothing.
        """
        if self._population(noun) == ():
            self._record_empty(self.kinds[noun])

    def every(self, noun: str, rule: Callable[..., Verdict], *context: Any, **limits: Any) -> None:
        """Put a rule to every subject of a kind.

        Args:
            noun: The kind.
            rule: Takes the record, the context and the limits.
            context: Further records the rule needs.
            limits: Parameters of the requirement.
        """
        population = self._population(noun)
        if population is None or self._empty:
            return
        kind = self.kinds[noun]
        if not population:
            self._record_empty(kind)
            return
        self.judged.append((self.step, kind))
        for record in population:
            self._judge(record.subject, partial(rule, record, *context, **limits))

    def system(
        self,
        rule: Callable[..., Verdict],
        *records: Any,
        made_of: tuple[str, ...] = (),
        **limits: Any,
    ) -> None:
        """Put a rule about the environment as a whole.

        Args:
            rule: Takes the records and the limits.
            records: What it needs.
            made_of: Types of what the rule misses where it fails: it may be in an unseen module.
            limits: Parameters of the requirement.
        """
        if not self._empty:
            asked = partial(self._unless_hidden, partial(rule, *records, **limits), made_of)
            self._judge(self._whole(), asked)

    def _unless_hidden(self, rule: Callable[[], Verdict], made_of: tuple[str, ...]) -> Verdict:
        verdict = rule()
        hiding = what_may_hide(self.view.state, *made_of) if made_of else ""
        if hiding and isinstance(verdict, Finding) and not verdict.holds:
            raise UnknownValue(f"{verdict.actual}; {_not_available(hiding)}")
        return verdict

    def record(self, subject: Subject, outcome: Outcome, *, expected: str, actual: str) -> None:
        """Record an outcome that no rule decided."""
        self._record(subject, outcome, expected, actual, subject.location)

    def _population(self, noun: str) -> tuple[Judged, ...] | None:
        try:
            return self.view.population(self.kinds[noun])
        except UnknownValue as unknown:
            outcome, actual = Outcome.UNKNOWN, unknown.reason
        except NotGiven as error:
            outcome, actual = Outcome.NOTCHECKED, error.reason
        except AssuranceError as error:
            outcome, actual = Outcome.ERROR, str(error)
        expected = f"the {self.kinds[noun].plural} are known"
        self.record(self._whole(), outcome, expected=expected, actual=actual)
        self._empty = True
        return None

    def _judge(self, subject: Subject, rule: Callable[[], Verdict]) -> None:
        if self._excluded:
            self._not_applicable(subject, self._excluded)
            return
        try:
            verdict = rule()
        except UnknownValue as unknown:
            self.record(subject, Outcome.UNKNOWN, expected=self.step, actual=unknown.reason)
        except AssuranceError as error:
            self.record(subject, Outcome.ERROR, expected=self.step, actual=str(error))
        except Exception as error:  # noqa: BLE001  a rule that breaks must not hide its subject
            actual = f"the rule broke: {type(error).__name__}: {error}"
            self.record(subject, Outcome.ERROR, expected=self.step, actual=actual)
        else:
            self._enter(subject, verdict)

    def _enter(self, subject: Subject, verdict: Verdict) -> None:
        if isinstance(verdict, NotApplicable):
            self._not_applicable(subject, verdict.case)
        elif subject.existence:
            self.record(
                subject, Outcome.UNKNOWN, expected=verdict.expected, actual=subject.existence
            )
        else:
            self._record_finding(subject, verdict)

    def _record_finding(self, subject: Subject, finding: Finding) -> None:
        outcome = Outcome.PASS if finding.holds is True else Outcome.FAIL
        location = finding.location or subject.location
        self._record(subject, outcome, finding.expected, finding.actual, location)

    def _not_applicable(self, subject: Subject, case: str) -> None:
        reason = self.requirement.notapplicable.get(case)
        if reason is None:
            self.record(
                subject,
                Outcome.ERROR,
                expected=self.step,
                actual=f"the rule says not applicable: {case}, which the catalogue does not name",
            )
        else:
            self.record(subject, Outcome.NOTAPPLICABLE, expected=self.step, actual=reason)

    def _record_empty(self, kind: Kind) -> None:
        self._empty = True
        if self._excluded:
            self._not_applicable(self._whole(), self._excluded)
            return
        hiding = what_may_hide(self.view.state, *(kind.made_of or kind.inventory))
        reason = self.requirement.may_be_absent.get(kind.noun)
        missing = f"the configuration holds no {kind.noun}"
        otherwise = Outcome.NOTAPPLICABLE if reason else Outcome(self.requirement.when_empty)
        self.record(
            self._whole(),
            Outcome.UNKNOWN if hiding else otherwise,
            expected=f"at least one {kind.noun}",
            actual=f"{missing}; {_not_available(hiding)}" if hiding else reason or missing,
        )

    def _whole(self) -> Subject:
        roots = ", ".join(str(body["root"]) for body, _ in self.view.state.bodies)
        seals = ", ".join(seal for _, seal in self.view.state.bodies)
        return Subject(id=SYSTEM, location=Location(file=roots), evidence=seals)

    def _record(
        self,
        subject: Subject,
        outcome: Outcome,
        expected: str,
        actual: str,
        location: Location,
    ) -> None:
        self.rows.append(
            Judgement(
                requirement=self.requirement.id,
                environment=self.view.environment.name,
                layer=self.view.layer,
                scenario=self.scenario,
                step=self.step,
                subject=subject.id,
                outcome=outcome,
                expected=expected,
                actual=actual,
                location=location,
                evidence=subject.evidence,
            )
        )


def _not_available(modules: str) -> str:
    return f"{modules} may, whose source is not here (`terraform init` brings it)"
