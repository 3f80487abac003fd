"""What makes the actions of pipelines accountable."""

from __future__ import annotations

from assurance.model.actions import Part
from assurance.model.checks import Approval, PolicyCheck
from assurance.model.findings import Finding, all_of, any_of, each
from assurance.model.governance import PolicySet
from assurance.model.pipeline_walks import Placed
from assurance.model.pipelines import Pipeline, Step
from assurance.model.repositories import Repository
from assurance.model.unknown import UnknownValue
from assurance.rules.path_choices import changes_production, may_hide_production
from assurance.rules.paths import precedes_on_every_path

_EVERYBODY = ("_project_all_users", "_organization_all_users", "_account_all_users")
_STOPPING = ("onrun", "onsave")


def names_its_approvers(step: Step) -> Finding:
    """Groups of people are named, and none of them is everybody."""
    return each(
        step.action.of(Approval),
        _is_named,
        expected="the groups that may approve are named, and are not everybody",
        none="no approval",
    )


def _is_named(approval: Approval) -> Finding:
    if not approval.groups:
        if approval.kind == "HarnessApproval":
            return Finding(holds=False, expected="", actual="no group is named")
        raise UnknownValue(f"who approves in a {approval.kind} is kept elsewhere")
    everybody = any_of(approval.groups, lambda group: group.rpartition(".")[2] in _EVERYBODY)
    names = ", ".join(approval.groups)
    actual = f"everybody may approve ({names})" if everybody else f"{names} may approve"
    return Finding(holds=not everybody, expected="", actual=actual)


def enforces_policies(pipeline: Pipeline, policy_sets: tuple[PolicySet, ...]) -> Finding:
    """Policy sets stop what breaks them before it changes production."""
    general = [found for found in policy_sets if _stops_pipelines(found)]
    if general:
        names = ", ".join(str(found.subject) for found in general)
        expected = "policy sets stop a pipeline that breaks them"
        return Finding(holds=True, expected=expected, actual=f"every run is held to {names}")
    return precedes_on_every_path(
        (pipeline,),
        target=changes_production,
        gate=_checks_policies,
        gate_name="policy set",
        may_hide=may_hide_production,
    )


def _stops_pipelines(found: PolicySet) -> bool:
    return (
        found.type == "pipeline"
        and found.action in _STOPPING
        and found.is_enabled
        and found.severities != ()
        and all_of(found.severities, lambda severity: severity == "error")
    )


def _checks_policies(part: Part, placed: Placed) -> bool:
    enforced = placed.step.values.get("enforce")
    listed = enforced.get("policySets") if isinstance(enforced, dict) else None
    return bool(listed) or (isinstance(part, PolicyCheck) and part.policy_sets != ())


def is_stored_in_git(pipeline: Pipeline, repository: Repository) -> Finding:
    """Its file is under version control, so every change of it has an author and a time."""
    if not repository.is_git:
        raise UnknownValue("what git keeps is not known: this is no working tree of it")
    file = pipeline.subject.location.file
    holds = file in repository.files
    return Finding(
        holds=holds,
        expected="git keeps the file that defines it",
        actual=f"git keeps {file}" if holds else f"git does not keep {file}",
    )
