"""Fills templates into the definitions that use them, where the template's file is at hand.

A template's `<+input>` takes what the user of the template gives in `templateInputs`, which has the
same shape; everything else of a template cannot be changed by its user.
https://developer.harness.io/docs/platform/templates/template
"""

from __future__ import annotations

from typing import Any

from assurance.model.records import record
from assurance.model.unknown import is_unknown
from assurance.readers.entities import Entities
from assurance.readers.pipeline_text import Written
from assurance.readers.state import Resource

_KEYS = ("identifier", "name")


@record(kw_only=True)
class Filled:
    """What stands in the place of a template.

    Attributes:
        written: The content of the template with its inputs; the use itself where it has no file.
        template: The template, `identifier@version`; empty where none is used.
        address: Of the template's definition; empty likewise.
        missing: Why the content cannot be seen; empty where it can.
    """

    written: Written
    template: str = ""
    address: str = ""
    missing: str = ""


def fill(node: Written, type_: str, entities: Entities, open_: tuple[str, ...]) -> Filled:
    """Return a pipeline, stage, group or step with the template that it uses filled in.

    Args:
        node: What stands under `pipeline`, `stage`, `stepGroup` or `step`.
        type_: The type that the template must have: `Pipeline`, `Stage`, `StepGroup` or `Step`.
        entities: All definitions.
        open_: Addresses of the templates in which this one is used.
    """
    if node.mapping.get("template") is None:
        return Filled(written=node)
    use = node.at("template")
    label = f"{use.label('templateRef')}@{use.label('versionLabel') or 'stable'}"
    found = _find(use, type_, entities)
    if isinstance(found, str):
        return Filled(written=node, template=label, missing=f"template {label} {found}")
    if found.address in open_:
        why = f"template {label} uses itself"
        return Filled(written=node, template=label, missing=why)
    content = overlay(found.get("spec", {}), use.mapping.get("templateInputs"))
    beside = {key: value for key, value in node.mapping.items() if key != "template"}
    if not isinstance(content, dict):
        return Filled(written=node, template=label, missing=f"template {label} has no content")
    written = Written({**content, **beside}, found, "/spec")
    return Filled(written=written, template=label, address=found.address)


def _find(use: Written, type_: str, entities: Entities) -> Resource | str:
    """Return the definition of a template, or why there is none."""
    reference, version = use.mapping.get("templateRef"), use.mapping.get("versionLabel")
    if not isinstance(reference, str) or "<+" in reference or is_unknown(version):
        return "is decided by the run"
    found = [
        each
        for each in entities.find("template", reference, use.resource)
        if each.get("type") == type_ and version in (None, "", str(each.get("versionLabel")))
    ]
    if not found:
        return "is not among the definitions"
    if len(found) > 1:
        # Which version is the stable one is set in Harness, not written in the files.
        return f"may be any of {len(found)} definitions"
    return found[0]


def overlay(content: Any, inputs: Any) -> Any:
    """Return content with its `<+input>` replaced by what is given in the same place."""
    if inputs is None or is_unknown(content):
        return content
    if isinstance(content, str):
        return inputs if content.lstrip().startswith("<+input>") else content
    if isinstance(content, dict) and isinstance(inputs, dict):
        if "insert" in content and isinstance(inputs.get("insert"), dict):
            return {"insert": {**content["insert"], **inputs["insert"]}}
        return {key: overlay(item, inputs.get(key)) for key, item in content.items()}
    if isinstance(content, list) and isinstance(inputs, list):
        given = _by_name(inputs)
        return [
            overlay(item, given.get(_name(item) or str(index)))
            for index, item in enumerate(content)
        ]
    return content


def _by_name(items: list[Any] | tuple[Any, ...]) -> dict[str, Any]:
    return {_name(item) or str(index): item for index, item in enumerate(items)}


def _name(item: Any) -> str:
    """Return by what an item of a list is told from its neighbours; empty for its place.

    Parallel blocks have no name of their own: they are told by the names of what is in them.
    """
    if isinstance(item, list):
        return "|".join(_name(each) for each in item)
    if not isinstance(item, dict):
        return ""
    for key in _KEYS:
        found = item.get(key)
        if isinstance(found, str):
            return found
    if len(item) == 1:
        (kind, inner), *_ = item.items()
        name = _name(inner)
        return f"{kind}:{name}" if name else ""
    return ""
