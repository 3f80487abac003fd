"""Large pipelines, for tests of how long a proof takes."""

from __future__ import annotations

from typing import Any

Item = dict[str, Any]


def step(name: str, type_: str, **more: Any) -> Item:
    """Return a step."""
    return {
        "step": {
            "identifier": name,
            "name": name,
            "type": type_,
            "timeout": "10m",
            "spec": {},
            **more,
        }
    }


def stage(name: str, steps: list[Item], **more: Any) -> Item:
    """Return a deployment stage; `environment` is where it deploys."""
    place = more.pop("environment", "staging")
    back = [step("back", "EcsRollingRollback")]
    rolled = [{"onFailure": {"errors": ["AllErrors"], "action": {"type": "StageRollback"}}}]
    return {
        "stage": {
            "identifier": name,
            "name": name,
            "type": "Deployment",
            "spec": {
                "deploymentType": "ECS",
                "service": {"serviceRef": "orders"},
                "environment": {"environmentRef": place},
                "execution": {"steps": steps, "rollbackSteps": back},
            },
            "failureStrategies": rolled,
            **more,
        }
    }


def delivery(name: str, stages: int) -> Item:
    """Return a pipeline with so many stages: staging first, then an approval, production last."""
    waits = [step(f"wait_{index}", "Wait") for index in range(3)]
    first = stage("staging", [step("deploy", "EcsRollingDeploy"), *waits])
    ask = {
        "stage": {
            "identifier": "ask",
            "type": "Approval",
            "spec": {"execution": {"steps": [step("ask", "HarnessApproval")]}},
        }
    }
    last = stage(
        "production", [*waits, step("deploy", "EcsRollingDeploy")], environment="production"
    )
    between = [stage(f"more_{index}", waits) for index in range(stages - 3)]
    return {"pipeline": {"identifier": name, "name": name, "stages": [first, ask, *between, last]}}


def skippable(count: int, *, guarded: bool) -> Item:
    """Return a pipeline in which each of many steps may run or not: 2 to the count paths."""
    maybe = [
        step(f"maybe_{index}", "Wait", when={"stageStatus": "Success", "condition": f"<+v{index}>"})
        for index in range(count)
    ]
    gate = [step("ask", "HarnessApproval")] if guarded else []
    deploy = step("deploy", "EcsRollingDeploy")
    steps = [*maybe[: count // 2], *gate, *maybe[count // 2 :], deploy]
    return {
        "pipeline": {
            "identifier": "many",
            "stages": [stage("production", steps, environment="production")],
        }
    }


def nested(depth: int) -> Item:
    """Return a pipeline whose parallel blocks lie in groups within each other."""
    node = step("deep", "Wait")
    for index in range(depth):
        other = step(f"beside_{index}", "Wait")
        node = {"stepGroup": {"identifier": f"g{index}", "steps": [{"parallel": [node, other]}]}}
    steps = [node, step("ask", "HarnessApproval"), step("deploy", "EcsRollingDeploy")]
    return {
        "pipeline": {
            "identifier": "deep",
            "stages": [stage("production", steps, environment="production")],
        }
    }
