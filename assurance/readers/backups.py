"""Reads copies of automated backups and the plans of AWS Backup from evaluated Terraform."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assurance.model.backups import Backups, Copy, Protection, Vault
from assurance.model.unknown import is_unknown, unknown, why_unknown
from assurance.readers.attachments import attached
from assurance.readers.backup_selections import selected
from assurance.readers.encryption import read_encryption
from assurance.readers.kinds import Kind
from assurance.readers.references import flag, whole
from assurance.readers.state import Block, Resource, State

_DATABASES = ("aws_db_instance", "aws_rds_cluster", "aws_dynamodb_table")
_ARN = re.compile(r"arn:[\w-]+:backup:([\w-]*):(\d*):")


def read_backups(state: State) -> Backups:
    """Return copies, protections and vaults."""
    protections = tuple(_protections(state))
    return Backups(
        copies=(
            *(_replicated(found) for found in _replications(state)),
            *(copy for found, rule, source in protections for copy in _copied(found, rule, source)),
        ),
        protections=tuple(_protection(*found) for found in protections),
        vaults=tuple(
            Vault(subject=found.subject(), encryption=_vault_key(found))
            for found in state.of("aws_backup_vault", "aws_backup_logically_air_gapped_vault")
        ),
    )


def _replications(state: State) -> tuple[Resource, ...]:
    return state.of("aws_db_instance_automated_backups_replication")


def _replicated(resource: Resource) -> Copy:
    """Return a replication of automated backups, which AWS makes between regions only.

    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html
    """
    path = "source_db_instance_arn"
    value, source = resource.get(path), resource.target(path, "aws_db_instance")
    stated = resource.is_set("kms_key_id")
    return Copy(
        subject=resource.subject(),
        source=source.id if source is not None else value,
        place=f"{resource.region or 'another region'} (automated backups)",
        is_elsewhere=_differs(resource.region, "" if source is None else source.region),
        encryption=read_encryption(resource, "kms_key_id", is_on=stated),
    )


def _differs(there: Any, here: Any) -> bool:
    """Whether two regions differ; where either is not written down, AWS sees to it."""
    if is_unknown(there) or is_unknown(here) or not there or not here:
        return True
    return bool(there != here)


def _protections(state: State) -> Iterator[tuple[Resource, Block, Any]]:
    """Yield plan, rule and the id of each database that a selection of the plan concerns."""
    for plan in state.of("aws_backup_plan"):
        for selection in attached(plan, "plan_id", "aws_backup_selection"):
            for source in _sources(selection, plan):
                for rule in _blocks(plan, "rule"):
                    yield plan, rule, source


def _blocks(block: Block, path: str) -> tuple[Any, ...]:
    found = block.blocks(path)
    return (found,) if is_unknown(found) else tuple(found)


def _sources(selection: Any, plan: Resource) -> Iterator[Any]:
    if is_unknown(selection):
        yield selection
        return
    for database in plan.state.of(*_DATABASES):
        is_selected = selected(selection, database)
        if is_unknown(is_selected):
            yield is_selected
        elif is_selected:
            yield database.id


def _protection(plan: Resource, rule: Any, source: Any) -> Protection:
    if is_unknown(rule):
        why = unknown(why_unknown(rule))
        return Protection(
            subject=plan.subject(), source=source, rule=why, days=why, is_continuous=why
        )
    return Protection(
        subject=plan.subject(),
        source=source,
        rule=rule.get("rule_name"),
        days=whole(rule.get("lifecycle.delete_after")),
        is_continuous=flag(rule.get("enable_continuous_backup", False)),
    )


def _copied(plan: Resource, rule: Any, source: Any) -> Iterator[Copy]:
    for action in (rule,) if is_unknown(rule) else _blocks(rule, "copy_action"):
        if is_unknown(action):
            why = unknown(why_unknown(action))
            yield Copy(
                subject=plan.subject(), source=source, place=why, is_elsewhere=why, encryption=why
            )
        else:
            yield _copy(plan, action, source)


def _copy(plan: Resource, action: Block, source: Any) -> Copy:
    path = "destination_vault_arn"
    vault = action.target(path, "aws_backup_vault", "aws_backup_logically_air_gapped_vault")
    value = action.get(path)
    managed = vault is not None and vault.is_managed
    return Copy(
        subject=plan.subject(*((vault,) if vault is not None and managed else ())),
        source=source,
        place=value if is_unknown(value) else f"vault {vault.id if vault else value}",
        is_elsewhere=_is_elsewhere(plan, value, vault),
        # A vault is always encrypted, at least with AWS's own key.
        encryption=_vault_key(vault)
        if vault is not None and managed
        else unknown(f"how vault {value if isinstance(value, str) else ''} encrypts"),
    )


def _vault_key(vault: Resource) -> Any:
    """Return the encryption of a vault; unset, with the key that AWS manages for AWS Backup.

    https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
    """
    return read_encryption(vault, "kms_key_arn", is_on=True)


def _is_elsewhere(plan: Resource, value: Any, vault: Resource | None) -> bool:
    if is_unknown(value):
        return unknown(why_unknown(value))
    if vault is not None:
        return _lies_elsewhere(plan, vault)
    found = _ARN.match(str(value))
    here = plan.region
    if found is None or is_unknown(here) or not here:
        return unknown(f"where the vault {value} lies is not written here")
    if found[1] != here:
        return True
    return unknown(f"whether the account of the vault {value} is another one is not known")


def _lies_elsewhere(plan: Resource, vault: Resource) -> bool:
    here, there = plan.region, vault.region
    if is_unknown(here) or is_unknown(there) or not here or not there:
        return unknown(f"the regions of {plan.id} and {vault.id} are not both written here")
    if here != there:
        return True
    if plan.raw.get("provider_alias") != vault.raw.get("provider_alias"):
        return unknown(f"whether {vault.id} lies in another account is not written here")
    return False


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="backup vault",
        plural="backup vaults",
        population=lambda view: view.backups.vaults,
        inventory=("aws_backup_vault",),
    ),
)
