"""Whether a selection of AWS Backup concerns a resource: by its ARN, by a pattern, or by its tags.

Resources that are listed are narrowed by conditions, all of which must match; without a list, one
matching tag is enough.
https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import Any

from assurance.model.unknown import is_unknown, unknown
from assurance.readers.state import TOKEN, Block, Resource

_ARN = re.compile(r"arn:[^:]*:(?P<service>[^:]*)(?::[^:]*:[^:]*)?:?(?P<rest>.*)")
_SERVICE = {
    "aws_db_instance": ("rds", "db:"),
    "aws_rds_cluster": ("rds", "cluster:"),
    "aws_dynamodb_table": ("dynamodb", "table/"),
}


def selected(selection: Resource, resource: Resource) -> Any:
    """Return whether a selection concerns a resource; unknown where that is not decided."""
    if _listed(selection, "not_resources", resource) is True:
        return False
    tagged = _tagged(selection, resource)
    if not selection.is_set("resources"):
        return tagged
    listed = _listed(selection, "resources", resource)
    if is_unknown(listed) or not listed:
        return listed
    return _meets(selection, resource)


def _listed(selection: Resource, path: str, resource: Resource) -> Any:
    values = selection.listed(path)
    if is_unknown(values):
        return values
    doubt: Any = False
    for value in values:
        if is_unknown(value):
            doubt = unknown(f"what {selection.id} selects is not known")
        elif selection.resolve(value) is resource or _fits(value, resource):
            return True
    return doubt


def _fits(pattern: str, resource: Resource) -> bool:
    if pattern == "*":
        return True
    if "*" not in pattern:
        return False
    service, kind = _SERVICE[resource.type]
    found = _ARN.fullmatch(TOKEN.sub("*", pattern))
    if found is None or found["service"] not in (service, "*"):
        return False
    return fnmatchcase(f"{kind}{_name(resource)}", found["rest"] or "*")


def _name(resource: Resource) -> str:
    for path in ("identifier", "cluster_identifier", "name"):
        value = resource.get(path)
        if isinstance(value, str) and value:
            return value
    return ""


def _tagged(selection: Resource, resource: Resource) -> Any:
    wanted = selection.blocks("selection_tag")
    if is_unknown(wanted):
        return wanted
    found = [_has_tag(block, resource) for block in wanted]
    if any(one is True for one in found):
        return True
    return next((one for one in found if is_unknown(one)), False)


def _has_tag(block: Any, resource: Resource) -> Any:
    if is_unknown(block):
        return block
    return _matches(block, resource, exact=True)


def _matches(block: Block, resource: Resource, *, exact: bool) -> Any:
    tags = resource.get("tags", {})
    key, value = block.get("key"), block.get("value")
    if is_unknown(tags) or is_unknown(key) or is_unknown(value):
        return unknown(f"the tags by which {block.resource.id} selects are not known")
    key = str(key).removeprefix("aws:ResourceTag/")
    actual = tags.get(key) if isinstance(tags, dict) else None
    if is_unknown(actual):
        return actual
    if actual is None:
        return False
    return actual == value if exact else fnmatchcase(str(actual), str(value))


def _meets(selection: Resource, resource: Resource) -> Any:
    """Whether a listed resource meets all conditions."""
    found = []
    for name, exact, wanted in (
        ("string_equals", True, True),
        ("string_like", False, True),
        ("string_not_equals", True, False),
        ("string_not_like", False, False),
    ):
        blocks = selection.blocks(f"condition.{name}")
        for block in (blocks,) if is_unknown(blocks) else blocks:
            answer = block if is_unknown(block) else _matches(block, resource, exact=exact)
            found.append(answer if is_unknown(answer) else answer is wanted)
    if any(one is False for one in found):
        return False
    return next((one for one in found if is_unknown(one)), True)
