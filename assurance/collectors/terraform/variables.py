"""Variables of a root: who gives them a value, and what stands for those that have none."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assurance.collectors.terraform import hcl
from assurance.collectors.terraform.hcl import SourceFile
from assurance.collectors.terraform.modules import Module, read_text, unquoted
from assurance.errors import EvidenceError, NotCollected

_REGIONS = ("eu-west-1", "us-east-2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """What variable files and the caller set.

    Attributes:
        names: Everything that has a value, and where from.
        strings: The values that are plain strings.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    strings: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[tuple[str, str, int], ...] = ()


def assigned(module: Module, files: Iterable[Path], given: Mapping[str, object]) -> Assigned:
    """Read who sets what, in Terraform's order of precedence.

    Raises:
        EvidenceError: A file is missing or broken, or the caller gives an undeclared variable.
    """
    names: dict[str, str] = {}
    strings: dict[str, str] = {}
    unknown: list[tuple[str, str, int]] = []
    for path in (*automatic(module.path), *files):
        for name, line, text in _assignments(path):
            if name not in module.variables:
                unknown.append((name, str(path), line))
                continue
            names[name] = str(path)
            strings.pop(name, None)
            plain = unquoted(text)
            if plain is not None:
                strings[name] = plain
    for name, value in given.items():
        if name not in module.variables:
            raise EvidenceError(
                f"the root has no variable {name!r}",
                file=module.path,
                remedy=f"declare it, or take it out; declared are {_listed(module)}",
            )
        names[name] = "the caller"
        if isinstance(value, str):
            strings[name] = value
    return Assigned(names=names, strings=strings, unknown=tuple(unknown))


def automatic(path: Path) -> list[Path]:
    """The variable files that Terraform loads by itself."""
    first = [path / name for name in ("terraform.tfvars", "terraform.tfvars.json")]
    rest = sorted([*path.glob("*.auto.tfvars"), *path.glob("*.auto.tfvars.json")])
    return [file for file in (*first, *rest) if file.is_file()]


def without_value(module: Module, known: Assigned) -> list[str]:
    """Required variables that nobody sets."""
    return sorted(
        name
        for name, declaration in module.variables.items()
        if "default" not in declaration.block.body.attributes and name not in known.names
    )


def placeholders(
    module: Module, names: Iterable[str], number: int, guessed: Mapping[str, str]
) -> dict[str, Any]:
    """A value of the right type and form for each name, different in the two evaluations.

    Args:
        module: The root.
        names: The variables.
        number: Which evaluation.
        guessed: Types of variables that state none, learned from where they are used.
    """
    return {
        name: _placeholder(name, guessed.get(name) or type_of(module, name), number)
        for name in names
    }


def type_of(module: Module, name: str) -> Any:
    """A variable's type constraint as nested lists, "any" where it has none."""
    declaration = module.variables[name]
    attribute = declaration.block.body.attributes.get("type")
    if attribute is None:
        return "any"
    source = declaration.source
    tokens = [
        source.text[start:end]
        for kind, start, end in source.tokens[attribute.first : attribute.last]
        if kind not in ("newline", "quote", "unquote")
    ]
    return _Types(tokens).read()


class _Types:
    """Reads `map(object({ name = string, size = optional(number, 2) }))`."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.index = 0

    def read(self) -> Any:
        word = self.next()
        if self.peek() != "(":
            return word
        self.next()
        inner: Any = self.fields() if word == "object" else self.read()
        if word == "tuple":
            inner = "any"
        depth = 1
        while depth and self.index < len(self.tokens):
            # Defaults of optional() do not matter for a placeholder.
            depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(self.next(), 0)
        return [word, inner]

    def fields(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        self.next()
        while self.peek() not in ("}", ""):
            name = self.next()
            if name == ",":
                continue
            self.next()
            found[name] = self.read()
        self.next()
        return found

    def peek(self) -> str:
        return self.tokens[self.index] if self.index < len(self.tokens) else ""

    def next(self) -> str:
        word = self.peek()
        self.index += 1
        return word


def word(name: str, number: int) -> str:
    """A made-up word for a name: short, lower case, fit to be a part of most names."""
    digest = zlib.crc32(f"{name}/{number}".encode())
    return "x" + "".join("bcdfghjkmnpqrstvwxz"[(digest >> 4 * n) % 19] for n in range(7))


def _placeholder(name: str, kind: Any, number: int, salt: str = "") -> Any:
    if kind == "number":
        return 5 + 2 * number
    if kind == "bool":
        return bool(number)
    if kind in ("list", "map"):
        kind = [kind, "string"]
    if isinstance(kind, list):
        return _composite(name, kind, number, salt)
    return _string(name, number, salt)


def _composite(name: str, kind: list[Any], number: int, salt: str) -> Any:
    outer, inner = kind
    if outer == "optional":
        return None
    if outer == "object":
        return {
            key: _placeholder(key, element, number, f"{name}.{salt}")
            for key, element in inner.items()
            if not (isinstance(element, list) and element[0] == "optional")
        }
    if outer == "map":
        keys = [word(f"{name}.key{n}", number) for n in range(1 + number)]
        return {key: _placeholder(name, inner, number, key) for key in keys}
    return [_placeholder(name, inner, number, f"{salt}{n}") for n in range(2 + number)]


def _string(name: str, number: int, salt: str) -> str:
    lower = name.lower()
    made_up = word(f"{name}{salt}", number)
    octet = zlib.crc32(f"{name}{salt}".encode()) % 100 + 100 * number
    account = ("111122223333", "444455556666")[number]
    last = int(salt[-1]) if salt[-1:].isdigit() else 0
    forms = (
        ("cidr", f"10.{octet}.0.0/16"),
        ("arn", f"arn:aws:iam::{account}:role/{made_up}"),
        ("availability_zone", _REGIONS[number] + "abc"[last % 3]),
        ("zones", _REGIONS[number] + "abc"[last % 3]),
        ("azs", _REGIONS[number] + "abc"[last % 3]),
        ("region", _REGIONS[number]),
        ("account_id", account),
        ("email", f"{made_up}@example.org"),
        ("domain", f"{made_up}.example.org"),
        ("zone_name", f"{made_up}.example.org"),
        ("path", f"/{made_up}"),
        ("url", f"https://{made_up}.example.org"),
        ("digest", "sha256:" + f"{zlib.crc32(made_up.encode()):08x}" * 8),
    )
    return next((form for key, form in forms if key in lower), made_up)


def _assignments(path: Path) -> list[tuple[str, int, str]]:
    if not path.is_file():
        raise NotCollected(
            f"variable file {path} is not there",
            file=path,
            remedy="correct the name, or bring the file back",
        )
    text = read_text(path)
    if path.name.endswith(".json"):
        return [(name, 1, json.dumps(value)) for name, value in _json(path, text).items()]
    source: SourceFile = hcl.parse(str(path), text)
    return [
        (name, attribute.line, source.value(attribute))
        for name, attribute in source.body.attributes.items()
    ]


def _json(path: Path, text: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except ValueError as error:
        raise EvidenceError(
            f"not JSON: {error}",
            file=path,
            line=getattr(error, "lineno", None),
            remedy="correct the syntax",
        ) from error
    return document if isinstance(document, dict) else {}


def _listed(module: Module) -> str:
    return ", ".join(sorted(module.variables)) or "none"
