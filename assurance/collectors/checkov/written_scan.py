"""Drives checkov's policies on YAML and Dockerfiles; imported only in the scanner's process.

What checkov's own runners add is reading the files, which is done already, and dropping what is
UNKNOWN, which matters here.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from checkov.common.checks.base_check import BaseCheck
from checkov.common.models.enums import CheckResult
from checkov.common.util.suppression import collect_suppressions_for_context
from checkov.dockerfile.parser import (
    collect_skipped_checks,
    convert_multiline_commands,
    dfp_group_by_instructions,
)
from checkov.dockerfile.registry import registry as dockerfile_registry
from checkov.runner_filter import RunnerFilter
from checkov.yaml_doc.registry import registry as yaml_registry
from dockerfile_parse import DockerfileParser

from assurance.collectors.checkov.evidence import UNRESOLVED
from assurance.collectors.checkov.written import DOCKERFILE, YAML, entity_type

Raw = dict[str, Any]
log = logging.getLogger(__name__)


def types() -> tuple[dict[str, list[str]], dict[str, str]]:
    """Policy → the types of entities that it judges, and policy → its name."""
    found: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    for framework, registry in ((YAML, yaml_registry), (DOCKERFILE, dockerfile_registry)):
        for entity, check in registry.all_checks():
            found.setdefault(check.id, set()).add(entity_type(framework, entity))
            names[check.id] = check.name
    return {policy: sorted(kinds) for policy, kinds in found.items()}, names


def scan_written(orders: Iterable[Raw]) -> tuple[list[Raw], dict[str, str]]:
    """Judge every definition and Dockerfile that was ordered; return what broke checkov too."""
    records: list[Raw] = []
    broken: dict[str, str] = {}
    for order in orders:
        scan = _dockerfile if order["framework"] == DOCKERFILE else _definition
        try:
            records += scan(order, _filter(order["framework"], tuple(order["policies"])))
        except Exception as error:  # a policy may raise anything; the other definitions count
            log.exception("checkov broke on %s", order["name"])
            broken[order["name"]] = f"checkov broke on it: {error!r}"
    return records, broken


@cache
def _filter(framework: str, policies: tuple[str, ...]) -> RunnerFilter:
    return RunnerFilter(framework=[framework], checks=list(policies), show_progress_bar=False)


def _definition(order: Raw, chosen: RunnerFilter) -> Iterator[Raw]:
    lines = [(n, line) for n, line in enumerate(order["text"].splitlines(), start=1)]
    # A comment that skips a policy counts wherever it stands in the file.
    definition = {**order["definition"], "__startline__": 1, "__endline__": len(lines)}
    skips = collect_suppressions_for_context(lines)
    results = yaml_registry.scan(order["name"], definition, skips, chosen)
    for result in results.values():
        block = result["results_configuration"]
        line = block.get("__startline__", 0) if isinstance(block, dict) else 0
        yield _record(order, result["check"], result, line)


def _dockerfile(order: Raw, chosen: RunnerFilter) -> Iterator[Raw]:
    text = convert_multiline_commands(order["text"])
    grouped, _ = dfp_group_by_instructions(DockerfileParser(fileobj=io.StringIO(text)))
    skips = collect_skipped_checks(grouped)
    results = dockerfile_registry.scan(order["name"], grouped, skips, chosen)
    for check, result in results.items():
        held: Any = result.get("results_configuration") or []
        blocks = held if isinstance(held, list) else [held]
        record = _record(order, check, result, blocks[0]["startline"] + 1 if blocks else 0)
        # A policy that comes with checkov takes a build argument for its name.
        argument = next((b["value"] for b in blocks if "$" in b["value"]), "")
        if argument and record["result"] == "PASSED" and not hasattr(check, "requirement"):
            record["details"] = f"{UNRESOLVED}{argument} holds a build argument"
        yield record


def _record(order: Raw, check: BaseCheck, result: Any, line: int) -> Raw:
    """A verdict as plain data; the words are the policy's until it judges the next one."""
    said: CheckResult = result["result"]
    details = "; ".join(check.details)
    if said is CheckResult.UNKNOWN and not details and hasattr(check, "requirement"):
        # Our own policies give a reason, unless one broke; checkov then only logs what happened.
        details = f"{UNRESOLVED}the policy broke"
    return {
        "entity": order["name"],
        "policy": check.id,
        "name": check.name,
        "result": said.value,
        "comment": result.get("suppress_comment") or "",
        "guideline": check.guideline or "",
        "details": details,
        "line": line,
        "unsettled": [],
    }
