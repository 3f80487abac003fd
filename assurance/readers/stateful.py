"""Which resources hold something that is gone when they are, and what guards them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assurance.model.code import Change, Stateful
from assurance.model.subjects import Location, Subject
from assurance.model.unknown import is_unknown, unknown, why_unknown
from assurance.readers.references import flag
from assurance.readers.state import Resource, State

_PROTECTION = "deletion_protection"
STATEFUL = {
    # Data, with AWS's own protection where it offers one.
    "aws_db_instance": _PROTECTION,
    "aws_rds_cluster": _PROTECTION,
    "aws_rds_global_cluster": _PROTECTION,
    "aws_docdb_cluster": _PROTECTION,
    "aws_neptune_cluster": _PROTECTION,
    "aws_dynamodb_table": "deletion_protection_enabled",
    "aws_s3_bucket": "",
    "aws_efs_file_system": "",
    "aws_fsx_lustre_file_system": "",
    "aws_ebs_volume": "",
    "aws_opensearch_domain": "",
    "aws_elasticsearch_domain": "",
    "aws_redshift_cluster": "",
    "aws_timestreamwrite_table": "",
    "aws_qldb_ledger": _PROTECTION,
    "aws_msk_cluster": "",
    "aws_kinesis_stream": "",
    "aws_cognito_user_pool": _PROTECTION,
    "aws_memorydb_cluster": "",
    # Without the key nothing that it encrypts can be read again.
    "aws_kms_key": "",
    "aws_kms_external_key": "",
    # Backups, images and secrets, which others restore from, run and sign in with.
    "aws_backup_vault": "",
    "aws_ecr_repository": "",
    "aws_secretsmanager_secret": "",
}
"""Type, and the argument by which AWS refuses its deletion.

Log groups, queues and caches are not among them: what they hold passes through. That S3 and ECR
refuse to delete what is not empty is no guard: it is switched off by `force_destroy`, and does not
hold for what is replaced while it is empty.
"""


def read_stateful(state: State) -> tuple[Stateful, ...]:
    """Return every stateful resource with its guards."""
    return tuple(
        Stateful(subject=found.subject(), type=found.type, guards=tuple(_guards(found)))
        for found in state.of(*STATEFUL)
    )


def _guards(resource: Resource) -> Iterator[str]:
    if flag(resource.lifecycle.get("prevent_destroy", False)) is True:
        yield "prevent_destroy"
    argument = STATEFUL[resource.type]
    value: Any = resource.get(argument, False) if argument else False
    if is_unknown(value):
        yield unknown(f"{argument} of {resource.id}: {why_unknown(value)}")
    elif flag(value) or str(value).upper() == "ACTIVE":
        yield argument


def read_changes(state: State) -> tuple[Change, ...]:
    """Return what the plans that were given do; nothing where there is no plan."""
    return tuple(
        _change(found, str(body["root"]), digest)
        for body, digest in state.configurations()
        for found in body.get("changes", ())
    )


def _change(found: Mapping[str, Any], root: str, digest: str) -> Change:
    actions = tuple(found["actions"]) or unknown("the plan does not say what happens to it")
    return Change(
        subject=Subject(
            id=str(found["address"]),
            location=Location(file=str(found["file"] or root), line=found["line"]),
            evidence=digest,
        ),
        actions=actions,
        forced_by=tuple(found["replaces"]),
        is_stateful=found["type"] in STATEFUL,
    )
