"""Security groups with the rules that inline blocks and three kinds of resource give them.

A group without `egress` lets nothing out: the provider removes the rule that AWS adds
(registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/security_group). The group
that AWS makes with a VPC, where nothing adopts it, admits itself and lets everything out
(docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assurance.model.addresses import EVERYTHING
from assurance.model.networks import (
    Peer,
    PeerKind,
    SecurityGroup,
    SecurityGroupRule,
    Vpc,
)
from assurance.model.subjects import Subject
from assurance.model.unknown import is_unknown, unknown, why_unknown
from assurance.readers.peers import Peers
from assurance.readers.protocols import read_ports
from assurance.readers.state import Block, Resource, State, tokens
from assurance.readers.vpcs import VPC_TYPES, Vpcs, followed, outside, present

GROUP_TYPES = ("aws_security_group", "aws_default_security_group")
RULE_TYPES = (
    "aws_security_group_rule",
    "aws_vpc_security_group_ingress_rule",
    "aws_vpc_security_group_egress_rule",
)


class SecurityGroups:
    """The security groups of a state."""

    def __init__(self, state: State, vpcs: Vpcs) -> None:
        self._vpcs = vpcs
        self._peers = Peers(state, self.id_at)
        self._rules: dict[str, list[Resource]] = {}
        self._strays: list[Resource] = []
        self._adopted = {
            vpcs.at(each).subject.id: each.id
            for each in state.of("aws_default_security_group")
            if not is_unknown(vpcs.at(each))
        }
        for rule in state.of(*RULE_TYPES):
            self._file(rule)
        groups = {each.id: self._group(each) for each in state.of(*GROUP_TYPES)}
        self.managed = (*groups.values(), *(self._stray(each) for each in self._strays))
        self.defaults = tuple(
            groups.get(self._adopted.get(vpc.subject.id, "")) or self._implicit(vpc)
            for vpc in vpcs.managed
        )
        everything = (*groups.values(), *self.defaults)
        self._found = {group.subject.id: group for group in everything}

    def at(self, block: Block, path: str) -> tuple[SecurityGroup, ...]:
        """Return the groups that a block names; unknown ones for those from outside."""
        pairs = followed(block, path, *GROUP_TYPES, *VPC_TYPES)
        if is_unknown(pairs):
            return pairs
        return tuple(self.one(place, value) for place, value in pairs)

    def one(self, block: Block, value: object) -> SecurityGroup:
        """Return the group that one value names."""
        name = self.id_at(block, value)
        found = None if is_unknown(name) else self._found.get(name)
        return found if found is not None else outside(value, "security group")

    def default_of(self, vpc: Vpc) -> SecurityGroup:
        """Return the default group of a VPC, which things use that name no group."""
        if is_unknown(vpc):
            return unknown(why_unknown(vpc))
        found = self._found.get(self._default_id(vpc))
        return found or unknown(f"the default group of {vpc.subject.id} is not written here")

    def id_at(self, block: Block, value: object) -> str:
        """Return the subject id of the group that a value names; unknown when it is outside."""
        target = block.resource.resolve(value)
        attributes = {attribute for _, attribute in tokens(value)}
        is_vpc = target is not None and target.type in VPC_TYPES
        if target is not None and is_vpc and "default_security_group_id" in attributes:
            return self._default_id(self._vpcs.of(target))
        if target is not None and not target.is_managed and target.get("name") == "default":
            vpc = self._vpcs.at(target)
            return outside(value, "security group") if is_unknown(vpc) else self._default_id(vpc)
        if target is not None and target.type in GROUP_TYPES and target.is_managed:
            return target.id
        return outside(value, "security group")

    def _default_id(self, vpc: Vpc) -> str:
        return self._adopted.get(vpc.subject.id, f"default security group of {vpc.subject.id}")

    def _file(self, rule: Resource) -> None:
        name = self.id_at(rule, rule.get("security_group_id", None))
        if is_unknown(name):
            self._strays.append(rule)
        else:
            self._rules.setdefault(name, []).append(rule)

    def _group(self, resource: Resource) -> SecurityGroup:
        rules = self._rules.get(resource.id, [])
        return SecurityGroup(
            subject=resource.subject(*rules),
            vpc=self._vpcs.at(resource),
            is_default=resource.type == "aws_default_security_group",
            ingress=(*self._inline(resource, "ingress"), *self._attached(resource.id, "ingress")),
            egress=(*self._inline(resource, "egress"), *self._attached(resource.id, "egress")),
        )

    def _implicit(self, vpc: Vpc) -> SecurityGroup:
        name = f"default security group of {vpc.subject.id}"
        here = vpc.subject.location
        itself = Peer(kind=PeerKind.GROUP, value=name, text=name)
        anywhere = Peer(kind=PeerKind.CIDR, value="0.0.0.0/0", text="0.0.0.0/0")
        return SecurityGroup(
            subject=Subject(
                id=name,
                location=here,
                evidence=vpc.subject.evidence,
                existence=vpc.subject.existence,
            ),
            vpc=vpc,
            is_default=True,
            ingress=(
                SecurityGroupRule(ports=EVERYTHING, peer=itself, location=here),
                *self._attached(name, "ingress"),
            ),
            egress=(
                SecurityGroupRule(ports=EVERYTHING, peer=anywhere, location=here),
                *self._attached(name, "egress"),
            ),
        )

    def _stray(self, rule: Resource) -> SecurityGroup:
        """Return the group outside of which only one rule is written here."""
        rest = unknown(f"the other rules of the group of {rule.id} are not written here")
        found = tuple(self._one_resource(rule))
        stated = _direction(rule)
        is_ingress = not is_unknown(stated) and stated == "ingress"
        if is_unknown(stated):
            found = (stated,)
        return SecurityGroup(
            subject=rule.subject(),
            vpc=unknown(f"the VPC of the group of {rule.id} is not part of this configuration"),
            is_default=False,
            ingress=(*found, rest) if is_ingress else (rest,),
            egress=(rest,) if is_ingress else (*found, rest),
        )

    def _inline(self, resource: Resource, direction: str) -> Iterator[SecurityGroupRule]:
        blocks = resource.blocks(direction)
        if is_unknown(blocks):
            yield blocks
            return
        for block in blocks:
            if is_unknown(block):
                yield block
            else:
                yield from self._rules_of(block, resource.id)

    def _attached(self, group: str, direction: str) -> Iterator[SecurityGroupRule]:
        for rule in self._rules.get(group, ()):
            stated = _direction(rule)
            if is_unknown(stated):
                yield stated
            elif stated == direction:
                yield from self._one_resource(rule, group)
        for rule in self._strays:
            stated = _direction(rule)
            here = is_unknown(stated) or stated == direction
            if here and is_unknown(rule.get("security_group_id", None)):
                yield unknown(f"whether {rule.id} belongs to {group} is not known")

    def _one_resource(self, rule: Resource, group: str = "") -> Iterator[SecurityGroupRule]:
        for found in self._rules_of(rule, group):
            yield present(rule, found)

    def _rules_of(self, block: Block, group: str) -> Iterator[SecurityGroupRule]:
        ports = read_ports(block)
        for peer in self._peers.of(block, group):
            yield SecurityGroupRule(ports=ports, peer=peer, location=block.resource.location)


def _direction(rule: Resource) -> Any:
    if rule.type == "aws_security_group_rule":
        return rule.get("type")
    return rule.type.removeprefix("aws_vpc_security_group_").removesuffix("_rule")
