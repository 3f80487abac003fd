"""Reads Aurora and Multi-AZ clusters with their instances from evaluated Terraform."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assurance.model.databases import Database, Family, Master
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.credentials import read_master
from assurance.readers.database_settings import (
    CLUSTER,
    INSTANCE,
    read_backup_days,
    read_node,
    read_parameters,
    read_performance,
    read_storage,
)
from assurance.readers.logins import Accounts, read_logins
from assurance.readers.references import flag, identity
from assurance.readers.state import Resource, State

MEMBER = "aws_rds_cluster_instance"


def read_cluster(resource: Resource, accounts: Accounts) -> Database:
    """Return an `aws_rds_cluster` with its instances."""
    members = _members(resource)
    known = tuple(found for found in members if not is_unknown(found))
    master = read_master(resource, "master_username", "master_password")
    return Database(
        subject=resource.subject(*known),
        family=Family.CLUSTER,
        engine=resource.get("engine"),
        version=resource.get("engine_version"),
        source=_global_source(resource),
        region=resource.region,
        source_region=resource.get("source_region", resource.region),
        holds_state_locks=False,
        nodes=tuple(found if is_unknown(found) else read_node(found) for found in members),
        readers=_cluster_readers(resource, members),
        spans_zones=_spans_zones(resource),
        storage=read_storage(resource),
        performance=read_performance(resource, *known),
        backup_days=read_backup_days(resource, 1),
        recovers_to_any_point=True,
        parameters=read_parameters(
            resource, "db_cluster_parameter_group_name", "aws_rds_cluster_parameter_group"
        ),
        master=master,
        logins=read_logins(resource, master, accounts),
        accepts_iam=flag(resource.get("iam_database_authentication_enabled", False)),
        resists_deletion=flag(resource.get("deletion_protection", False)),
        skips_final_snapshot=flag(resource.get("skip_final_snapshot", False)),
        final_snapshot=resource.get("final_snapshot_identifier"),
    )


def _members(cluster: Resource) -> tuple[Any, ...]:
    """Return the instances of a cluster; one that may be its own stands as unknown."""
    found: list[Any] = []
    for member in cluster.state.of(MEMBER):
        value = member.get("cluster_identifier")
        if is_unknown(value):
            found.append(unknown(f"whether {member.id} belongs to {cluster.id} is not known"))
        elif member.target("cluster_identifier", CLUSTER) is cluster:
            found.append(member)
    return tuple(found)


def _global_source(resource: Resource) -> str:
    """Return what a cluster copies: a source, or the primary of a global database.

    A secondary cluster of a global database names neither master user nor database.
    """
    if resource.is_set("replication_source_identifier"):
        return identity(resource, "replication_source_identifier", INSTANCE, CLUSTER)
    owns = resource.is_set("master_username") or resource.is_set("snapshot_identifier")
    if resource.is_set("global_cluster_identifier") and not owns:
        return identity(resource, "global_cluster_identifier", "aws_rds_global_cluster")
    return ""


def _is_multi_az(resource: Resource) -> bool:
    return resource.is_set("db_cluster_instance_class")


def _cluster_readers(resource: Resource, members: tuple[Any, ...]) -> tuple[str, ...]:
    """Return what serves reads; a Multi-AZ cluster has two readable standbys by itself.

    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.html
    """
    if _is_multi_az(resource):
        return ("the first readable standby", "the second readable standby")
    return tuple(found if is_unknown(found) else found.id for found in members[1:])


def _spans_zones(resource: Resource) -> bool:
    """Whether a cluster spans zones by itself, rather than through its instances.

    Multi-AZ clusters run in three zones, Aurora Serverless v1 moves to another zone.
    https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless.how-it-works.html
    """
    mode = resource.get("engine_mode")
    if _is_multi_az(resource) or is_unknown(mode):
        return True if _is_multi_az(resource) else mode
    return bool(mode == "serverless")


def read_homeless(state: State) -> Iterator[Database]:
    """Yield the instances whose cluster is not part of the configuration."""
    for member in state.of(MEMBER):
        if member.target("cluster_identifier", CLUSTER) is None:
            value = member.get("cluster_identifier")
            named = "of it" if is_unknown(value) else str(value)
            why = unknown(f"{member.id}: the cluster {named} is not part of this configuration")
            yield Database(
                subject=member.subject(),
                family=Family.CLUSTER,
                engine=member.get("engine"),
                version=member.get("engine_version"),
                region=member.region,
                holds_state_locks=False,
                nodes=(read_node(member),),
                performance=read_performance(member),
                source=why,
                source_region=why,
                readers=why,
                spans_zones=why,
                storage=why,
                backup_days=why,
                recovers_to_any_point=why,
                parameters=why,
                master=Master(user=why, is_managed=why, keeper=why),
                logins=why,
                accepts_iam=why,
                resists_deletion=why,
                skips_final_snapshot=why,
                final_snapshot=why,
            )
