"""How a policy reads a Dockerfile: its stages, what the last one inherits, and its commands.

checkov hands over the instructions grouped by keyword, as text. A here-document it reads line by
line as instructions, and a build argument without a default it leaves standing: both are refused by
`Unresolved`, because a verdict would rest on text that Docker never sees that way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

HERE_DOCUMENT = re.compile(r"<<-?[\"']?[A-Za-z_]\w*")
VARIABLE = re.compile(r"\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))")
SEPARATORS = re.compile(r"\s*(?:&&|\|\||;|\||\n)\s*")
# An argument may be made of another one, and that of another.
DEPTH = 10


class Unresolved(Exception):
    """What stands there is decided by the build, or is no text that checkov can read."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction.

    Attributes:
        keyword: In capitals.
        value: What follows it, continued lines joined.
        raw: As checkov holds it.
    """

    keyword: str
    value: str
    raw: Mapping[str, Any]

    def words(self) -> list[str]:
        """The words, of the exec form too."""
        return self.exec_form() or self.value.split()

    def exec_form(self) -> list[str]:
        """The words of the exec form, empty where it is not one."""
        if not self.value.startswith("["):
            return []
        try:
            found = json.loads(self.value)
        except ValueError:
            return []
        return [str(word) for word in found] if isinstance(found, list) else []

    def commands(self) -> Iterator[list[str]]:
        """The simple commands of a RUN, each as words; flags of the instruction are left out."""
        if self.exec_form():
            yield self.exec_form()
            return
        text = re.sub(r"^(?:--\S+\s+)+", "", self.value)
        for command in SEPARATORS.split(text):
            if command.strip():
                yield command.split()


@dataclass(frozen=True, slots=True)
class Stage:
    """One FROM and what follows it.

    Attributes:
        start: The FROM.
        base: The image or stage that it starts from, arguments put in; None where one has no value.
        name: Its own name, empty when it has none.
        own: The instructions after it.
    """

    start: Instruction
    base: str | None
    name: str
    own: Sequence[Instruction]


class Dockerfile:
    """The instructions of a file in their order."""

    def __init__(self, grouped: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        listed = [found for group in grouped.values() for found in group]
        listed = [found for found in listed if found["instruction"] != "COMMENT"]
        self.instructions = [
            Instruction(str(found["instruction"]).upper(), str(found["value"]).strip(), found)
            for found in sorted(listed, key=lambda found: int(found["startline"]))
        ]
        for found in self.instructions:
            if found.keyword in ("RUN", "COPY", "ADD") and HERE_DOCUMENT.search(found.value):
                raise Unresolved(f"{found.keyword} takes a here-document")
        self.stages = list(self._stages())
        if not self.stages:
            raise Unresolved("there is no FROM")

    def every(self, *keywords: str) -> Iterator[Instruction]:
        """Yield the instructions with such a keyword."""
        return (found for found in self.instructions if found.keyword in keywords)

    def final(self) -> list[Instruction]:
        """The instructions that make the image: of the last stage, and of those it starts from."""
        named = {stage.name: stage for stage in self.stages if stage.name}
        stage, chain = self.stages[-1], [self.stages[-1]]
        while stage.base in named and named[stage.base] not in chain:
            stage = named[stage.base]
            chain.append(stage)
        return [found for stage in reversed(chain) for found in stage.own]

    def last(self, *keywords: str) -> Instruction | None:
        """The last instruction of that kind that makes the image."""
        return next((f for f in reversed(self.final()) if f.keyword in keywords), None)

    def _stages(self) -> Iterator[Stage]:
        starts = [n for n, found in enumerate(self.instructions) if found.keyword == "FROM"]
        arguments = dict(_declared(self.instructions[: starts[0] if starts else 0]))
        for start, end in zip(starts, [*starts[1:], len(self.instructions)], strict=True):
            words = [w for w in self.instructions[start].value.split() if not w.startswith("--")]
            named = len(words) == 3 and words[1].lower() == "as"
            yield Stage(
                start=self.instructions[start],
                base=substituted(words[0], arguments) if words else None,
                name=words[2] if named else "",
                own=self.instructions[start + 1 : end],
            )


def _declared(instructions: Sequence[Instruction]) -> Iterator[tuple[str, str]]:
    for found in instructions:
        name, equals, default = found.value.partition("=")
        if found.keyword == "ARG" and equals:
            yield name.strip(), default.strip("\"' ")


def substituted(text: str, arguments: Mapping[str, str]) -> str | None:
    """The text with defaults of arguments in place; None where an argument has none."""
    for _ in range(DEPTH):
        names = [match[1] or match[3] for match in VARIABLE.finditer(text) if match[2] is None]
        if any(name not in arguments for name in names):
            return None
        if not VARIABLE.search(text):
            return text
        text = VARIABLE.sub(lambda m: arguments.get(m[1] or m[3], m[2] or ""), text)
    return None
