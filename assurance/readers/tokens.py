"""How evidence writes a reference (`${ADDRESS.ATTRIBUTE}`) and a value that nobody knows."""

from __future__ import annotations

import re
from typing import Any

from assurance.model.unknown import unknown

_INDEX = r'(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?'
_ADDRESS = rf"(?:module\.[\w-]+{_INDEX}\.)*(?:data\.)?\w+\.[\w-]+{_INDEX}"
TOKEN = re.compile(rf"\$\{{({_ADDRESS})\.([\w\[\].\"-]+)\}}")
"""A reference inside a string: group 1 is the address of the resource, group 2 its attribute."""


_AMBIENT = re.compile(
    r"\$\{[^{}]*data\.(aws_caller_identity|aws_partition|aws_region)\.[^{}.]+\.(\w+)\}"
)


def is_token(value: object) -> bool:
    """Whether a value is one reference and nothing else."""
    return isinstance(value, str) and TOKEN.fullmatch(value) is not None


def tokens(value: object) -> tuple[tuple[str, str], ...]:
    """Return the (address, attribute) pairs of all references in a string; else none."""
    return tuple(TOKEN.findall(value)) if isinstance(value, str) else ()


def plain(text: str) -> str:
    """Return a string with what is the same wherever it is asked, such as the account id, as one.

    Every root asks for the account, the partition and the region by a data source of its own; names
    that are made from them are equal all the same.
    """
    return _AMBIENT.sub(r"${\1.\2}", text)


_NESTED = frozenset({dict, list})


def thaw(value: Any) -> Any:
    """Return a value of the evidence with its unknown markers as `Unknown` objects."""
    kind = type(value)
    if kind is dict:
        if "$unknown" in value and len(value) == 1:
            return unknown(str(value["$unknown"]))
        return {key: thaw(item) if type(item) in _NESTED else item for key, item in value.items()}
    if kind is list:
        return [thaw(item) if type(item) in _NESTED else item for item in value]
    return value
