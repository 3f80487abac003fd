"""Records that are made by the hundred thousand: each step of each pipeline has dozens of them.

A frozen dataclass sets every field through `object.__setattr__`, which takes three times as long as
an assignment. A record is as unchangeable to whoever writes code, because the type checker says so
(PEP 681), and nobody pays for that while it runs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(*, kw_only: bool = False, eq: bool = True) -> Callable[[type[T]], type[T]]:
    """Make a dataclass with slots that is never changed.

    Args:
        kw_only: Whether its fields are given by name.
        eq: Whether two are equal by their fields, and hashed by them; else by what they are.
    """
    return partial(dataclass, slots=True, kw_only=kw_only, eq=eq, unsafe_hash=eq)
