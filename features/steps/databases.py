"""Sentences about databases."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import backups, database_transport
from assurance.rules import databases as rules


@then("the data lives in a managed database")
def data_is_managed(judge: Judge) -> None:
    """There is one."""
    kinds = ("aws_db_instance", "aws_rds_cluster", "aws_dynamodb_table")
    judge.system(rules.data_is_managed, judge.view.databases, made_of=kinds)


@then("every database runs an agreed engine")
def agreed_engine(judge: Judge) -> None:
    """The engines are a parameter of the requirement."""
    judge.every("database", rules.runs_agreed_engine, engines=judge.limit("engines"))


@then("every database runs a supported version")
def supported_version(judge: Judge) -> None:
    """The oldest supported version is a parameter of the requirement."""
    judge.every("database", rules.runs_supported_version, oldest=judge.limit("major_version"))


@then("no database has a public address")
def no_public_address(judge: Judge) -> None:
    """Neither an instance nor one of a cluster."""
    judge.every("database", rules.has_no_public_address)


@then("every database keeps its backups as long as agreed")
def keeps_backups(judge: Judge) -> None:
    """In any environment."""
    judge.every("database", backups.reaches_back, judge.view.backups, days=judge.limit("days"))


@then("every database keeps its backups as long as agreed for production")
def keeps_backups_in_production(judge: Judge) -> None:
    """Production has a limit of its own."""
    days = judge.limit("production_days")
    judge.every("database", backups.reaches_back, judge.view.backups, days=days)


@then("every database spans zones")
def spans_zones(judge: Judge) -> None:
    """By a standby or by the instances of its cluster."""
    judge.every("database", rules.spans_zones)


@then("every database encrypts its storage with a customer managed key")
def encrypts_storage(judge: Judge) -> None:
    """Snapshots and automated backups have the key of the storage."""
    judge.every("database", rules.encrypts_storage)


@then("every database encrypts its performance data with a customer managed key")
def encrypts_performance_data(judge: Judge) -> None:
    """Where it collects any."""
    judge.every("database", rules.encrypts_performance_data)


@then("every database refuses plain connections")
def refuses_plain_connections(judge: Judge) -> None:
    """By the parameter of its engine."""
    judge.every("database", database_transport.refuses_plain_connections)


@then("every database has its master password kept and rotated by Secrets Manager")
def master_password_managed(judge: Judge) -> None:
    """Managed by RDS, or in a secret with rotation."""
    judge.every("database", rules.keeps_master_password_managed)


@then("applications sign in to every database as a role of their own")
def applications_have_own_role(judge: Judge) -> None:
    """Never as the master user."""
    judge.every("database", rules.gives_applications_own_role)


@then("no grant in a database lets its role change the schema")
def grants_no_change_of_schema(judge: Judge) -> None:
    """As far as grants are declared."""
    judge.every("grant in a database", rules.grants_no_change_of_schema)


@then("every database resists deletion")
def resists_deletion(judge: Judge) -> None:
    """By deletion protection."""
    judge.every("database", rules.resists_deletion)


@then("every database leaves a final snapshot")
def leaves_final_snapshot(judge: Judge) -> None:
    """Under a stated name."""
    judge.every("database", rules.leaves_final_snapshot)


@then("reads of every database can be served elsewhere")
def serves_reads_elsewhere(judge: Judge) -> None:
    """By a replica or a reader."""
    judge.every("database", rules.serves_reads_elsewhere)
