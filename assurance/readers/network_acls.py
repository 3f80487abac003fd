"""Network ACLs, and which one guards a subnet.

The default ACL that nobody adopted lets everything through; one that is adopted without rules
lets nothing through (registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/
default_network_acl). A subnet that no ACL names has the default one.
"""

from __future__ import annotations

from typing import Any

from assurance.model.addresses import EVERYTHING
from assurance.model.networks import AclEntry, NetworkAcl, Vpc
from assurance.model.subjects import Subject
from assurance.model.unknown import is_unknown, unknown, why_unknown
from assurance.readers.protocols import read_ports
from assurance.readers.ranges import address_range
from assurance.readers.references import whole
from assurance.readers.state import Block, Resource, State, tokens
from assurance.readers.vpcs import VPC_TYPES, Vpcs, outside, present

ACL_TYPES = ("aws_network_acl", "aws_default_network_acl")


class NetworkAcls:
    """The network ACLs of a state."""

    def __init__(self, state: State, vpcs: Vpcs) -> None:
        self._state = state
        self._vpcs = vpcs
        self._adopted = self._adoptions()
        self._entries = self._separate_entries()
        found = {each.id: self._acl(each) for each in state.of(*ACL_TYPES)}
        self.managed = tuple(found.values())
        self._found = found
        for vpc in vpcs.managed:
            name = self._default_id(vpc)
            if name not in found:
                found[name] = self._implicit(vpc, name)
        self._subnets = self._associations()

    def of_subnet(self, subnet: Resource) -> NetworkAcl:
        """Return the ACL that guards a subnet."""
        found = self._subnets.get(subnet.id, self._subnets.get(""))
        if found is not None:
            return found
        vpc = self._vpcs.at(subnet)
        if is_unknown(vpc):
            return unknown(why_unknown(vpc))
        acl = self._found.get(self._default_id(vpc))
        return acl or unknown(f"the default network ACL of {vpc.subject.id} is not written here")

    def _id_at(self, block: Block, path: str) -> str:
        value = block.get(path, None)
        target = block.resource.resolve(value)
        attributes = {attribute for _, attribute in tokens(value)}
        is_vpc = target is not None and target.type in VPC_TYPES
        if target is not None and is_vpc and "default_network_acl_id" in attributes:
            return self._default_id(self._vpcs.of(target))
        if target is not None and target.type in ACL_TYPES and target.is_managed:
            return target.id
        return outside(value, "network ACL")

    def _default_id(self, vpc: Vpc) -> str:
        return self._adopted.get(vpc.subject.id, f"default network ACL of {vpc.subject.id}")

    def _adoptions(self) -> dict[str, str]:
        found = {}
        for each in self._state.of("aws_default_network_acl"):
            target = each.target("default_network_acl_id", *VPC_TYPES)
            if target is not None:
                found[self._vpcs.of(target).subject.id] = each.id
        return found

    def _separate_entries(self) -> dict[tuple[str, bool], list[AclEntry]]:
        found: dict[tuple[str, bool], list[AclEntry]] = {}
        for each in self._state.of("aws_network_acl_rule"):
            name = self._id_at(each, "network_acl_id")
            outward = each.get("egress", False)
            if is_unknown(name):
                continue
            for egress in (True, False) if is_unknown(outward) else (bool(outward),):
                entry = outward if is_unknown(outward) else present(each, _entry(each))
                found.setdefault((name, egress), []).append(entry)
        return found

    def _acl(self, resource: Resource) -> NetworkAcl:
        return NetworkAcl(
            subject=resource.subject(*self._parts(resource)),
            vpc=self._vpc_of(resource),
            is_default=resource.type == "aws_default_network_acl",
            ingress=self._direction(resource, "ingress", egress=False),
            egress=self._direction(resource, "egress", egress=True),
        )

    def _parts(self, resource: Resource) -> tuple[Resource, ...]:
        return tuple(
            each
            for each in self._state.of("aws_network_acl_rule")
            if (target := each.target("network_acl_id", *ACL_TYPES)) and target.id == resource.id
        )

    def _vpc_of(self, resource: Resource) -> Vpc:
        if resource.type == "aws_network_acl":
            return self._vpcs.at(resource)
        target = resource.target("default_network_acl_id", *VPC_TYPES)
        if target is not None:
            return self._vpcs.of(target)
        return outside(resource.get("default_network_acl_id", None), "the VPC of network ACL")

    def _direction(self, resource: Resource, path: str, *, egress: bool) -> tuple[AclEntry, ...]:
        blocks = resource.blocks(path)
        if is_unknown(blocks):
            return blocks
        inline = [block if is_unknown(block) else _entry(block) for block in blocks]
        return _in_order([*inline, *self._entries.get((resource.id, egress), ())])

    def _implicit(self, vpc: Vpc, name: str) -> NetworkAcl:
        subject = Subject(
            id=name,
            location=vpc.subject.location,
            evidence=vpc.subject.evidence,
            existence=vpc.subject.existence,
        )
        # AWS numbers its entry 100; 32766 and 32765 cannot be taken by entries of the user's own.
        entries = tuple(
            AclEntry(
                number=100 + place,
                allows=True,
                ports=EVERYTHING,
                cidr=cidr,
                location=vpc.subject.location,
            )
            for place, cidr in enumerate(("0.0.0.0/0", "::/0"))
        )
        ingress = [*entries, *self._entries.get((name, False), ())]
        egress = [*entries, *self._entries.get((name, True), ())]
        return NetworkAcl(
            subject=subject,
            vpc=vpc,
            is_default=True,
            ingress=_in_order(ingress),
            egress=_in_order(egress),
        )

    def _associations(self) -> dict[str, NetworkAcl]:
        found: dict[str, NetworkAcl] = {}
        for each in self._state.of(*ACL_TYPES):
            if is_unknown(each.get("subnet_ids", None)):
                found[""] = unknown(
                    f"the subnets of {each.id}: {why_unknown(each.get('subnet_ids'))}"
                )
            for subnet in each.targets("subnet_ids", "aws_subnet", "aws_default_subnet"):
                if subnet is not None:
                    found[subnet.id] = self._found[each.id]
        for each in self._state.of("aws_network_acl_association"):
            subnet = each.target("subnet_id", "aws_subnet", "aws_default_subnet")
            name = self._id_at(each, "network_acl_id")
            if subnet is not None:
                known = None if is_unknown(name) else self._found.get(name)
                found[subnet.id] = known or outside(each.get("network_acl_id", None), "network ACL")
        return found


def _in_order(entries: list[Any]) -> tuple[AclEntry, ...]:
    """Sort by number; where one number is unknown, so is the order."""
    for entry in entries:
        if is_unknown(entry):
            return entry
        if is_unknown(entry.number):
            return entry.number
    return tuple(sorted(entries, key=lambda entry: entry.number))


def _entry(block: Block) -> AclEntry:
    number = block.get("rule_number", None)
    action = block.get("rule_action", None)
    cidr = block.get("cidr_block", None)
    if action is None:
        action = block.get("action", None)
    return AclEntry(
        number=whole(block.get("rule_no", 0) if number is None else number),
        allows=action if is_unknown(action) else str(action).lower() == "allow",
        ports=read_ports(block),
        cidr=address_range(
            block.get("ipv6_cidr_block", "") if cidr is None else cidr, block.resource.id
        ),
        location=block.resource.location,
    )
