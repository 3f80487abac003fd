"""CPU and memory of a task."""

from __future__ import annotations

from block_policy import ResourcePolicy
from terraform_block import Block

# vCPU units: memory in MiB, as AWS documents them for Fargate.
SIZES = {
    256: (512, 1024, 2048),
    512: tuple(range(1024, 4097, 1024)),
    1024: tuple(range(2048, 8193, 1024)),
    2048: tuple(range(4096, 16385, 1024)),
    4096: tuple(range(8192, 30721, 1024)),
    8192: tuple(range(16384, 61441, 4096)),
    16384: tuple(range(32768, 122881, 8192)),
}


def valid_size(task: Block) -> str | None:
    """An invalid pair is refused only when the task definition is registered."""
    cpu, memory = int(task.number("cpu", unset=0)), int(task.number("memory", unset=0))
    if not cpu or not memory:
        return "cpu or memory is not set"
    return (
        None
        if memory in SIZES.get(cpu, ())
        else f"{cpu} CPU units with {memory} MiB is no Fargate size"
    )


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_13",
    requirement="ECS-03",
    name="ECS task definition declares a valid Fargate size",
    remedy="Set cpu and memory to a pair that AWS documents for Fargate.",
    resources=("aws_ecs_task_definition",),
    reads=("cpu", "memory"),
    judge=valid_size,
)
