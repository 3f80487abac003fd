"""The memory of database instance classes, and what engines make of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SMALL: Mapping[str, float] = {"micro": 1, "small": 2, "medium": 4, "large": 8}
_PER_LARGE: Mapping[str, float] = {"t": 8, "m": 8, "c": 4, "r": 16, "x": 32, "z": 16}
"""GiB of the size `large` in each family.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html
"""
_CLASS = re.compile(r"db\.([a-z])\d+[a-z]*\.(\d*)(micro|small|medium|large|xlarge)")
_SIZE = re.compile(r"\{?DBInstanceClassMemory/(\d+)\}?")
_LEAST = re.compile(r"LEAST\(\{?DBInstanceClassMemory/(\d+)\}?,\s*(\d+)\)", re.IGNORECASE)
_GIB = 1024**3

DEFAULTS: Mapping[str, str] = {
    "postgres": "LEAST({DBInstanceClassMemory/9531392},5000)",
    "aurora-postgresql": "LEAST({DBInstanceClassMemory/9531392},5000)",
    "mysql": "{DBInstanceClassMemory/12582880}",
    "mariadb": "LEAST({DBInstanceClassMemory/25165760},12000)",
}
"""`max_connections` where no parameter group sets it.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html
"""


def memory(size: str) -> int:
    """Return the bytes of a class such as `db.m7g.large`; 0 for a class that is not known."""
    found = _CLASS.fullmatch(size)
    if found is None or found[1] not in _PER_LARGE:
        return 0
    family, times, name = found.groups()
    if name in ("micro", "small", "medium"):
        return int(_SMALL[name] * _GIB)
    large = _PER_LARGE[family]
    return int((large if name == "large" else large * 2 * int(times or 1)) * _GIB)


def connections(formula: str, size: str) -> int:
    """Return what a value of `max_connections` means on a class; 0 where that is not known."""
    if formula.isdigit():
        return int(formula)
    limited = _LEAST.fullmatch(formula)
    if limited is not None:
        return min(memory(size) // int(limited[1]), int(limited[2]))
    plain = _SIZE.fullmatch(formula)
    return memory(size) // int(plain[1]) if plain is not None else 0
