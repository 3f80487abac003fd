"""Every scenario that looks at pipelines, judged in this process on evidence of our making.

Steps are taken from where pytest-bdd registers them, so that a scenario written tomorrow is run
tomorrow. What is not about Harness is collected once and goes along unchanged; Terraform is left
out, and a scenario that asks for it finds nothing there in every shape alike.
"""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from assurance.catalogue import load
from assurance.features import load_scenarios
from assurance.judge import Judge
from assurance.model.judgements import Judgement, Layer, Outcome
from assurance.model.reports import ScenarioText
from assurance.readers.state import State
from assurance.readers.view import View
from assurance.readers.vocabulary import all_kinds
from assurance.reshaping.definitions import Definitions
from assurance.reshaping.evidence import definitions_of, is_definition, resources_of
from assurance.settings import load_settings
from assurance.sources import sources_of

REPOSITORY = Path(__file__).parents[2]
HARNESS = "harness"
COLLECTED = (HARNESS, "source", "docker")

Json = Mapping[str, Any]
Verdicts = Mapping[tuple[str, str, str], Counter[str]]
"""By requirement, scenario and sentence: how often each outcome.

Of what passed or is not applicable only whether there is any: a template in a file of its own is
one definition more to look at.
"""

_PRESENT = (Outcome.PASS, Outcome.NOTAPPLICABLE)


@cache
def shared_suite() -> Suite:
    """The one that all tests of a process share: it is never written to."""
    return Suite()


class Suite:
    """The scenarios of the declared layer, with the evidence of the reference."""

    def __init__(self) -> None:
        for file in sorted((REPOSITORY / "features" / "steps").glob("[a-z]*.py")):
            importlib.import_module(f"features.steps.{file.stem}")
        self.contexts = tuple(step_function_context_registry.values())
        self.settings = load_settings(REPOSITORY / "assurance.toml")
        self.catalogue = load(REPOSITORY / "features" / "requirements")
        self.environment = next(
            place.environment for place in self.settings.places if place.environment.production
        )

    @cached_property
    def bodies(self) -> Mapping[str, Json]:
        """The evidence that pipelines are judged with."""
        sources = sources_of(self.settings, (self.environment,), frozenset({Layer.DECLARED}))
        return {each.kind: each.collect() for each in sources if each.kind in COLLECTED}

    @cached_property
    def definitions(self) -> Definitions:
        """The definitions of the reference."""
        return definitions_of(self.bodies[HARNESS]["resources"])

    @cached_property
    def scenarios(self) -> tuple[ScenarioText, ...]:
        """The scenarios that ask for definitions of Harness."""
        known = {each.id: each for each in self.catalogue.requirements}
        texts = load_scenarios(REPOSITORY / "features", known)
        declared = [text for text in texts if Layer.DECLARED in text.layers]
        return tuple(text for text in declared if self._asks(text))

    def _asks(self, text: ScenarioText) -> bool:
        state = self.state(())  # what is asked for is asked for where there is nothing, too
        self.judgements(text, View(environment=self.environment, layer=Layer.DECLARED, state=state))
        return not self.types.isdisjoint(state.asked)

    @cached_property
    def types(self) -> frozenset[str]:
        """The types that definitions are evidence of."""
        return frozenset(f"harness_{each.kind}" for each in self.definitions)

    @cached_property
    def reference(self) -> Verdicts:
        """What is said of the reference as it is."""
        return self.verdicts(self.state(self.definitions))

    def state(self, definitions: Definitions) -> State:
        """The evidence with other definitions in the place of the reference's."""
        body = self.bodies[HARNESS]
        others = [each for each in body["resources"] if not is_definition(each)]
        changed = {**body, "resources": [*others, *resources_of(definitions)]}
        bodies = [
            (changed if kind == HARNESS else each, kind) for kind, each in self.bodies.items()
        ]
        return State(bodies)

    def verdicts(self, state: State, scenarios: Iterable[ScenarioText] | None = None) -> Verdicts:
        """What every scenario says."""
        found: dict[tuple[str, str, str], Counter[str]] = {}
        for row in self.rows(state, self.scenarios if scenarios is None else scenarios):
            key = (row.requirement, row.scenario, row.step)
            counts = found.setdefault(key, Counter())
            counts[row.outcome] = 1 if row.outcome in _PRESENT else counts[row.outcome] + 1
        return found

    def rows(self, state: State, scenarios: Iterable[ScenarioText]) -> Iterator[Judgement]:
        """Every row of some scenarios."""
        view = View(environment=self.environment, layer=Layer.DECLARED, state=state)
        for text in scenarios:
            yield from self.judgements(text, view)

    def judgements(self, text: ScenarioText, view: View) -> tuple[Judgement, ...]:
        """What a scenario says of every subject."""
        judge = Judge(
            requirement=self.catalogue.requirement(text.requirement),
            view=view,
            scenario=text.title,
            kinds=dict(all_kinds()),
        )
        for step in text.steps:
            judge.step = step.text
            context, arguments = self._bound(step.text)
            context.step_func(judge=judge, **arguments)
        return tuple(judge.rows)

    def _bound(self, sentence: str) -> tuple[StepFunctionContext, dict[str, Any]]:
        for context in self.contexts:
            if context.parser.is_matching(sentence):
                arguments = context.parser.parse_arguments(sentence) or {}
                convert = context.converters
                return context, {
                    name: convert[name](value) if name in convert else value
                    for name, value in arguments.items()
                }
        raise AssertionError(f"no step for {sentence!r}")
