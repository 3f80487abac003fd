"""What Rego says of a payload, beside what the suite says of the same.

A case is one definition of the reference, as it is or broken by a counterexample of a requirement
that a policy enforces. Rego is shown the payload of that definition as a run has it; the suite
judges the reference with that one definition in its place, so both see the same wrong.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assurance.catalogue import load
from assurance.counterexamples import break_state
from assurance.model.judgements import Layer, Outcome
from assurance.model.requirements import Counterexample
from assurance.rego.evaluation import Rego, rego_of
from assurance.rego.facts import facts
from assurance.rego.policies import Policy, own_policies, rego_text
from assurance.reshaping.definitions import Definition, Definitions
from assurance.reshaping.evidence import definitions_of
from assurance.reshaping.reshapes import written_out
from tests.metamorphic.verdicts import REPOSITORY, Suite

EVERY = "ASSURANCE_SHAPES" in os.environ
"""Whether a counterexample is shown on all that it changes, not only on the smallest.

Without it, the smallest definition that the suite fails is taken besides.
"""

ALONE = ("pipeline", "input_set", "overlay_input_set", "trigger")
"""Kinds that are left out besides the pipeline that is judged."""


@dataclass(frozen=True, slots=True)
class Offence:
    """A row that fails, or cannot be known.

    Attributes:
        requirement: Its id.
        scenario: Its title.
        sentence: What was judged.
        subject: Of what.
        actual: What the evidence shows.
    """

    requirement: str
    scenario: str
    sentence: str
    subject: str
    actual: str

    def names(self, identifier: str) -> bool:
        """Tell whether it is about something of that identifier.

        Of a path only its end is what offends; it leads through much that is right.
        """
        offending = self.actual.partition(" is reached without ")[0]
        return bool(
            re.search(rf"(?<![\w-]){re.escape(identifier)}(?![\w-])", f"{self.subject} {offending}")
        )


Failing = tuple[Offence, ...]
Kind = tuple[str, str, str, str]
"""What makes rows of one kind: requirement, scenario, sentence, subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One definition put to one policy.

    Attributes:
        policy: The policy.
        entity: What the policy is written for.
        definition: What is judged, with its templates written out.
        broken: In words; empty where the definition is as the reference has it.
        requirement: Whose counterexample broke it; empty where none did.
    """

    policy: Policy
    entity: str
    definition: Definition
    broken: str = ""
    requirement: str = ""

    @property
    def words(self) -> str:
        """What it is, for a reader."""
        named = (
            f'{self.policy.name(self.entity)} on the {self.entity} "{self.definition.identifier}"'
        )
        return f"{named}: {self.requirement} {self.broken or 'as it is'}"


class Comparison:
    """The cases of the reference, and what both say of them."""

    def __init__(self, suite: Suite) -> None:
        self.suite = suite
        self.policies = own_policies()
        requirements = load(REPOSITORY / "features" / "requirements").requirements
        self.requirements = {each.id: each for each in requirements}
        self.before: dict[tuple[str, str, str], Counter[Kind]] = {}
        self._cases: dict[str, tuple[Case, ...]] = {}
        self._said: dict[int, tuple[Case, Failing]] = {}

    @cached_property
    def whole(self) -> Definitions:
        """The definitions of the reference, with templates written out where a policy looks."""
        definitions = self.suite.definitions
        return tuple(written_out(definitions, index) for index in range(len(definitions)))

    @cached_property
    def regos(self) -> dict[str, Rego]:
        """The policies as they are emitted, by name."""
        known = facts(self.suite.definitions)
        return {
            policy.name(entity): rego_of(
                rego_text(policy, entity, self.requirements, known), REPOSITORY / policy.id
            )
            for policy in self.policies
            for entity in policy.entities
        }

    def cases(self, policy: Policy) -> tuple[Case, ...]:
        """Every case of a policy: what is good first, then what is broken."""
        if policy.id not in self._cases:
            self._cases[policy.id] = (*self.good(policy), *self.broken(policy))
        return self._cases[policy.id]

    def good(self, policy: Policy) -> Iterator[Case]:
        """Yield every definition that a policy is for, as it is."""
        for entity in policy.entities:
            for each in self.whole:
                if each.kind == entity:
                    yield Case(policy=policy, entity=entity, definition=each)

    def broken(self, policy: Policy) -> Iterator[Case]:
        """Yield every definition that a counterexample of a policy's requirements changes."""
        for requirement in policy.requirements:
            for each in self.requirements[requirement].counterexamples:
                if each.layer is Layer.DECLARED and not each.policy:
                    yield from self._changed(policy, requirement, each)

    def _changed(
        self, policy: Policy, requirement: str, counterexample: Counterexample
    ) -> Iterator[Case]:
        definitions = self._break(counterexample)
        for entity in policy.entities:
            cases = (
                Case(
                    policy=policy,
                    entity=entity,
                    definition=each,
                    broken=words_of(counterexample),
                    requirement=requirement,
                )
                for each in self._differing(definitions, entity)
            )
            yield from cases if EVERY else self._telling(cases)

    def _telling(self, cases: Iterator[Case]) -> Iterator[Case]:
        """Yield the first case, and the first one that the suite fails if it is another."""
        for number, case in enumerate(cases):
            fails = bool(self.of(case))
            if fails or number == 0:
                yield case
            if fails:
                return

    def _differing(self, definitions: Definitions, kind: str) -> Iterator[Definition]:
        """Yield what differs from the reference with its templates written out, small ones first.

        What a counterexample takes away whole has no payload.
        """
        same = {each.identifier: each.values for each in self.whole if each.kind == kind}
        mine = [index for index, each in enumerate(definitions) if each.kind == kind]
        for index in sorted(mine, key=lambda index: len(json.dumps(definitions[index].values))):
            found = written_out(definitions, index)
            if found.values != same.get(found.identifier):
                yield found

    def _break(self, counterexample: Counterexample) -> Definitions:
        state = break_state(self.suite.state(self.suite.definitions), counterexample).state
        resources = [each for body, _ in state.bodies for each in body["resources"]]
        return definitions_of(each for each in resources if each["type"] in self.suite.types)

    def of(self, case: Case) -> Failing:
        """What newly fails of a case as it is written."""
        key = id(case)
        if key not in self._said:
            self._said[key] = case, self.ours(case, (case.definition,))  # the case keeps its id
        return self._said[key][1]

    def ours(self, case: Case, here: Definitions) -> Failing:
        """What newly fails, in the scenarios of the policy's requirements, or cannot be known."""
        key = (case.policy.id, case.entity, case.definition.identifier)
        if key not in self.before:
            good = [each for each in self.whole if (each.kind, each.identifier) == key[1:]]
            self.before[key] = Counter(map(_kind, self._failing(case, tuple(good))))
        left = self.before[key].copy()
        new = []
        for each in self._failing(case, here):
            if left[_kind(each)]:
                left[_kind(each)] -= 1
            else:
                new.append(each)
        return tuple(new)

    def _failing(self, case: Case, here: Definitions) -> Failing:
        wanted = [t for t in self.suite.scenarios if t.requirement in case.policy.requirements]
        gone = ALONE if case.entity == "pipeline" else ()
        others = [
            each
            for each in self.suite.definitions
            if each.kind not in gone
            and (each.kind, each.identifier) != (case.entity, case.definition.identifier)
        ]
        rows = self.suite.rows(self.suite.state((*here, *others)), wanted)
        return tuple(
            Offence(row.requirement, row.scenario, row.step, self._subject(row.subject), row.actual)
            for row in rows
            if row.outcome in (Outcome.FAIL, Outcome.UNKNOWN)
        )

    def _subject(self, subject: str) -> str:
        """The subject in words: a secret together with the connector that keeps it."""
        kind, _, identifier = subject.partition(".")
        keepers = [
            str(each.values["spec"].get("secretManagerIdentifier", ""))
            for each in self.suite.definitions
            if f"harness_{each.kind}" == kind == "harness_secret" and each.identifier == identifier
        ]
        return " in ".join([subject, *keepers])


def _kind(offence: Offence) -> Kind:
    return (offence.requirement, offence.scenario, offence.sentence, offence.subject)


def words_of(counterexample: Counterexample) -> str:
    """A counterexample in one line."""
    value: Any = "" if counterexample.value is None else f" := {counterexample.value}"
    return f"{counterexample.change} {counterexample.target}{value}"
