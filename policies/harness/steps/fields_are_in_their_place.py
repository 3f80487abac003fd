"""Fields that stand where nobody reads them."""

from __future__ import annotations

from definition_block import Block
from definition_policy import DefinitionPolicy

# What belongs into the `spec` of a step, into the `execution` of a stage, and into `advanced`.
IN_SPEC = ("reports", "envVariables", "outputVariables", "command", "image", "privileged", "tags")
IN_EXECUTION = ("rollbackSteps", "steps")


def fields_are_in_their_place(block: Block) -> str | None:
    """The published schema allows them anywhere, and Harness passes over them there."""
    spec = block.block("spec") if block.has("spec") else Block({}, "spec")
    if block.noun == "step":
        strays = [f"{field} is beside spec" for field in IN_SPEC if block.has(field)]
        if spec.has("fail_on_severity"):
            strays.append("fail_on_severity is beside advanced")
    else:
        strays = [
            f"{field} is outside execution"
            for field in IN_EXECUTION
            if block.has(field) or (spec.has(field) and not block.has("versionLabel"))
        ]
    return ", ".join(strays) or None


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_64",
    requirement="CDP-08",
    name="Fields of a step or stage are in their place",
    remedy="Move fields of a step into its spec, and steps of a stage into spec.execution.",
    roots=("pipeline", "template"),
    blocks=("stage", "step"),
    judge=fields_are_in_their_place,
    omitted="What is not written stands nowhere wrong.",
)
