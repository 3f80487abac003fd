"""Reads databases from evaluated Terraform: RDS instances, clusters and DynamoDB tables.

What is unset is what the provider documents
(registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/db_instance, rds_cluster,
rds_cluster_instance and dynamodb_table): an instance keeps backups for 0 days and has one zone, a
cluster keeps them for 1 day; nothing is encrypted, protected against deletion or public; deletion
asks for a final snapshot.
"""

from __future__ import annotations

import re

from assurance.model.databases import Database, Databases, Family, Grant, Parameter
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.credentials import read_master
from assurance.readers.database_clusters import MEMBER, read_cluster, read_homeless
from assurance.readers.database_settings import (
    CLUSTER,
    INSTANCE,
    is_above_zero,
    read_backup_days,
    read_node,
    read_parameters,
    read_performance,
    read_storage,
)
from assurance.readers.kinds import Kind
from assurance.readers.logins import Accounts, read_logins
from assurance.readers.references import flag, identity
from assurance.readers.state import Resource, State
from assurance.readers.tables import read_table

_TABLE = "aws_dynamodb_table"
_ARN = re.compile(r"arn:[\w-]+:rds:([\w-]+):")
DATABASE_TYPES = (INSTANCE, CLUSTER, MEMBER, _TABLE)


def read_databases(state: State, accounts: Accounts) -> Databases:
    """Return every database, and the rights in them that are declared."""
    return Databases(
        databases=(
            *(_instance(found, accounts) for found in state.of(INSTANCE)),
            *(read_cluster(found, accounts) for found in state.of(CLUSTER)),
            *read_homeless(state),
            *(read_table(found) for found in state.of(_TABLE)),
        ),
        grants=tuple(_grant(found) for found in state.of("postgresql_grant")),
    )


def _instance(resource: Resource, accounts: Accounts) -> Database:
    source = resource.target("replicate_source_db", INSTANCE, CLUSTER)
    days = read_backup_days(resource, 0)
    master = read_master(resource, "username", "password")
    return Database(
        subject=resource.subject(),
        family=Family.INSTANCE,
        engine=_inherited(resource, source, "engine"),
        version=_inherited(resource, source, "engine_version"),
        source=identity(resource, "replicate_source_db", INSTANCE, CLUSTER),
        region=resource.region,
        source_region=_region_of(resource, source),
        holds_state_locks=False,
        nodes=(read_node(resource),),
        readers=_replicas(resource),
        spans_zones=flag(resource.get("multi_az", False)),
        storage=read_storage(resource),
        performance=read_performance(resource),
        backup_days=days,
        recovers_to_any_point=is_above_zero(days),
        parameters=_parameters(resource, source),
        master=master,
        logins=read_logins(resource, master, accounts),
        accepts_iam=flag(resource.get("iam_database_authentication_enabled", False)),
        resists_deletion=flag(resource.get("deletion_protection", False)),
        skips_final_snapshot=flag(resource.get("skip_final_snapshot", False)),
        final_snapshot=resource.get("final_snapshot_identifier"),
    )


def _inherited(resource: Resource, source: Resource | None, path: str) -> str:
    """Return what a replica takes over from its source; a source elsewhere does not tell."""
    if resource.is_set(path) or not resource.is_set("replicate_source_db"):
        return resource.get(path)
    if source is None:
        return unknown(f"{path} of {resource.id} is that of a source outside this configuration")
    return source.get(path)


def _parameters(resource: Resource, source: Resource | None) -> tuple[Parameter, ...]:
    """Return what the group in force sets; unset, a replica has that of a source in its region.

    https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html
    """
    path, type_ = "parameter_group_name", "aws_db_parameter_group"
    copies = resource.is_set("replicate_source_db") and not resource.is_set(path)
    if not copies or _is_abroad(resource, source):
        return read_parameters(resource, path, type_)
    if source is None:
        return unknown(f"{path} of {resource.id} is that of a source outside this configuration")
    return read_parameters(source, path, type_)


def _is_abroad(resource: Resource, source: Resource | None) -> bool:
    there, here = _region_of(resource, source), resource.region
    return not is_unknown(there) and not is_unknown(here) and bool(there != here)


def _region_of(resource: Resource, source: Resource | None) -> str:
    if source is not None:
        return source.region
    named = resource.get("replicate_source_db")
    if is_unknown(named):
        return named
    # Within one region a source is named by its identifier, in another one by its ARN.
    found = _ARN.match(named)
    return found[1] if found is not None else resource.region


def _replicas(source: Resource) -> tuple[str, ...]:
    return tuple(
        found.id
        for found in source.state.of(INSTANCE)
        if found.target("replicate_source_db", INSTANCE, CLUSTER) is source
    )


def _grant(resource: Resource) -> Grant:
    rights = resource.listed("privileges")
    return Grant(
        subject=resource.subject(),
        role=resource.get("role"),
        object=resource.get("object_type"),
        rights=rights if is_unknown(rights) else tuple(rights),
    )


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="database",
        plural="databases",
        population=lambda view: view.databases.databases,
        inventory=DATABASE_TYPES,
    ),
    Kind(
        noun="grant in a database",
        plural="grants in a database",
        population=lambda view: view.databases.grants,
        inventory=("postgresql_grant",),
    ),
)
