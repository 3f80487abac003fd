"""Target groups for the next version of a service: not its own yet, and reachable beside its own.

Four ways lead to one: the alternate group of a native blue/green service, the other group of a
CodeDeploy pair, the other group of a weighted forward, and a group that nobody uses and that a
listener of the same load balancer reaches on the same port.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assurance.model.load_balancers import Listener, LoadBalancer, TargetGroup
from assurance.model.unknown import is_unknown
from assurance.readers.load_balancers import LoadBalancerReading
from assurance.readers.state import Block, State


class Counterparts:
    """Finds the load balancers and the counterparts of a target group."""

    def __init__(self, state: State, reading: LoadBalancerReading, claimed: set[str]) -> None:
        self._reading = reading
        self._claimed = claimed
        self._balancers: dict[TargetGroup, list[LoadBalancer]] = {}
        self._siblings: dict[TargetGroup, list[TargetGroup]] = {}
        self._reached: dict[LoadBalancer, list[TargetGroup]] = {}
        for balancer in reading.records.load_balancers:
            for listener in balancer.listeners:
                for pair in _forwards(listener):
                    self._enter(pair, balancer)
        for pair in _pairs(state, reading):
            self._relate(pair)

    def _enter(self, pair: tuple[TargetGroup, ...], balancer: LoadBalancer) -> None:
        self._relate(pair)
        self._reached.setdefault(balancer, []).extend(pair)
        for group in pair:
            known = self._balancers.setdefault(group, [])
            if balancer not in known:
                known.append(balancer)

    def _relate(self, pair: tuple[TargetGroup, ...]) -> None:
        for group in pair:
            self._siblings.setdefault(group, []).extend(pair)

    def load_balancers(self, group: TargetGroup) -> tuple[str, ...]:
        """Return the subject ids of the load balancers that forward to a group."""
        return tuple(each.subject.id for each in self._balancers.get(group, ()))

    def of(self, group: TargetGroup, block: Block) -> tuple[TargetGroup, ...]:
        """Return the counterparts of a group that a service's block registers."""
        siblings = self._siblings.get(group, ())
        found = {
            other.subject.id: other
            for other in (*self._stated(block), *siblings, *self._unused(group))
            if other is not group and other.subject.id not in self._claimed
        }
        return tuple(found.values())

    def _stated(self, block: Block) -> tuple[TargetGroup, ...]:
        path = "advanced_configuration.alternate_target_group_arn"
        if not block.is_set(path):
            return ()
        found = self._reading.target_groups.at(block, path)
        return () if is_unknown(found) else tuple(one for one in found if not is_unknown(one))

    def _unused(self, group: TargetGroup) -> Iterator[TargetGroup]:
        for balancer in self._balancers.get(group, ()):
            yield from (other for other in self._reached[balancer] if _is_twin(group, other))


def _is_twin(group: TargetGroup, other: TargetGroup) -> bool:
    pairs = (
        (group.port, other.port),
        (group.protocol, other.protocol),
        (group.health_check, other.health_check),
    )
    if any(is_unknown(one) for pair in pairs for one in pair):
        return False
    paths = (group.health_check.path, other.health_check.path)
    if any(is_unknown(path) for path in paths):
        return False
    same = (group.port, group.protocol) == (other.port, other.protocol)
    return same and paths[0] == paths[1]


def _forwards(listener: Listener) -> Iterator[tuple[TargetGroup, ...]]:
    """Yield the known groups of each forward of a listener and its rules."""
    bundles: list[Any] = [listener.default_actions, *(rule.actions for rule in listener.rules)]
    for actions in bundles:
        for action in () if is_unknown(actions) else actions:
            groups = () if is_unknown(action) else action.target_groups
            if not is_unknown(groups) and groups:
                yield tuple(group for group in groups if not is_unknown(group))


def _pairs(state: State, reading: LoadBalancerReading) -> Iterator[tuple[TargetGroup, ...]]:
    for each in state.of("aws_codedeploy_deployment_group"):
        blocks = each.blocks("load_balancer_info.target_group_pair_info.target_group")
        if not is_unknown(blocks):
            found = (
                reading.target_groups.one(block, block.get("name", None))
                for block in blocks
                if not is_unknown(block)
            )
            yield tuple(group for group in found if not is_unknown(group))
