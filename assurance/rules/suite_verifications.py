"""What must hold for the verification of production by this suite, and for what its verdict does.

The suite exits with 0 where everything passed, 1 where something fails, 6 where nothing fails but
something is undecided, and 4 where it was called wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assurance.model.actions import Part
from assurance.model.checks import Approval, Decision, SuiteVerification
from assurance.model.findings import Finding, each
from assurance.model.flow import Reaction
from assurance.model.pipeline_walks import Placed, parts_of
from assurance.model.pipelines import Pipeline, Step
from assurance.model.unknown import UnknownValue
from assurance.rules.application_steps import gate_of
from assurance.rules.path_choices import changes_production, may_hide_production
from assurance.rules.path_questions import Choice
from assurance.rules.paths import follows_on_every_path
from assurance.rules.released_services import of_service, services_of
from assurance.rules.responses import first_reaction

_BACK = (Reaction.ROLL_BACK_STAGE, Reaction.ROLL_BACK_PIPELINE, Reaction.ROLL_BACK_GROUP)
_STOPS = (Reaction.ABORT, Reaction.MARK_AS_FAILURE, None)
_ASKED = re.compile(r"^<\+(.+)>\s*(==|!=)\s*[\"']?(\w+)[\"']?$")
Wanted = Callable[[Step], bool]


def verifies_production(pipeline: Pipeline) -> Finding:
    """On every path that succeeds, this suite has judged production after it was changed."""
    return _followed(pipeline, _judges, "a verification by this suite")


def rolls_back_failures(pipeline: Pipeline) -> Finding:
    """Where the suite finds a failure, what was released is rolled back, each service of it."""
    return each(
        services_of(pipeline),
        lambda service: _rolled_back(pipeline, service),
        expected="exit status 1 of the suite rolls back what was brought to production before",
        none="nothing in it reaches production",
    )


def _rolled_back(pipeline: Pipeline, service: str) -> Finding:
    reacting = _reacting("1", _rolls_back)

    def chosen(part: SuiteVerification, placed: Placed) -> bool:
        return reacting(part, placed) and _reaches(part, placed, service)

    name = f"a rollback of {service} at exit status 1" if service else "a rollback at exit status 1"
    return _followed(pipeline, chosen, name, of_service(changes_production, service))


def _reaches(part: SuiteVerification, placed: Placed, service: str) -> bool:
    """Whether a rollback takes a service back; that of a stage, what the stage brought."""
    step = next(_failing(part, placed, "1"))
    whole = first_reaction(step, "Unknown") is Reaction.ROLL_BACK_PIPELINE
    return whole or not service or service in placed.stage.services


def asks_about_the_undecided(pipeline: Pipeline) -> Finding:
    """Where the suite cannot decide, a person does."""
    return _followed(pipeline, _reacting("6", _asks), "a question to people at exit status 6")


def aborts_wrong_calls(pipeline: Pipeline) -> Finding:
    """Where the suite was called wrongly, the pipeline stops without changing anything more."""
    return _followed(pipeline, _reacting("4", _aborts), "an abort at exit status 4")


def _followed(
    pipeline: Pipeline,
    chosen: Callable[[SuiteVerification, Placed], bool],
    name: str,
    target: Choice = changes_production,
) -> Finding:
    return follows_on_every_path(
        (pipeline,),
        target=target,
        gate=gate_of(SuiteVerification, chosen),
        gate_name=name,
        may_hide=may_hide_production,
        people_may_pass=True,
    )


def _judges(part: SuiteVerification, placed: Placed) -> bool:
    if part.defeated_by:
        return False
    if not part.environment:
        return False
    where = placed.stage.environments
    own = "env.identifier" in part.environment or "env.name" in part.environment
    named = any(use.reference.rpartition(".")[2] == part.environment for use in where)
    if "<+" in part.environment and not own:
        raise UnknownValue(f"which environment {part.environment} is, is decided by the run")
    return named or (own and bool(where))


def _reacting(status: str, wanted: Wanted) -> Callable[[SuiteVerification, Placed], bool]:
    """Return the choice of verifications whose exit status leads to what is wanted."""

    def chosen(part: SuiteVerification, placed: Placed) -> bool:
        if not _judges(part, placed):
            return False
        step = next(_failing(part, placed, status), None)
        return step is not None and wanted(step)

    return chosen


def _failing(part: SuiteVerification, placed: Placed, status: str) -> Iterator[Step]:
    """Yield the steps that fail, or wait for people, because of an exit status, in their order."""
    if not part.status_variable:
        yield placed.step
        return
    ending = f"{placed.step.identifier}.output.outputVariables.{part.status_variable}"
    after = False
    for step in parts_of(placed.stage):
        if not isinstance(step, Step) or step.is_rollback:
            continue
        if after and any(_decides(found, ending, status, step) for found in step.action.parts):
            yield step
        after = after or id(step) == id(placed.step)


def _decides(part: Part, ending: str, status: str, step: Step) -> bool:
    if isinstance(part, Decision):
        always = not step.condition.expression
        return always and part.about.endswith(ending) and status in part.fails_on
    if isinstance(part, Approval):
        asked = _ASKED.match(step.condition.expression.strip())
        if asked is None or not asked[1].strip().endswith(ending):
            return False
        return (asked[3] == status) is (asked[2] == "==")
    return False


def _rolls_back(step: Step) -> bool:
    return first_reaction(step, "Unknown") in _BACK


def _asks(step: Step) -> bool:
    return bool(step.action.of(Approval)) or first_reaction(step, "Unknown") is Reaction.ASK


def _aborts(step: Step) -> bool:
    return first_reaction(step, "Unknown") in _STOPS
