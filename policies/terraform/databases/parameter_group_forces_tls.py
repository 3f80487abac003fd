"""TLS on connections to PostgreSQL."""

from __future__ import annotations

import re

from block_policy import NotSubject, ResourcePolicy
from checkov.common.models.enums import CheckCategories
from terraform_block import Block

POSTGRES = re.compile(r"^(?:aurora-)?postgres(?:ql)?(\d+)")


def forces_tls(group: Block) -> str | None:
    """From version 15 on (Aurora: 17) the parameter is on unless it is switched off."""
    family = group.text("family")
    match = POSTGRES.match(family)
    if not match:
        raise NotSubject(f"{family} is not PostgreSQL")
    default = int(match[1]) >= (17 if family.startswith("aurora") else 15)
    for parameter in group.blocks("parameter"):
        if parameter.text("name") == "rds.force_ssl":
            on = parameter.text("value") == "1"
            return None if on else "it switches rds.force_ssl off"
    return None if default else f"it does not set rds.force_ssl, which is off in {family}"


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_36",
    requirement="DAT-05",
    name="PostgreSQL parameter group forces TLS",
    remedy="Add parameter { name = 'rds.force_ssl', value = '1' } to the group.",
    resources=("aws_db_parameter_group", "aws_rds_cluster_parameter_group"),
    reads=("family", "parameter"),
    category=CheckCategories.ENCRYPTION,
    judge=forces_tls,
)
