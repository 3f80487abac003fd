"""Names that the scratch copy adds; none of them may collide with what people write."""

from __future__ import annotations

import re

PREFIX = "assurance__"
STATE = "assurance__state"
HOLE = "assurance__hole"
TESTS = "assurance__tests"
GENERATED = "assurance__generated.tf"

_LOCAL = re.compile(r"local\.assurance__([\w-]+)")
_STAND_IN = re.compile(r"terraform_data\.assurance__([\w-]+)")


def stand_in(address: str) -> str:
    """The word that stands for an address such as `data.aws_vpc.main` or `module.vpc`."""
    return PREFIX + address.replace(".", "__")


def original(text: str) -> str:
    """A message of Terraform with the added names taken out again."""
    for pattern in (_LOCAL, _STAND_IN):
        text = pattern.sub(lambda match: match.group(1).replace("__", "."), text)
    return text
