"""pytest wiring of one scenario run: occasions, fixtures, steps, and the verdict on its rows."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import pytest
from pytest_bdd.parser import Scenario, ScenarioTemplate, Step
from pytest_bdd.scenario import scenario_wrapper_template_registry

from assurance.audit import Audit
from assurance.bite import Bite, Trial
from assurance.errors import AssuranceError, NotGiven
from assurance.judge import Judge
from assurance.model.judgements import Judgement, Outcome
from assurance.model.reports import ScenarioText
from assurance.occasions import Occasion
from assurance.readers.view import View
from assurance.recorder import Recorder
from assurance.verifiers import leave_policies_out, policy_occasions

AUDIT = pytest.StashKey[Audit]()
RECORDER = pytest.StashKey[Recorder]()
MUTATED = pytest.StashKey[frozenset[str]]()


def pytest_bdd_apply_tag() -> bool:
    """Keep tags out of pytest's markers: the catalogue checks them."""
    return True


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a scenario once for each of its occasions, and policies once for each of theirs."""
    audit = metafunc.config.stash.get(AUDIT, None)
    if audit is None:
        return
    if "policy_occasion" in metafunc.fixturenames:
        metafunc.parametrize("policy_occasion", policy_occasions(audit) or (None,), ids=str)
    template = _template(metafunc.function)
    if template is not None:
        occasions = audit.occasions(_scenario_text(audit, template)) or (None,)
        metafunc.parametrize("occasion", occasions, ids=str, indirect=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out scenarios that have no occasion: their layer is no part of this run."""
    items[:] = [item for item in items if not _is_without_occasion(item)]


def _is_without_occasion(item: pytest.Item) -> bool:
    callspec = getattr(item, "callspec", None)
    return callspec is not None and callspec.params.get("occasion", item) is None


def _template(function: Callable[..., object] | None) -> ScenarioTemplate | None:
    return scenario_wrapper_template_registry.get(function) if function else None


def _scenario_text(audit: Audit, scenario: ScenarioTemplate | Scenario) -> ScenarioText:
    return audit.text(scenario.feature.filename, scenario.line_number)


def pytest_deselected(items: list[pytest.Item]) -> None:
    """Account for what the user chose to leave out."""
    for item in items:
        audit = item.config.stash.get(AUDIT, None)
        template = _template(getattr(item, "function", None))
        occasion = _occasion(item)
        if audit and template and occasion and not occasion.counterexample:
            audit.leave_out(_scenario_text(audit, template), occasion)
        policies = _parameter(item, "policy_occasion")
        if audit and policies:
            leave_policies_out(audit, policies)


def _occasion(item: pytest.Item) -> Occasion | None:
    found: Occasion | None = _parameter(item, "occasion")
    return found


def _parameter(item: pytest.Item, name: str) -> Any:
    callspec = getattr(item, "callspec", None)
    return callspec.params.get(name) if callspec else None


@pytest.fixture(autouse=True)
def occasion(request: pytest.FixtureRequest) -> Occasion | None:
    """Where and on which evidence the scenario runs; None outside of scenarios."""
    return getattr(request, "param", None)


@pytest.fixture
def view(request: pytest.FixtureRequest, occasion: Occasion) -> View:
    """Return the system as the evidence shows it, broken where the occasion says so."""
    audit = request.config.stash[AUDIT]
    try:
        if occasion.counterexample is None:
            return audit.views.of(occasion)
        found, broken = audit.views.broken(occasion)
    except AssuranceError as error:
        fault = str(error)
        error.__traceback__ = None  # it is raised for every scenario, and would grow each time
    else:
        request.node.stash[MUTATED] = broken.mutated
        return found
    pytest.fail(fault, pytrace=False)


@pytest.fixture
def judge(request: pytest.FixtureRequest, view: View) -> Judge:
    """Return the judge of this scenario run."""
    audit = request.config.stash[AUDIT]
    template = _template(request.function)
    assert template is not None
    return audit.judge(_scenario_text(audit, template), view)


def pytest_bdd_before_step(request: pytest.FixtureRequest, step: Step) -> None:
    """Tell the judge which sentence it judges."""
    request.getfixturevalue("judge").step = step.name
    request.config.stash[RECORDER].begin(request.node.nodeid, step.line_number)


def pytest_bdd_after_step(request: pytest.FixtureRequest, step: Step) -> None:
    """Note what became of the step."""
    request.config.stash[RECORDER].end(request.node.nodeid, step.line_number)


def pytest_bdd_step_error(request: pytest.FixtureRequest, step: Step, exception: Exception) -> None:
    """Note that the step broke."""
    request.config.stash[RECORDER].broke(request.node.nodeid, step.line_number, exception)


def pytest_bdd_step_func_lookup_error(request: pytest.FixtureRequest, step: Step) -> None:
    """Note that nothing knows the sentence."""
    request.config.stash[RECORDER].undefined(request.node.nodeid, step.line_number)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call() -> Generator[None, object, object]:
    """Show what a step could not be told as one sentence: a user never sees a traceback of it."""
    try:
        return (yield)
    except NotGiven as error:
        pytest.skip(error.reason)
    except AssuranceError as error:
        fault = str(error)
        error.__traceback__ = None  # it is raised for every scenario, and would grow each time
    pytest.fail(fault, pytrace=False)


def pytest_bdd_after_scenario(request: pytest.FixtureRequest, scenario: Scenario) -> None:
    """Enter the judgements, and let pytest's verdict follow theirs."""
    recorder = request.config.stash[RECORDER]
    if recorder.is_broken(request.node.nodeid):
        return
    audit = request.config.stash[AUDIT]
    judge: Judge = request.getfixturevalue("judge")
    occasion: Occasion = request.getfixturevalue("occasion")
    text = _scenario_text(audit, scenario)
    if occasion.counterexample is None:
        rows = audit.enter(judge)
        recorder.judged(request.node.nodeid, rows)
        conclude(audit.not_waived(rows))
    else:
        _conclude_trial(audit.enter_trial(text, occasion, request.node.stash[MUTATED], judge))


def _conclude_trial(trial: Trial) -> None:
    """Leave the verdict to the proof of the requirement: one scenario that catches it is enough."""
    if trial.bite is not Bite.CAUGHT:
        pytest.skip(f"{trial.bite}: {trial.counterexample}: {trial.why}")


def conclude(rows: tuple[Judgement, ...]) -> None:
    """Let pytest's verdict on a test follow the judgements made in it."""
    bad = [row for row in rows if row.outcome in (Outcome.FAIL, Outcome.ERROR, Outcome.UNKNOWN)]
    if bad:
        pytest.fail("\n".join(message(row) for row in bad), pytrace=False)
    if not rows:
        pytest.skip("not applicable: nothing here is of a type that the policies judge")
    if all(row.outcome is Outcome.NOTAPPLICABLE for row in rows):
        pytest.skip(f"not applicable: {rows[0].actual}")


def message(row: Judgement) -> str:
    """Return a judgement as one line for an engineer."""
    place = f" ({row.location})" if row.location else ""
    return (
        f"{row.requirement} {row.outcome}: {row.subject}{place}: {row.actual}; "
        f"expected {row.expected}"
    )


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> None:
    """Account for scenarios that broke before they judged, and for how long everything took."""
    audit = item.config.stash.get(AUDIT, None)
    template = _template(getattr(item, "function", None))
    if audit is None or template is None:
        return
    text, occasion = _scenario_text(audit, template), _occasion(item)
    assert occasion is not None
    item.config.stash[RECORDER].phase(audit, text, occasion, item.nodeid, call)


def the_audit(request: pytest.FixtureRequest) -> Audit:
    """Return the audit under way."""
    return request.config.stash[AUDIT]
