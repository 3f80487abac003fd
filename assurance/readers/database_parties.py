"""Databases with network interfaces, as parties.

An instance or cluster without a subnet group is created in the default VPC, whose subnets are
public; `publicly_accessible` is false unless set; one without security groups gets the default
group of its VPC (registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/db_instance).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assurance.model.networks import Subnet
from assurance.model.parties import Party, Role
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.networks import NetworkReading
from assurance.readers.references import whole
from assurance.readers.state import Block, Resource, State
from assurance.readers.vpcs import outside

DATABASE_TYPES = ("aws_db_instance", "aws_rds_cluster", "aws_rds_cluster_instance", "aws_db_proxy")
_PORTS = {
    "postgres": 5432,
    "aurora-postgresql": 5432,
    "POSTGRESQL": 5432,
    "mysql": 3306,
    "mariadb": 3306,
    "aurora-mysql": 3306,
    "aurora": 3306,
    "MYSQL": 3306,
    "SQLSERVER": 1433,
}


class DatabaseParties:
    """Reads the databases of a state."""

    def __init__(self, state: State, networks: NetworkReading) -> None:
        self._state = state
        self._networks = networks

    def read(self) -> Iterator[Party]:
        """Yield every database, a cluster with its instances as one."""
        for each in self._state.of("aws_db_instance"):
            source = self._source(each)
            yield self._party(each, (), each.get("publicly_accessible", False), source)
        for each in self._state.of("aws_rds_cluster"):
            members = self._members(each)
            yield self._party(each, members, _any_public(members), each)
        for each in self._state.of("aws_rds_cluster_instance"):
            if each.target("cluster_identifier", "aws_rds_cluster") is None:
                public = each.get("publicly_accessible", False)
                yield self._party(each, (), public, each, is_alone=True)
        for each in self._state.of("aws_db_proxy"):
            yield self._proxy(each)

    def _members(self, cluster: Resource) -> tuple[Resource, ...]:
        return tuple(
            each
            for each in self._state.of("aws_rds_cluster_instance")
            if (found := each.target("cluster_identifier", "aws_rds_cluster")) is not None
            and found.id == cluster.id
        )

    def _source(self, instance: Resource) -> Resource:
        """Return the instance whose subnet group and engine a replica in one region takes over."""
        source = instance.target("replicate_source_db", "aws_db_instance")
        stated = instance.is_set("db_subnet_group_name")
        return instance if source is None or stated else source

    def _party(
        self,
        resource: Resource,
        members: tuple[Resource, ...],
        public: Any,
        placed: Resource,
        *,
        is_alone: bool = False,
    ) -> Party:
        outside = unknown(f"the cluster of {resource.id} is not part of this configuration")
        subnets = outside if is_alone else self._subnets(placed)
        vpc = _vpc(subnets)
        groups = self._networks.security_groups.at(resource, "vpc_security_group_ids")
        if not is_unknown(groups) and not groups:
            groups = outside if is_alone else (self._networks.security_groups.default_of(vpc),)
        return _database(resource.subject(*members), vpc, subnets, groups, public, _port(placed))

    def _proxy(self, resource: Resource) -> Party:
        subnets = self._networks.subnets.at(resource, "vpc_subnet_ids")
        vpc = _vpc(subnets)
        groups = self._networks.security_groups.at(resource, "vpc_security_group_ids")
        if not is_unknown(groups) and not groups:
            groups = (self._networks.security_groups.default_of(vpc),)
        family = resource.get("engine_family")
        port = family if is_unknown(family) else _PORTS.get(family, 5432)
        return _database(resource.subject(), vpc, subnets, groups, False, port)

    def _subnets(self, resource: Resource) -> Any:
        if not resource.is_set("db_subnet_group_name"):
            return self._networks.subnets.default_of(resource)
        group = resource.target("db_subnet_group_name", "aws_db_subnet_group")
        if group is None or not group.is_managed:
            name = resource.get("db_subnet_group_name")
            return outside(name, "subnet group")
        return self._networks.subnets.at(group, "subnet_ids")


def _database(
    subject: Any, vpc: Any, subnets: tuple[Subnet, ...], groups: Any, public: Any, port: Any
) -> Party:
    return Party(
        subject=subject,
        role=Role.DATABASE,
        vpc=vpc,
        subnets=subnets,
        security_groups=groups,
        is_filtered=True,
        has_public_address=public,
        ports=(port,),
        behind=(),
        uses_database=False,
        callers=(1024, 65535),
    )


def _vpc(subnets: Any) -> Any:
    """Return the VPC of the first subnet that says; a group of subnets lies in one VPC."""
    if is_unknown(subnets):
        return subnets
    for subnet in subnets:
        if not is_unknown(subnet) and not is_unknown(subnet.vpc):
            return subnet.vpc
    return unknown("no subnet of it is part of this configuration")


def _any_public(members: tuple[Resource, ...]) -> Any:
    stated = [member.get("publicly_accessible", False) for member in members]
    if any(not is_unknown(one) and one for one in stated):
        return True
    return next((one for one in stated if is_unknown(one)), False)


def _port(resource: Block) -> Any:
    stated = resource.get("port", None)
    if is_unknown(stated) or stated:
        return whole(stated)
    engine = resource.get("engine", "aurora" if "cluster" in resource.resource.type else "")
    if is_unknown(engine):
        return engine
    return _PORTS.get(engine) or unknown(f"the default port of engine {engine!r}")
