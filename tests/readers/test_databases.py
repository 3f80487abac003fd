"""What the reader makes of databases in evaluated Terraform, in the forms of the wild."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.databases import Database, Databases, Family
from assurance.model.unknown import UnknownValue, is_unknown, why_unknown
from tests.states import managed, unknown_because
from tests.views import view_of

KEY = managed("aws_kms_key.data")


def databases(*resources: dict[str, Any]) -> Databases:
    return view_of(*resources).databases


def only(*resources: dict[str, Any]) -> Database:
    (found,) = databases(*resources).databases
    return found


def by_id(*resources: dict[str, Any]) -> dict[str, Database]:
    return {found.subject.id: found for found in databases(*resources).databases}


def test_an_instance_that_says_nothing_has_what_the_provider_documents() -> None:
    """No backups, one zone, nothing encrypted, deletable, private, a snapshot that has no name."""
    found = only(managed("aws_db_instance.main", engine="postgres"))

    assert found.family == Family.INSTANCE
    assert found.backup_days == 0
    assert not found.recovers_to_any_point
    assert not found.spans_zones
    assert not found.storage.is_on
    assert not found.resists_deletion
    assert not found.skips_final_snapshot
    assert found.final_snapshot == ""
    assert [node.is_public for node in found.nodes] == [False]
    assert found.performance == ()


def test_a_restored_instance_takes_its_retention_from_the_snapshot() -> None:
    """What a snapshot brings is not written in Terraform."""
    found = only(managed("aws_db_instance.main", engine="postgres", snapshot_identifier="old"))

    assert is_unknown(found.backup_days)


def test_a_cluster_that_says_nothing_keeps_backups_one_day() -> None:
    """Aurora always keeps backups, at least for a day."""
    found = only(managed("aws_rds_cluster.main", engine="aurora-postgresql"))

    assert found.backup_days == 1
    assert found.recovers_to_any_point


def test_the_instances_of_a_cluster_are_its_parts() -> None:
    """They serve it and are not databases of their own; all but the first serve reads."""
    found = only(
        managed("aws_rds_cluster.main", engine="aurora-postgresql"),
        *(
            managed(
                f"aws_rds_cluster_instance.one[{number}]",
                cluster_identifier="${aws_rds_cluster.main.id}",
                availability_zone=zone,
            )
            for number, zone in enumerate(("eu-west-1a", "eu-west-1b"))
        ),
    )

    assert found.subject.parts == (
        "aws_rds_cluster_instance.one[0]",
        "aws_rds_cluster_instance.one[1]",
    )
    assert [node.zone for node in found.nodes] == ["eu-west-1a", "eu-west-1b"]
    assert found.readers == ("aws_rds_cluster_instance.one[1]",)


def test_an_instance_of_a_cluster_elsewhere_is_a_subject_of_its_own() -> None:
    """Nothing is dropped; what the cluster says is unknown."""
    found = only(managed("aws_rds_cluster_instance.one", cluster_identifier="somewhere"))

    assert found.subject.id == "aws_rds_cluster_instance.one"
    assert "somewhere" in why_unknown(found.backup_days)


def test_a_replica_takes_engine_and_parameters_from_its_source() -> None:
    """Within one region a replica that names no group has that of its source."""
    found = by_id(
        managed("aws_db_parameter_group.main", parameter=[{"name": "rds.force_ssl", "value": 1}]),
        managed(
            "aws_db_instance.main",
            engine="postgres",
            engine_version="16.3",
            identifier="main",
            parameter_group_name="${aws_db_parameter_group.main.name}",
        ),
        managed("aws_db_instance.copy", replicate_source_db="main"),
    )

    copy = found["aws_db_instance.copy"]
    assert copy.source == "aws_db_instance.main"
    assert copy.engine == "postgres"
    assert copy.version == "16.3"
    assert [(one.name, one.value) for one in copy.parameters] == [("rds.force_ssl", "1")]
    assert found["aws_db_instance.main"].readers == ("aws_db_instance.copy",)


def test_the_region_of_a_source_elsewhere_is_in_its_arn() -> None:
    """A replica of another region names its source by ARN."""
    found = only(
        managed(
            "aws_db_instance.copy",
            replicate_source_db="arn:aws:rds:us-east-1:123456789012:db:main",
        )
    )

    assert found.source_region == "us-east-1"
    assert is_unknown(found.engine)


def test_a_group_elsewhere_leaves_its_parameters_unknown() -> None:
    """A default group of AWS sets nothing; any other may set anything."""
    default = only(managed("aws_db_instance.main", parameter_group_name="default.postgres16"))
    other = only(managed("aws_db_instance.main", parameter_group_name="ours"))

    assert default.parameters == ()
    assert is_unknown(other.parameters)


@pytest.mark.parametrize(
    ("key", "is_own"),
    [
        ("${aws_kms_key.data.arn}", True),
        ("alias/ours", True),
        ("alias/aws/rds", False),
        ("", False),
    ],
)
def test_whose_key_it_is_follows_from_what_is_named(key: str, is_own: bool) -> None:
    """AWS keeps the aliases under alias/aws/ for itself."""
    database = managed("aws_db_instance.main", storage_encrypted=True, kms_key_id=key)

    assert only(KEY, database).storage.is_customer_managed is is_own


def test_the_arn_of_a_key_does_not_tell_who_manages_it() -> None:
    """A literal ARN may be that of AWS's own key."""
    arn = "arn:aws:kms:eu-west-1:123456789012:key/1"
    found = only(managed("aws_db_instance.main", storage_encrypted=True, kms_key_id=arn))

    with pytest.raises(UnknownValue, match="who manages the key"):
        bool(found.storage.is_customer_managed)


def test_a_table_is_a_database_that_spans_zones() -> None:
    """Unset, its key is AWS's and it recovers to no point; set, to any of 35 days."""
    found = by_id(
        managed("aws_dynamodb_table.plain", hash_key="id"),
        managed(
            "aws_dynamodb_table.safe",
            hash_key="id",
            point_in_time_recovery=[{"enabled": True}],
            server_side_encryption=[{"enabled": True, "kms_key_arn": "${aws_kms_key.data.arn}"}],
        ),
        KEY,
    )

    plain, safe = found["aws_dynamodb_table.plain"], found["aws_dynamodb_table.safe"]
    assert plain.spans_zones
    assert (plain.backup_days, plain.storage.is_customer_managed) == (0, False)
    assert (safe.backup_days, safe.storage.is_customer_managed) == (35, True)


def test_the_table_of_state_locks_is_told_by_its_key() -> None:
    """Terraform asks for the partition key LockID."""
    assert only(managed("aws_dynamodb_table.locks", hash_key="LockID")).holds_state_locks


def test_a_password_is_managed_by_rds_or_stands_in_a_rotated_secret() -> None:
    """A password that is only given to Terraform is managed by nobody."""
    found = by_id(
        managed("aws_db_instance.managed", manage_master_user_password=True),
        managed("aws_db_instance.given", password=unknown_because("var.password")),
        managed("aws_db_instance.rotated", password="${random_password.main.result}"),
        managed("random_password.main", length=30),
        managed("aws_secretsmanager_secret.main", name="main"),
        managed(
            "aws_secretsmanager_secret_version.main",
            secret_id="${aws_secretsmanager_secret.main.id}",
            secret_string={"username": "root", "password": "${random_password.main.result}"},
        ),
        managed(
            "aws_secretsmanager_secret_rotation.main",
            secret_id="${aws_secretsmanager_secret.main.id}",
        ),
    )

    assert found["aws_db_instance.managed"].master.is_managed
    assert not found["aws_db_instance.given"].master.is_managed
    assert found["aws_db_instance.rotated"].master.is_managed


def application(**container: Any) -> tuple[dict[str, Any], ...]:
    """Return a service whose one container is given."""
    return (
        managed(
            "aws_ecs_task_definition.app",
            family="app",
            task_role_arn="${aws_iam_role.app.arn}",
            container_definitions=[{"name": "app", "image": "x", **container}],
        ),
        managed("aws_iam_role.app", name="app"),
        managed(
            "aws_ecs_service.app",
            name="app",
            task_definition="${aws_ecs_task_definition.app.arn}",
        ),
    )


def test_an_application_that_takes_the_managed_secret_is_the_master_user() -> None:
    """The secret that RDS manages holds the master's password."""
    secret = "${aws_db_instance.main.master_user_secret[0].secret_arn}:password::"
    found = only(
        managed("aws_db_instance.main", manage_master_user_password=True, username="root"),
        *application(secrets=[{"name": "DB_PASSWORD", "valueFrom": secret}]),
    )

    assert [(login.user, login.is_master) for login in found.logins] == [("root", True)]


def test_a_role_that_may_connect_signs_in_under_the_user_of_its_policy() -> None:
    """The resource of rds-db:connect ends in the user."""
    resource_id = "${aws_db_instance.main.resource_id}"
    policy = {
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "rds-db:connect",
                "Resource": f"arn:aws:rds-db:eu-west-1:1:dbuser:{resource_id}/app",
            }
        ]
    }
    found = only(
        managed("aws_db_instance.main", username="root"),
        *application(),
        managed("aws_iam_role_policy.app", role="${aws_iam_role.app.id}", policy=policy),
    )

    assert [(login.way, login.user, login.is_master) for login in found.logins] == [
        ("IAM authentication", "app", False)
    ]


def test_a_name_that_is_written_down_is_compared_with_the_master_user() -> None:
    """DB_USER and its like say as whom an application signs in."""
    found = only(
        managed("aws_db_instance.main", username="root"),
        *application(
            environment=[{"name": "DB_USER", "value": "root"}, {"name": "HTTP_USER", "value": "x"}]
        ),
    )

    assert [(login.way, login.is_master) for login in found.logins] == [("DB_USER", True)]


def test_a_secret_of_which_nothing_is_known_leaves_the_user_unknown() -> None:
    """It may hold the master's name or another one."""
    found = only(
        managed("aws_db_instance.main", username="root"),
        *application(
            secrets=[{"name": "DATABASE_URL", "valueFrom": "arn:aws:secretsmanager:x:1:secret:y"}]
        ),
    )

    assert [is_unknown(login.is_master) for login in found.logins] == [True]


def test_a_container_that_gets_the_master_password_is_the_master_user() -> None:
    """Whatever the variable is called."""
    found = only(
        managed("aws_db_instance.main", username="root", password="${random_password.main.result}"),
        managed("random_password.main"),
        *application(environment=[{"name": "SECRET", "value": "${random_password.main.result}"}]),
    )

    assert [(login.user, login.is_master) for login in found.logins] == [("root", True)]


def test_services_that_are_told_nothing_of_the_database_tell_nothing() -> None:
    """They may get their access from elsewhere."""
    found = only(managed("aws_db_instance.main", username="root"), *application())

    assert "no service is seen to sign in" in why_unknown(found.logins)


def test_without_services_nobody_is_seen_to_sign_in() -> None:
    """What signs in may be declared elsewhere."""
    assert is_unknown(only(managed("aws_db_instance.main", username="root")).logins)
