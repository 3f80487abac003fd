"""What evaluation needs, and what has to be stood in for before it starts."""

from __future__ import annotations

from pathlib import Path

from assurance.collectors.terraform import generated
from assurance.collectors.terraform.configuration import relative
from assurance.collectors.terraform.evaluation import Evaluating
from assurance.collectors.terraform.mirror import Package, Terraform, find_packages
from assurance.collectors.terraform.modules import Declaration, Node
from assurance.collectors.terraform.provider_blocks import BUILT_IN, local_name, source_of
from assurance.collectors.terraform.quoted_types import in_quotes
from assurance.collectors.terraform.request import TerraformRequest
from assurance.collectors.terraform.schema import load_schemas
from assurance.collectors.terraform.variables import assigned, without_value


def prepare(request: TerraformRequest, terraform: Terraform, tree: Node) -> Evaluating:
    """Find what evaluation needs and decide what has to be stood in for."""
    known = assigned(tree.module, request.variable_files, request.variables)
    packages = packages_for(request.root, tree)
    evaluating = Evaluating(
        request=request,
        terraform=terraform,
        tree=tree,
        packages=packages,
        schemas=load_schemas(terraform, packages),
        known=known,
        valueless=without_value(tree.module, known),
    )
    for node in tree.walk():
        _stand_in(evaluating, node)
        _refuse_quotes(evaluating, node)
    return evaluating


def _refuse_quotes(evaluating: Evaluating, node: Node) -> None:
    """Terraform refuses what is evaluated here as it was meant."""
    for declaration in in_quotes(node.module):
        evaluating.valid = False
        evaluating.diagnostics.append(
            {
                "severity": "error",
                "summary": "Invalid quoted type constraints",
                "detail": f"write the type of {declaration.block.labels[0]} without quotes",
                "file": relative(Path(declaration.source.path), evaluating.request.system),
                "line": declaration.block.body.attributes["type"].line,
            }
        )


def packages_for(root: Path, tree: Node) -> dict[str, Package]:
    """The providers' packages on this machine that a tree of modules needs."""
    return find_packages(root, frozenset(_wanted(tree)))


def _wanted(tree: Node) -> set[str]:
    return {
        source
        for node in tree.walk()
        for declared in node.module.resources
        if (source := source_of(node.module, local_name(declared))) != BUILT_IN
    }


def _stand_in(evaluating: Evaluating, node: Node) -> None:
    names = evaluating.stand_ins.setdefault(node.module.path, set())
    for declared, declaration in node.module.resources.items():
        source = source_of(node.module, local_name(declared))
        if declared.startswith("terraform_data."):
            continue
        if source in evaluating.packages:
            if evaluating.schemas.is_heavy(generated.kind_of(declared)):
                names.add(declared)
            continue
        names.add(declared)
        if source != BUILT_IN:
            why = f"the provider {source} is not on this machine"
            _warn(evaluating, declared, why, declaration)
    for name, source in node.missing.items():
        names.add(f"module.{name}")
        why = f"the module {source} is not on this disk; `terraform init` brings it"
        _warn(evaluating, f"module.{name}", why, node.module.calls[name])


def _warn(evaluating: Evaluating, what: str, why: str, declaration: Declaration) -> None:
    evaluating.diagnostics.append(
        {
            "severity": "warning",
            "summary": f"{what} is not evaluated",
            "detail": why,
            "file": relative(Path(declaration.source.path), evaluating.request.system),
            "line": declaration.block.line,
        }
    )
