"""What definitions mean, apart from the shape they are written in: the oracle of the reshapes.

Templates and input sets are filled in, groups and blocks that change nothing are dissolved, what is
inherited is written at every step, names are replaced by the place of what they name. Written
without the code that reshapes, from what Harness documents.
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
from functools import partial
from typing import Any

from assurance.reshaping.definitions import Definitions

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
ONCE = (
    {"repeat": {"times": 1}},
    {"repeat": {"items": ["once"]}},
    {"matrix": {"round": ["once"]}},
    {"parallelism": 1},
)
UNORDERED = ("variables", "notificationRules", "pipelineEvents", "userGroups", "errors")


def meaning(definitions: Definitions) -> str:
    """All pipelines in a normal form, as text."""
    templates = {str(d.identifier): d.values for d in definitions if d.kind == "template"}
    pipelines = [
        expanded(copy.deepcopy(d.values), templates) for d in definitions if d.kind == "pipeline"
    ]
    inputs = [d.values["pipeline"] for d in definitions if d.kind == "input_set"]
    triggers = [d.values for d in definitions if d.kind == "trigger"]
    forms = []
    for pipeline in pipelines:
        own = [
            expanded_copy(copy.deepcopy(i))
            for i in inputs
            if i["identifier"] == pipeline["identifier"]
        ]
        for given in own:
            overlay(pipeline, given)
        started = [t for t in triggers if t["pipelineIdentifier"] == pipeline["identifier"]]
        forms.append(normal(pipeline, len(own), started))
    return json.dumps(forms, indent=1, sort_keys=True)


def expanded(node: Any, templates: dict[str, Any]) -> Any:
    """The same with every template written out."""
    if isinstance(node, list):
        return [expanded(each, templates) for each in node]
    if not isinstance(node, dict):
        return node
    use = node.get("template")
    if isinstance(use, dict) and use.get("templateRef") in templates:
        spec = copy.deepcopy(templates[use["templateRef"]]["spec"])
        overlay(spec, use.get("templateInputs") or {})
        rest = {key: value for key, value in node.items() if key != "template"}
        return expanded({**rest, **spec}, templates)
    looped = node.get("strategy") in ONCE
    return {
        key: expanded(value, templates)
        for key, value in node.items()
        if not (looped and key == "strategy")
    }


def expanded_copy(node: Any) -> Any:
    """A partial copy, without the templates that lead to it."""
    if isinstance(node, list):
        return [expanded_copy(each) for each in node]
    if not isinstance(node, dict):
        return node
    through = node.get("template", {}).get("templateInputs", {}) if "template" in node else {}
    rest = {key: value for key, value in node.items() if key != "template"}
    return {key: expanded_copy(value) for key, value in {**rest, **through}.items()}


def overlay(node: Any, given: Any) -> None:
    """Fill in what is open; what is given for something that is not there is an error."""
    if isinstance(node, dict):
        for key, value in given.items():
            if isinstance(value, dict | list):
                overlay(node[key], value)
            elif isinstance(node[key], str) and node[key].startswith("<+input>"):
                node[key] = value
            else:
                assert node[key] == value, (key, node[key], value)
    else:
        for item in given:
            overlay(next(each for each in node if named(each) == named(item)), item)


def named(item: Any) -> Any:
    """What finds an item of a list again."""
    if len(item) == 1:
        ((kind, body),) = item.items()
        return (kind, named(body[0])) if isinstance(body, list) else (kind, named(body))
    return item.get("identifier", item.get("name"))


def normal(pipeline: dict[str, Any], inputs: int, triggers: list[Any]) -> Any:
    """A pipeline in which nothing is left of its shape."""
    stages: dict[str, dict[str, str]] = {}
    outline = in_turn(pipeline.get("stages", []), lambda kind, body: stage(body, stages))
    rest = {
        key: value
        for key, value in pipeline.items()
        if key not in ("identifier", "name", "stages", "delegateSelectors")
    }
    text = json.dumps(
        {"stages": outline, "rest": plain(rest), "inputs": inputs, "starts": len(triggers)}
    )
    for place, (name, steps) in enumerate(stages.items()):
        for address in sorted(steps, key=len, reverse=True):
            outside = rf"stages\.{name}\.spec\.execution\.{re.escape(address)}(?!\w)"
            text = re.sub(outside, f"stages.{place}.{steps[address]}", text)
        text = re.sub(rf'(stages\.|"forStages": \["|"stage": "){name}\b', rf"\g<1>{place}", text)
    return json.loads(text)


def in_turn(items: list[Any], read: Any) -> list[Any]:
    """What runs one after another; a block keeps its members as a set, unless it has only one."""
    found: list[Any] = []
    for item in items:
        ((kind, body),) = item.items()
        if kind == "parallel":
            legs = [in_turn([each], read) for each in body]
            found.extend(legs[0] if len(legs) == 1 else [{"beside": sorted(legs, key=json.dumps)}])
        else:
            found.extend(read(kind, body))
    return found


def stage(body: dict[str, Any], stages: dict[str, dict[str, str]]) -> list[Any]:
    steps = stages.setdefault(body["identifier"], {})
    inherited: dict[str, Any] = {
        "failureStrategies": body.get("failureStrategies"),
        "delegateSelectors": body.get("delegateSelectors"),
        "when": [],
    }
    execution = body.get("spec", {}).get("execution", {})
    lists = {
        key: in_turn(
            execution.get(key, []), partial(step, inherited=inherited, steps=steps, chain=(key,))
        )
        for key in ("steps", "rollbackSteps")
    }
    spec = {key: value for key, value in body.get("spec", {}).items() if key != "execution"}
    rest = {
        k: v for k, v in body.items() if k not in ("identifier", "name", "spec", "when", "timeout")
    }
    when = body.get("when", {"pipelineStatus": "Success"})
    form = plain({**rest, "spec": spec, "when": when, "timeout": seconds(body.get("timeout"))})
    text = json.dumps({**form, **lists})
    for address in sorted(steps, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(address)}(?!\w)", steps[address], text)
    return [json.loads(text)]


def step(
    kind: str, body: dict[str, Any], inherited: dict[str, Any], steps: dict[str, str], chain: Any
) -> list[Any]:
    here = (*chain, body["identifier"])
    address = ".steps.".join([f"{here[0]}.{here[1]}", *here[2:]])
    own = {
        "failureStrategies": body.get("failureStrategies", inherited["failureStrategies"]),
        "delegateSelectors": body.get("delegateSelectors", inherited["delegateSelectors"]),
        "when": [*inherited["when"], body.get("when", {"stageStatus": "Success"})],
    }
    if kind == "stepGroup":
        return in_turn(body["steps"], lambda k, b: step(k, b, own, steps, here))
    steps[address] = f"step {token(body)}"
    conditions = sorted({json.dumps(when, sort_keys=True) for when in own["when"]})
    if len(conditions) > 1:
        conditions = [c for c in conditions if c != '{"stageStatus": "Success"}']
    form = plain({"type": body["type"], "spec": body.get("spec", {}), **own, "when": conditions})
    return [dict(sorted({**form, "timeout": seconds(body.get("timeout"))}.items()))]


def token(body: dict[str, Any]) -> str:
    """What a step is called in place of its name: the same wherever it stands."""
    text = json.dumps(plain({"type": body["type"], "spec": body.get("spec", {})}), sort_keys=True)
    said = re.sub(r"<\+[^>]*>", "<>", text)
    return hashlib.sha256(said.encode()).hexdigest()[:8]


def seconds(text: Any) -> Any:
    found = re.fullmatch(r"(\d+)([smhdw])", str(text))
    return int(found[1]) * SECONDS[found[2]] if found else text


def plain(node: Any) -> Any:
    """The same without the order that lists have and do not mean."""
    if isinstance(node, list):
        return [plain(each) for each in node]
    if not isinstance(node, dict):
        return node
    found = {key: plain(node[key]) for key in sorted(node)}
    for key in (*UNORDERED, "delegateSelectors", "forStages"):
        if isinstance(found.get(key), list):
            found[key] = sorted(found[key], key=lambda each: json.dumps(each, sort_keys=True))
    return found
