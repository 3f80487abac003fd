"""The arguments of a command: options with their values, and the rest."""

from __future__ import annotations

from collections.abc import Iterable

from assurance.model.records import record


@record(eq=False)
class Arguments:
    """What follows the program.

    Attributes:
        words: As they are.
    """

    words: tuple[str, ...]

    def has(self, *names: str) -> bool:
        """Whether one of these options is given, with a value or without."""
        return any(word.partition("=")[0] in names for word in self.words)

    def values(self, *names: str) -> tuple[str, ...]:
        """Return the values of an option, by any of its names, in their order."""
        found: list[str] = []
        for number, word in enumerate(self.words):
            name, sign, value = word.partition("=")
            short = next((n for n in names if _is_short(n) and word.startswith(n)), "")
            if name in names and sign:
                found.append(value)
            elif word in names:
                found += self.words[number + 1 : number + 2]
            elif short and word != short:
                found.append(word.removeprefix(short).removeprefix("="))
        return tuple(found)

    def value(self, *names: str, otherwise: str = "") -> str:
        """Return the last value of an option: later ones win."""
        found = self.values(*names)
        return found[-1] if found else otherwise

    def rest(self, *with_value: str) -> tuple[str, ...]:
        """Return what is neither an option nor the value of one of the named options."""
        found: list[str] = []
        words = iter(self.words)
        for word in words:
            if word == "--":
                return (*found, *words)
            if word in with_value:
                next(words, None)
            elif not word.startswith("-") or word == "-":
                found.append(word)
        return tuple(found)


def _is_short(name: str) -> bool:
    return len(name) == 2 and name[0] == "-"


def separated(values: Iterable[str]) -> tuple[str, ...]:
    """Return the parts of lists that are written with commas."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())
