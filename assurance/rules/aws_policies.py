"""The policies that AWS wrote, judged by their texts beforehand.

`aws_policies.json` says of each what our own rules find in its newest text (the AWS Managed Policy
Reference, https://docs.aws.amazon.com/aws-managed-policy/latest/reference/); a test derives it
anew. A policy is not excused for being AWS's: AmazonECSTaskExecutionRolePolicy reads every image
of the account, which is more than the tasks of one service need.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import TypedDict

from assurance.model.unknown import UnknownValue


class _Entry(TypedDict, total=False):
    fault: str
    doubt: str
    writes: bool


def aws_policy_fault(name: str) -> str:
    """Return what a policy of AWS grants beyond need, or nothing; raises when it is not known."""
    entry = _entry(name)
    if "doubt" in entry:
        raise UnknownValue(f"AWS's policy {name}: {entry['doubt']}")
    return entry["fault"]


def aws_policy_writes_anywhere(name: str) -> bool:
    """Whether a policy of AWS allows changes to any resource of the account."""
    return _entry(name)["writes"]


def _entry(name: str) -> _Entry:
    try:
        return _entries()[name]
    except KeyError:
        raise UnknownValue(f"AWS's policy {name} is not among the known ones") from None


@lru_cache(maxsize=1)
def _entries() -> dict[str, _Entry]:
    text = files("assurance.rules").joinpath("aws_policies.json").read_text(encoding="utf-8")
    found: dict[str, _Entry] = json.loads(text)
    return found
