"""Reads which steps report a status, by the addresses that the products of Git give for that.

https://docs.github.com/rest/commits/statuses https://docs.gitlab.com/api/commits/
https://developer.atlassian.com/cloud/bitbucket/rest/api-group-commit-statuses/
https://learn.microsoft.com/rest/api/azure/devops/git/statuses
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assurance.model.flow import Condition, Status
from assurance.model.pipeline_walks import Placed, steps_of
from assurance.model.pipelines import Pipeline
from assurance.model.status_reports import StatusReport
from assurance.model.unknown import is_unknown

_ADDRESS = re.compile(
    r"/(statuses|check-runs|releases|deployments)(/|\?|$|[\s\"'])"
    r"|/commits?/[^\s\"']+/(statuses|comments)|/rest/build-status/|/checks/commits/"
)
_PROGRAM = re.compile(r"\b(gh|glab)\s+(release|api)\b")
_WRITES = re.compile(r"\b(curl|wget|http|Invoke-RestMethod|requests\.)")
_RECORDS = ("JiraUpdate", "ServiceNowUpdate")
_READING = ("GET", "HEAD")


def read_status_reports(pipelines: Iterable[Pipeline]) -> tuple[StatusReport, ...]:
    """Return the steps of all pipelines that report a status."""
    return tuple(
        report for pipeline in pipelines for placed in steps_of(pipeline) for report in _of(placed)
    )


def _of(placed: Placed) -> Iterator[StatusReport]:
    step = placed.step
    where = _target(step.type, step.values.get("spec"))
    if where:
        conditions = (
            placed.stage.condition,
            *(group.condition for group in placed.groups),
            step.condition,
        )
        undone = step.is_rollback
        yield StatusReport(
            pipeline=placed.pipeline.subject.id,
            step=step.path,
            where=where,
            after_success=not undone and _all_run(conditions, Status.SUCCESS),
            after_failure=undone
            or _all_run(conditions[-1:], Status.FAILURE)
            or _all_run(conditions[:1], Status.FAILURE),
        )


def _all_run(conditions: Iterable[Condition], status: Status) -> bool:
    """Whether nothing keeps it from running in that state."""
    return all(
        not is_unknown(found.status) and found.status in (status, Status.ALL)
        for found in conditions
    )


def _target(type_: str, spec: Any) -> str:
    """Return what a step writes a status to; empty where it does not."""
    if type_ in _RECORDS:
        return type_
    if not isinstance(spec, Mapping):
        return ""
    if type_ == "Http":
        url = str(spec.get("url", ""))
        writes = str(spec.get("method", "GET")).upper() not in _READING
        return url if writes and _ADDRESS.search(url) else ""
    return next((line for script in _scripts(spec) if (line := _line(script))), "")


def _scripts(spec: Mapping[str, Any]) -> Iterator[str]:
    """Yield the command of a Run step, and the script of a ShellScript step."""
    if isinstance(spec.get("command"), str):
        yield spec["command"]
    source: Any = spec
    for key in ("source", "spec", "script"):
        source = source.get(key) if isinstance(source, Mapping) else None
    if isinstance(source, str):
        yield source


def _line(script: str) -> str:
    """Return the command that writes a status, its continued lines joined."""
    for line in script.replace("\\\n", " ").splitlines():
        if line.lstrip().startswith("#"):
            continue
        if _PROGRAM.search(line) or (_WRITES.search(line) and _ADDRESS.search(line)):
            return " ".join(line.split())[:80]
    return ""
