"""Rules of databases on small systems: what conforms, what violates, and what nobody can tell."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.databases import Database
from assurance.model.findings import Finding, NotApplicable, Verdict
from assurance.model.unknown import UnknownValue
from assurance.rules import databases as rules
from assurance.rules.backups import reaches_back
from assurance.rules.database_transport import refuses_plain_connections
from tests.states import managed, unknown_because
from tests.views import view_of

KEY = managed("aws_kms_key.data")


def database(*resources: dict[str, Any]) -> Database:
    return view_of(*resources).databases.databases[0]


def instance(**values: Any) -> Database:
    return database(managed("aws_db_instance.main", **values), KEY)


def says(verdict: Verdict) -> tuple[bool, str]:
    assert isinstance(verdict, Finding)
    return verdict.holds, verdict.actual


def test_a_table_of_locks_is_no_place_for_data() -> None:
    """A system whose only table holds Terraform's locks has no database."""
    locks = view_of(managed("aws_dynamodb_table.locks", hash_key="LockID")).databases

    assert not rules.data_is_managed(locks).holds
    assert rules.resists_deletion(locks.databases[0]) == NotApplicable("state_locks")


def test_engines_that_were_not_agreed_are_named() -> None:
    """The engine is compared with the list of the catalogue."""
    verdict = rules.runs_agreed_engine(instance(engine="mysql"), engines=["postgres"])

    assert says(verdict) == (False, "engine mysql")


@pytest.mark.parametrize(
    ("version", "holds"), [("16.3", True), ("14", True), ("13.9", False), ("", True)]
)
def test_a_version_is_compared_by_its_major_number(version: str, holds: bool) -> None:
    """Unset, AWS takes its default, which it supports."""
    found = instance(engine="postgres", engine_version=version)

    assert says(rules.runs_supported_version(found, oldest=14))[0] is holds


def test_a_public_instance_of_a_cluster_is_named() -> None:
    """One public instance opens the cluster, also beside one of which nothing is known."""
    members = [
        managed(
            f"aws_rds_cluster_instance.{name}",
            cluster_identifier="${aws_rds_cluster.main.id}",
            publicly_accessible=public,
        )
        for name, public in (("a", True), ("b", unknown_because("var.public")))
    ]
    found = database(managed("aws_rds_cluster.main", engine="aurora-postgresql"), *members)

    assert says(rules.has_no_public_address(found)) == (
        False,
        "aws_rds_cluster_instance.a has a public address",
    )


def test_unset_backups_of_an_instance_are_none() -> None:
    """The provider creates an instance with a retention of 0 days."""
    view = view_of(managed("aws_db_instance.main", engine="postgres"))

    verdict = reaches_back(view.databases.databases[0], view.backups, days=7)

    assert says(verdict) == (False, "backups are kept 0 days: there are none")


def test_continuous_backups_of_a_plan_count() -> None:
    """AWS Backup can keep what the instance does not."""
    view = view_of(
        managed("aws_db_instance.main", engine="postgres", identifier="main"),
        managed(
            "aws_backup_plan.main",
            rule=[
                {
                    "rule_name": "hourly",
                    "enable_continuous_backup": True,
                    "lifecycle": [{"delete_after": 35}],
                }
            ],
        ),
        managed(
            "aws_backup_selection.main",
            plan_id="${aws_backup_plan.main.id}",
            resources=["${aws_db_instance.main.arn}"],
        ),
    )

    verdict = reaches_back(view.databases.databases[0], view.backups, days=30)

    assert says(verdict) == (True, "a backup plan keeps them")


def test_a_replica_is_protected_by_its_source() -> None:
    """Backups, zones, deletion and passwords are those of the source."""
    replica = instance(replicate_source_db="main")

    for rule in (
        rules.spans_zones,
        rules.keeps_master_password_managed,
        rules.gives_applications_own_role,
        rules.leaves_final_snapshot,
        rules.resists_deletion,
        rules.serves_reads_elsewhere,
    ):
        assert rule(replica) == NotApplicable("replica")


def cluster(*zones: str) -> Database:
    members = [
        managed(
            f"aws_rds_cluster_instance.one[{number}]",
            cluster_identifier="${aws_rds_cluster.main.id}",
            availability_zone=zone,
        )
        for number, zone in enumerate(zones)
    ]
    return database(managed("aws_rds_cluster.main", engine="aurora-postgresql"), *members)


def test_a_cluster_spans_zones_through_its_instances() -> None:
    """Two stated zones are two; two in one zone are one; one instance is in one."""
    assert says(rules.spans_zones(cluster("a", "b"))) == (True, "2 instances, in a and b")
    assert says(rules.spans_zones(cluster("a", "a"))) == (False, "2 instances, in a")
    assert says(rules.spans_zones(cluster(""))) == (False, "1 instances, in zones that AWS chooses")


def test_zones_that_aws_chooses_are_not_known() -> None:
    """Nothing is documented by which two instances would differ."""
    with pytest.raises(UnknownValue, match="decided when they are created"):
        rules.spans_zones(cluster("", ""))


def test_a_multi_az_cluster_spans_zones_by_itself() -> None:
    """It has a writer and two readable standbys in three zones."""
    found = database(
        managed(
            "aws_rds_cluster.main", engine="postgres", db_cluster_instance_class="db.m6gd.large"
        )
    )

    assert says(rules.spans_zones(found))[0]
    assert says(rules.serves_reads_elsewhere(found))[0]


@pytest.mark.parametrize(
    ("values", "actual"),
    [
        ({}, "not encrypted"),
        ({"storage_encrypted": True}, "encrypted with a key of AWS (no key is named)"),
        (
            {"storage_encrypted": True, "kms_key_id": "alias/aws/rds"},
            "encrypted with alias/aws/rds",
        ),
    ],
)
def test_storage_without_a_key_of_our_own_fails(values: dict[str, Any], actual: str) -> None:
    """Not encrypted, encrypted by AWS alone, and with AWS's alias are all not enough."""
    assert says(rules.encrypts_storage(instance(engine="postgres", **values))) == (False, actual)


def test_performance_data_counts_only_where_it_is_collected() -> None:
    """Performance Insights is off unless it is turned on."""
    collected = instance(performance_insights_enabled=True)

    assert rules.encrypts_performance_data(instance()) == NotApplicable("no_performance_data")
    assert not says(rules.encrypts_performance_data(collected))[0]


@pytest.mark.parametrize(
    ("engine", "version", "parameter", "holds"),
    [
        ("postgres", "16.3", None, True),
        ("postgres", "14.9", None, False),
        ("postgres", "16.3", "0", False),
        ("postgres", "13.1", "1", True),
        ("aurora-postgresql", "16.4", None, False),
        ("aurora-postgresql", "17.4", None, True),
        ("mysql", "8.0", None, False),
        ("mysql", "8.0", "ON", True),
        ("mariadb", "11.8.2", None, True),
        ("mariadb", "10.11", None, False),
    ],
)
def test_plain_connections_are_refused_by_parameter_or_default(
    engine: str, version: str, parameter: str | None, holds: bool
) -> None:
    """Each engine has its parameter, and each version its default."""
    name = "rds.force_ssl" if "postgres" in engine else "require_secure_transport"
    blocks = [{"name": name, "value": parameter}] if parameter else []
    is_cluster = engine.startswith("aurora")
    kind = "aws_rds_cluster_parameter_group" if is_cluster else "aws_db_parameter_group"
    owner = "aws_rds_cluster" if is_cluster else "aws_db_instance"
    path = "db_cluster_parameter_group_name" if is_cluster else "parameter_group_name"
    attached: dict[str, Any] = {path: f"${{{kind}.main.name}}"}
    found = database(
        managed(f"{kind}.main", parameter=blocks),
        managed(
            f"{owner}.main",
            engine=engine,
            engine_version=version,
            **attached,
        ),
    )

    assert says(refuses_plain_connections(found))[0] is holds


def test_the_default_of_an_unstated_version_is_not_known() -> None:
    """AWS chooses the version, and the parameter's default goes with it."""
    with pytest.raises(UnknownValue, match="which AWS chooses"):
        refuses_plain_connections(instance(engine="postgres"))


def test_a_final_snapshot_needs_a_name() -> None:
    """Without one Terraform cannot delete at all, and with skip it leaves nothing."""
    assert says(rules.leaves_final_snapshot(instance())) == (False, "the snapshot has no name")
    skipped = instance(skip_final_snapshot=True)
    assert says(rules.leaves_final_snapshot(skipped)) == (False, "the final snapshot is skipped")
    named = instance(final_snapshot_identifier="last")
    assert says(rules.leaves_final_snapshot(named)) == (True, "final snapshot last")


def test_a_grant_that_creates_is_named() -> None:
    """A role of the application owns nothing."""
    grants = view_of(
        managed("postgresql_grant.a", role="app", object_type="schema", privileges=["CREATE"]),
        managed("postgresql_grant.b", role="app", object_type="table", privileges=["SELECT"]),
    ).databases.grants

    assert [rules.grants_no_change_of_schema(grant).holds for grant in grants] == [False, True]
