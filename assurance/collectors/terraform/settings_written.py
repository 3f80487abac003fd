"""Which values the configuration sets: everything else in a plan was made up or left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assurance.collectors.terraform.hcl import Body
from assurance.collectors.terraform.modules import Module


@dataclass(slots=True)
class Written:
    """The names that a block sets, and the same for the blocks inside it, dynamic ones included."""

    attributes: set[str] = field(default_factory=set)
    blocks: dict[str, Written] = field(default_factory=dict)

    def learn(self, body: Body) -> None:
        """Add what one body sets."""
        self.attributes |= body.attributes.keys()
        for block in body.blocks:
            if block.kind == "dynamic" and block.labels:
                inner = self.blocks.setdefault(block.labels[0], Written())
                for content in block.body.of("content"):
                    inner.learn(content.body)
            else:
                self.blocks.setdefault(block.kind, Written()).learn(block.body)


def written_by(module: Module) -> Mapping[str, Written]:
    """What every resource of a module sets, by its address in the module."""
    found: dict[str, Written] = {}
    for address in module.resources:
        found[address] = Written()
        for part in module.parts(address):
            found[address].learn(part.block.body)
    return found
