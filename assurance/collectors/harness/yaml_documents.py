"""Documents of YAML as they were read, with the line of every node and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that cannot be read as it is written, or not with certainty.

    Attributes:
        message: What is wrong.
        line: Where, from 1.
        remedy: What to do.
        is_fatal: Whether the document cannot be used.
    """

    message: str
    line: int
    remedy: str
    is_fatal: bool = True


@dataclass(slots=True, kw_only=True)
class Document:
    """One document of a file.

    Attributes:
        values: What it says, as JSON has it.
        lines: The line of every node by its JSON pointer; of a value under a key, the key's.
        line: Where it starts.
        faults: What is wrong with it.
        older_words: Plain words that YAML 1.1 takes for true or false, the first of each line.
    """

    values: Any = None
    lines: dict[str, int] = field(default_factory=dict)
    line: int = 1
    faults: list[Fault] = field(default_factory=list)
    older_words: dict[int, str] = field(default_factory=dict)

    @property
    def is_readable(self) -> bool:
        """Whether its values are what its author wrote."""
        return not any(fault.is_fatal for fault in self.faults)

    def add_fault(self, line: int, message: str, remedy: str, *, is_fatal: bool = True) -> None:
        """Note what is wrong."""
        found = Fault(message=message, line=line, remedy=remedy, is_fatal=is_fatal)
        self.faults.append(found)


@lru_cache(maxsize=1 << 14)
def escape(key: str) -> str:
    """Return a key as a part of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1") if "~" in key or "/" in key else key
