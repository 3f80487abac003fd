"""Secret values in configuration."""

from __future__ import annotations

from block_policy import NotSubject, ResourcePolicy
from checkov.common.models.enums import CheckCategories
from terraform_block import Block, Unresolved, is_expression, is_reference

ATTRIBUTES = ("secret_string", "secret_binary", "value", "master_password", "password")


def unwritten(resource: Block) -> str | None:
    """A literal is in every clone of the repository, and in the state besides."""
    if resource.text("type") in ("String", "StringList"):
        raise NotSubject("the parameter is not a secret one")
    for attribute in ATTRIBUTES:
        value = resource.raw(attribute)
        if value in (None, "") or is_reference(value):
            continue
        if is_expression(value):
            raise Unresolved(f"{attribute} is {value}")
        return f"{attribute} is a literal"
    return None


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_31",
    requirement="SEC-01",
    name="Secret value is not written in Terraform",
    remedy=(
        "Let AWS generate the value, or write it from outside and ignore it; remove "
        "secret_string from the configuration."
    ),
    resources=(
        "aws_secretsmanager_secret_version",
        "aws_ssm_parameter",
        "aws_db_instance",
        "aws_rds_cluster",
    ),
    reads=("secret_string", "secret_binary", "value", "master_password", "password"),
    category=CheckCategories.SECRETS,
    judge=unwritten,
    omitted="What is not written is not given away.",
)
