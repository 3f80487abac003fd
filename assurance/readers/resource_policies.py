"""Terraform's policies of things: buckets, keys, topics, queues, secrets, repositories, vaults."""

from __future__ import annotations

from assurance.model.identities import ResourcePolicy
from assurance.readers.documents import read_statements
from assurance.readers.state import State

SEPARATE = (
    "aws_backup_vault_policy",
    "aws_ecr_registry_policy",
    "aws_ecr_repository_policy",
    "aws_efs_file_system_policy",
    "aws_kms_key_policy",
    "aws_s3_bucket_policy",
    "aws_secretsmanager_secret_policy",
    "aws_sns_topic_policy",
    "aws_sqs_queue_policy",
)
"""Resources that are nothing but a policy."""

_INLINE = (
    "aws_kms_key",
    "aws_kms_replica_key",
    "aws_s3_bucket",
    "aws_secretsmanager_secret",
    "aws_sns_topic",
    "aws_sqs_queue",
)
"""Resources that may carry their policy themselves; without one only their account is let in."""


def read_resource_policies(state: State) -> tuple[ResourcePolicy, ...]:
    """Return every policy of a thing."""
    inline = tuple(found for found in state.of(*_INLINE) if found.is_set("policy"))
    return tuple(
        ResourcePolicy(
            subject=found.subject(),
            statements=read_statements(found.get("policy", None), found),
        )
        for found in (*state.of(*SEPARATE), *inline)
    )
