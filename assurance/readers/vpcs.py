"""VPCs of the configuration, and what a `vpc_id` leads to."""

from __future__ import annotations

from typing import Any, TypeVar

from assurance.model.networks import Vpc
from assurance.model.subjects import Location, Subject
from assurance.model.unknown import is_unknown, unknown, why_unknown
from assurance.readers.state import Block, Resource, State, tokens

R = TypeVar("R")

VPC_TYPES = ("aws_vpc", "aws_default_vpc")


def present(resource: Resource, record: R) -> R:
    """Return the record, or unknown where nobody can know whether the resource exists."""
    reason = resource.subject().existence
    return record if not reason else unknown(f"{resource.id}: {reason}")


def named(value: object, noun: str) -> str:
    """Return how a message calls a thing that a value refers to."""
    if is_unknown(value):
        return f"a {noun} that cannot be known"
    return f"{noun} {value}"


def outside(value: object, noun: str) -> Any:
    """Return the unknown record for a thing that is not written in the configuration."""
    if is_unknown(value):
        return unknown(why_unknown(value))
    return unknown(f"{noun} {value} is not part of this configuration")


def followed(block: Block, path: str, *types: str) -> Any:
    """Return the values at a path as (block, value) pairs, each written in its block.

    A reference to another resource's own list or reference, such as the groups of a load
    balancer, is followed to the values that are written there.
    """
    values = block.listed(path)
    if is_unknown(values):
        return values
    return tuple(pair for value in values for pair in _followed(block, value, types))


def _followed(block: Block, value: Any, types: tuple[str, ...]) -> tuple[tuple[Block, Any], ...]:
    target = None if is_unknown(value) else block.resource.resolve(value)
    if target is None or target.type in types or not target.is_managed:
        return ((block, value),)
    found = target.get(tokens(value)[0][1], None) if tokens(value) else None
    if found is None or is_unknown(found):
        return ((block, value),)
    return tuple((target, one) for one in (found if isinstance(found, list) else [found]))


class Vpcs:
    """The VPCs of a state, managed or looked up."""

    def __init__(self, state: State) -> None:
        managed = state.of(*VPC_TYPES)
        looked_up = state.of("data.aws_vpc")
        self._found = {each.id: _vpc(each) for each in (*managed, *looked_up)}
        self.managed = tuple(self._found[each.id] for each in managed)
        self.looked_up = tuple(self._found[each.id] for each in looked_up)
        self._defaults: dict[str, Vpc] = {}
        for each in state.of("aws_default_vpc"):
            self._defaults.setdefault(str(each.region), self._found[each.id])

    def of(self, resource: Resource) -> Vpc:
        """Return the VPC of an `aws_vpc`, `aws_default_vpc` or `data.aws_vpc`."""
        return self._found[resource.id]

    def at(self, block: Block, path: str = "vpc_id") -> Vpc:
        """Return the VPC that a block names; what names none lies in the region's default VPC."""
        value = block.get(path, None)
        if value is None:
            return self._default(block.resource)
        target = block.target(path)
        if target is None:
            return outside(value, "VPC")
        if target.id in self._found:
            return self._found[target.id]
        if target.is_set("vpc_id"):
            return self.at(target)
        return outside(value, "VPC")

    def _default(self, resource: Resource) -> Vpc:
        region = resource.region
        name = "" if is_unknown(region) else str(region)
        if name not in self._defaults:
            where = f" of {name}" if name else ""
            self._defaults[name] = Vpc(
                subject=Subject(
                    id=f"default VPC{where}",
                    location=Location(file=resource.location.file),
                    evidence=resource.digest,
                ),
                cidr_blocks=("172.31.0.0/16",),
                is_default=True,
                is_written_here=unknown("what else is in the default VPC is not written here"),
            )
        return self._defaults[name]


def _vpc(resource: Resource) -> Vpc:
    return Vpc(
        subject=resource.subject(),
        cidr_blocks=_ranges(resource),
        is_default=_is_default(resource),
        is_written_here=resource.is_managed
        or unknown(f"{resource.id} is looked up: what else is in it is not written here"),
    )


def _is_default(resource: Resource) -> bool:
    if resource.type == "aws_default_vpc":
        return True
    if resource.is_managed:
        return False
    stated = resource.get("default", None)
    if stated is not None:
        return stated
    return unknown(f"{resource.id} is looked up: it may be any VPC")


def _ranges(resource: Resource) -> tuple[str, ...]:
    if not resource.is_managed:
        return unknown(f"the address range of {resource.id} is looked up")
    return (resource.get("cidr_block", unknown(f"{resource.id} takes its range from a pool")),)
