"""Choosing an engine and putting the body together."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import os
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assurance.collectors.terraform import tfparse_engine
from assurance.collectors.terraform.configuration import lock_entry, module_entry
from assurance.collectors.terraform.evaluation import Evaluating
from assurance.collectors.terraform.formatting import unformatted
from assurance.collectors.terraform.mirror import Terraform, find_terraform
from assurance.collectors.terraform.modules import Node, load_tree
from assurance.collectors.terraform.pins import excused, unmet_pins
from assurance.collectors.terraform.plan import PlanRecords, bare_tracer
from assurance.collectors.terraform.plan_file import read_plan_file
from assurance.collectors.terraform.preparing import packages_for, prepare
from assurance.collectors.terraform.provider_blocks import Configured, static_region
from assurance.collectors.terraform.reasons import Tracer
from assurance.collectors.terraform.request import TerraformRequest
from assurance.collectors.terraform.schema import Schemas
from assurance.collectors.terraform.variables import assigned, without_value
from assurance.errors import NotCollected

FORMAT = "terraform-state/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    engine: str
    version: str
    resources: list[dict[str, Any]]
    modules: dict[str, Any]
    diagnostics: list[dict[str, Any]]
    valid: bool
    changes: list[dict[str, Any]] = field(default_factory=list)


def collect(request: TerraformRequest) -> dict[str, Any]:
    """The body for a request with absolute paths."""
    tree = load_tree(request.root)
    terraform = find_terraform()
    with ThreadPoolExecutor(max_workers=1) as pool:
        formatted = _formatting(pool, terraform, tree, request)
        if request.plan is not None:
            result = _from_plan(request, terraform, tree)
        else:
            result = _evaluated(request, terraform, tree) or _parsed(request, terraform, tree)
        unformatted_files = formatted.result() if formatted else []
    pins = unmet_pins(tree, terraform, request)
    diagnostics = excused(result.diagnostics, pins)
    refused = any(entry["severity"] == "error" for entry in diagnostics)
    return {
        "format": FORMAT,
        "engine": result.engine,
        "engine_version": result.version,
        "root": Path(os.path.relpath(request.root, request.system)).as_posix(),
        "diagnostics": _sorted([*diagnostics, *pins]),
        "resources": result.resources,
        "changes": result.changes,
        "configuration": {
            "modules": result.modules,
            "lock": lock_entry(request.root, request.system),
            "unformatted": unformatted_files,
            "valid": result.valid or (bool(pins) and not refused),
        },
    }


def _formatting(
    pool: ThreadPoolExecutor, terraform: Terraform | None, tree: Node, request: TerraformRequest
) -> Future[list[str]] | None:
    if terraform is None:
        return None
    paths = sorted({node.module.path for node in tree.walk()})
    return pool.submit(unformatted, terraform, paths, request.system)


def _evaluated(
    request: TerraformRequest, terraform: Terraform | None, tree: Node
) -> _Result | None:
    """Evaluation by Terraform; None where it, or the AWS provider, cannot be had."""
    if terraform is None or not terraform.evaluates_at_plan:
        return None
    needs_aws = any(_uses_aws(node) for node in tree.walk())
    if needs_aws and "hashicorp/aws" not in packages_for(request.root, tree):
        return None
    evaluating = prepare(request, terraform, tree)
    assembly = evaluating.run()
    return _Result(
        engine="terraform-test",
        version=terraform.version,
        resources=assembly.resources(),
        modules=assembly.modules(frozenset(evaluating.valueless)),
        diagnostics=[*evaluating.diagnostics, *_undeclared(evaluating, request)],
        valid=evaluating.valid,
    )


def _uses_aws(node: Node) -> bool:
    return any(".aws_" in f".{declared}" for declared in node.module.resources)


def _undeclared(evaluating: Evaluating, request: TerraformRequest) -> list[dict[str, Any]]:
    return [
        {
            "severity": "warning",
            "summary": f"the root has no variable {name!r}",
            "detail": "the variable file sets it all the same",
            "file": Path(os.path.relpath(path, request.system)).as_posix(),
            "line": line,
        }
        for name, path, line in evaluating.known.unknown
    ]


def _from_plan(request: TerraformRequest, terraform: Terraform | None, tree: Node) -> _Result:
    assert request.plan is not None
    plan = read_plan_file(request.plan)
    declared = {name: v for name, v in plan.variables.items() if name in tree.module.variables}
    widened = dataclasses.replace(request, plan=None, variable_files=(), variables=declared)
    try:
        other = _evaluated(widened, terraform, tree)
    except NotCollected:
        other = None
    records = PlanRecords(
        system=request.system,
        tree=tree,
        tracer=bare_tracer(),
        evaluated={entry["address"]: entry for entry in other.resources} if other else {},
    )
    return _Result(
        engine="plan",
        version=plan.version,
        resources=records.resources(plan),
        changes=records.changes(plan),
        modules=other.modules if other else _modules(widened, tree),
        diagnostics=other.diagnostics if other else [],
        valid=True,
    )


def _parsed(request: TerraformRequest, terraform: Terraform | None, tree: Node) -> _Result:
    known = assigned(tree.module, request.variable_files, request.variables)
    valueless = frozenset(without_value(tree.module, known))
    region = static_region(Configured(node=tree, name="aws"), known, {}) or request.region
    found = tfparse_engine.parse(request)
    records = tfparse_engine.ParsedRecords(
        system=request.system,
        tree=tree,
        tracer=Tracer(schemas=Schemas({}), without_value=valueless),
        region=region,
        default_tags=tfparse_engine.default_tags(found),
    )
    return _Result(
        engine="tfparse",
        version=importlib.metadata.version("tfparse"),
        resources=records.resources(tfparse_engine.instances(found)),
        modules=_modules(request, tree),
        diagnostics=[_not_evaluated(request, terraform)],
        valid=True,
    )


def _not_evaluated(request: TerraformRequest, terraform: Terraform | None) -> dict[str, Any]:
    if terraform is None:
        why = "Terraform is not on this machine"
    elif not terraform.evaluates_at_plan:
        why = f"Terraform {terraform.version} is older than 1.11"
    else:
        why = "the provider hashicorp/aws is not on this machine"
    return {
        "severity": "warning",
        "summary": "the configuration is read, not evaluated by Terraform",
        "detail": why,
        "file": Path(os.path.relpath(request.root, request.system)).as_posix(),
        "line": 0,
    }


def _modules(request: TerraformRequest, tree: Node) -> dict[str, Any]:
    known = assigned(tree.module, request.variable_files, request.variables)
    valueless = frozenset(without_value(tree.module, known))

    def settings(node: Node, name: str) -> Mapping[str, Any]:
        configured = Configured(node=node, name=name)
        return {"region": static_region(configured, known, {})}

    return {
        node.address: module_entry(node, request.system, valueless, settings)
        for node in tree.walk()
    }


def _sorted(diagnostics: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(diagnostics, key=lambda d: (d["file"], d["line"], d["summary"]))
