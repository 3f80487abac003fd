"""Reads which steps report a status, by the addresses that the products of Git give for that.

https://docs.github.com/rest/commits/statuses https://docs.gitlab.com/api/commits/
https://developer.atlassian.com/cloud/bitbucket/rest/api-group-commit-statuses/
https://learn.microsoft.com/rest/api/azure/devops/git/statuses
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from assurance.model.flow import Condition, Status
from assurance.model.pipeline_walks import Placed, steps_of
from assurance.model.pipelines import Pipeline
from assurance.model.status_reports import StatusReport
from assurance.model.unknown import is_unknown
from assurance.readers.scripts import scripts_of

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
    where = _target(step.type, step.values)
    if where:
        conditions = (
            placed.stage.condition,
            *(group.condition for group in placed.groups),
            step.condition,
        )
        yield StatusReport(
            pipeline=placed.pipeline.subject.id,
            step=step.path,
            stage=placed.stage.path,
            where=where,
            after_success=not step.is_rollback and _all_run(conditions, Status.SUCCESS),
            after_failure=step.is_rollback or _all_run(conditions[1:], Status.FAILURE),
            after_any_failure=_all_run(conditions[:1], Status.FAILURE),
        )


def _all_run(conditions: Iterable[Condition], status: Status) -> bool:
    """Whether nothing keeps it from running in that state."""
    return all(
        not is_unknown(found.status) and found.status in (status, Status.ALL)
        for found in conditions
    )


def _target(type_: str, values: Mapping[str, Any]) -> str:
    """Return what a step writes a status to; empty where it does not."""
    spec = values.get("spec")
    if type_ in _RECORDS:
        return type_
    if type_ == "Http" and isinstance(spec, dict):
        url = str(spec.get("url", ""))
        writes = str(spec.get("method", "GET")).upper() not in _READING
        return url if writes and _ADDRESS.search(url) else ""
    return next((line for script in scripts_of(values) if (line := _line(script))), "")


@lru_cache(maxsize=1 << 12)
def _line(script: str) -> str:
    """Return the command that writes a status, its continued lines joined.

    Scripts are copied from step to step: each is searched once.
    """
    for line in script.replace("\\\n", " ").splitlines():
        if line.lstrip().startswith("#"):
            continue
        if _PROGRAM.search(line) or (_WRITES.search(line) and _ADDRESS.search(line)):
            return " ".join(line.split())[:80]
    return ""
