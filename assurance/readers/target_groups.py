"""Target groups, with the health checks that the provider and AWS fill in.

Without a `health_check` block AWS decides: every 30 s, two failures, path `/`
(docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html). Within
a block the provider's own defaults hold: every 30 s, three failures
(registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lb_target_group).
"""

from __future__ import annotations

from typing import Any

from assurance.model.load_balancers import HealthCheck, TargetGroup
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.references import whole
from assurance.readers.state import Block, Resource, State
from assurance.readers.vpcs import Vpcs, outside

TARGET_GROUP_TYPES = ("aws_lb_target_group", "aws_alb_target_group")
_HTTP = ("HTTP", "HTTPS")


class TargetGroups:
    """The target groups of a state."""

    def __init__(self, state: State, vpcs: Vpcs) -> None:
        self._vpcs = vpcs
        self._found = {each.id: self._group(each) for each in state.of(*TARGET_GROUP_TYPES)}
        self.managed = tuple(self._found.values())
        self._by_name = {
            name: self._found[each.id]
            for each in state.of(*TARGET_GROUP_TYPES)
            if isinstance(name := each.get("name", None), str)
        }

    def at(self, block: Block, path: str) -> tuple[TargetGroup, ...]:
        """Return the groups that a block names; unknown ones for those from outside."""
        values = block.listed(path)
        if is_unknown(values):
            return values
        return tuple(self.one(block, value) for value in values)

    def one(self, block: Block, value: object) -> TargetGroup:
        """Return the group that one value names, by id or by name."""
        target = None if is_unknown(value) else block.resource.resolve(value, *TARGET_GROUP_TYPES)
        if target is not None and target.id in self._found:
            return self._found[target.id]
        if isinstance(value, str) and value in self._by_name:
            return self._by_name[value]
        return outside(value, "target group")

    def _group(self, resource: Resource) -> TargetGroup:
        target_type = resource.get("target_type", "instance")
        is_function = not is_unknown(target_type) and target_type == "lambda"
        protocol = resource.get("protocol", "")
        return TargetGroup(
            subject=resource.subject(),
            vpc=unknown(f"{resource.id} needs no VPC") if is_function else self._vpcs.at(resource),
            target_type=target_type,
            protocol=protocol,
            port=whole(resource.get("port", 0)),
            health_check=_health_check(resource, protocol),
            deregistration_delay=whole(resource.get("deregistration_delay", 300)),
        )


def _health_check(resource: Resource, protocol: Any) -> Any:
    blocks = resource.blocks("health_check")
    if is_unknown(blocks):
        return blocks
    block = blocks[0] if blocks else Block({}, resource)
    if is_unknown(block):
        return block
    default = protocol if is_unknown(protocol) else protocol or "HTTP"
    checked = block.get("protocol", default)
    return HealthCheck(
        enabled=block.get("enabled", True),
        protocol=checked,
        path=_path(block, checked),
        interval=whole(block.get("interval", 30)),
        timeout=whole(block.get("timeout", 5)),
        healthy_threshold=whole(block.get("healthy_threshold", 3 if blocks else 5)),
        unhealthy_threshold=whole(block.get("unhealthy_threshold", 3 if blocks else 2)),
    )


def _path(block: Block, protocol: Any) -> Any:
    stated = block.get("path", None)
    if stated is not None:
        return stated
    if is_unknown(protocol):
        return protocol
    return "/" if protocol in _HTTP else ""
