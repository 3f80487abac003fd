"""One resource as the evidence lists it: the same record from every engine."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assurance.collectors.terraform.configuration import relative
from assurance.collectors.terraform.hcl import Attribute, SourceFile
from assurance.collectors.terraform.modules import Node
from assurance.collectors.terraform.provider_blocks import provider_of, resolve

KNOWN = "known"


def record(node: Node, declared: str, system: Path, **evaluated: Any) -> dict[str, Any]:
    """A record with everything that the configuration says by itself.

    Args:
        node: The module that declares the resource.
        declared: Its address in that module.
        system: What paths are relative to.
        evaluated: address, index, module, region, values and existence.
    """
    part = node.module.resources[declared]
    configured = resolve(node, provider_of(node.module, declared))
    return {
        "mode": "data" if declared.startswith("data.") else "managed",
        "type": part.block.labels[0],
        "name": part.block.labels[1],
        "provider": configured.name.partition(".")[0],
        "provider_alias": configured.alias,
        "lifecycle": lifecycle(node, declared),
        "provisioners": provisioners(node, declared),
        "file": relative(Path(part.source.path), system),
        "line": part.block.line,
        "end_line": part.block.end_line,
        "calls": _calls(node, system),
        **evaluated,
    }


def lifecycle(node: Node, declared: str) -> dict[str, Any]:
    """The lifecycle block of a resource; what it does not say is false or empty."""
    found: dict[str, Any] = {
        "prevent_destroy": False,
        "ignore_changes": [],
        "create_before_destroy": False,
    }
    for part in node.module.parts(declared):
        for block in part.block.body.of("lifecycle"):
            for name, attribute in block.body.attributes.items():
                text = part.source.value(attribute)
                if name == "ignore_changes":
                    found[name] = _names(text)
                elif name in found:
                    found[name] = text.strip() == "true"
    return found


def provisioners(node: Node, declared: str) -> list[dict[str, str]]:
    """What the provisioners of a resource run, as it is written: they leave no trace in values."""
    return [
        {"type": block.labels[0], "command": _command(part.source, block.body.attributes)}
        for part in node.module.parts(declared)
        for block in part.block.body.of("provisioner")
    ]


def _command(source: SourceFile, attributes: Mapping[str, Attribute]) -> str:
    names = (name for name in ("command", "inline", "script", "scripts") if name in attributes)
    return "\n".join(_text(source.value(attributes[name]).strip()) for name in names)


def _text(written: str) -> str:
    """What is between the marks of a heredoc; anything else as it is written."""
    return "\n".join(written.splitlines()[1:-1]) if written.startswith("<<") else written


def _calls(node: Node, system: Path) -> list[dict[str, Any]]:
    """The chain of module calls that leads here, outermost first."""
    chain: list[dict[str, Any]] = []
    here: Node | None = node
    while here is not None and here.call is not None:
        chain.append(
            {
                "module": here.address,
                "file": relative(Path(here.call.source.path), system),
                "line": here.call.block.line,
            }
        )
        here = here.parent
    return chain[::-1]


def _names(text: str) -> list[str]:
    if text.strip() == "all":
        return ["all"]
    inner = text.strip().removeprefix("[").removesuffix("]")
    lines = (line.partition("#")[0].partition("//")[0] for line in inner.splitlines())
    return [name.strip(' "') for line in lines for name in line.split(",") if name.strip(' "')]
