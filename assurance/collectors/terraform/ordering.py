"""Lists in one order, whatever order the made-up words have put them in.

Terraform sorts a set by its elements. Where those are made up, the order is another one in every
run, and it stays in a list that the configuration makes of the set. Such lists are sorted by what
the evidence shows instead: two runs give the same evidence.
"""

from __future__ import annotations

import json

from assurance.collectors.terraform.schema import Type
from assurance.collectors.terraform.tokens import UNKNOWN, Json


def ordered(value: Json, kind: Type) -> Json:
    """A settled value of a type of the schema with every shuffled list in it sorted."""
    value = _ordered(value, in_policy=False)
    if isinstance(value, list) and isinstance(kind, list) and kind[0] == "set":
        return sorted(value, key=canonical)
    return value


def canonical(value: Json) -> str:
    """A text to sort any value by."""
    return json.dumps(value, sort_keys=True)


def _ordered(value: Json, *, in_policy: bool) -> Json:
    if isinstance(value, dict):
        return {
            key: _ordered(item, in_policy=in_policy or key == "Statement")
            for key, item in value.items()
        }
    if not isinstance(value, list):
        return value
    # IAM takes every list of a statement as a set; elsewhere only a list that is made of nothing
    # but references may have been one.
    if len(value) > 1 and all(_is_word(item, in_policy=in_policy) for item in value):
        return sorted(value, key=canonical)
    return [_ordered(item, in_policy=in_policy) for item in value]


def _is_word(item: Json, *, in_policy: bool) -> bool:
    if isinstance(item, dict):
        return in_policy and UNKNOWN in item
    return isinstance(item, str) and (in_policy or "${" in item)
