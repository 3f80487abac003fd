"""Turns evaluated Terraform into the form in which checkov holds configuration; pure.

checkov's own evaluation is slow and incomplete: what passes through two modules stays a
variable. Terraform has evaluated everything already, so its values are handed over in place of
the source, flat, and every resource gets a name of its own under which the verdicts come back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from assurance.collectors.checkov.links import Named, links, named

_INDEX = r'(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?'
_TOKEN = re.compile(
    rf"\$\{{((?:module\.[\w-]+{_INDEX}\.)*((?:data\.)?\w+)\.[\w-]+{_INDEX})\.([\w\[\].\"*-]+)\}}"
)
# JSON that is an array of objects would else be taken for blocks.
_JSON_ARRAYS = frozenset(("container_definitions",))

# checkov compares every vertex with every other one: many small scans are quicker than a big one.
BATCH = 250

Values = Mapping[str, Any]
Blocks = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One evaluated resource or data source.

    Attributes:
        scope: What its references are resolved within: an environment's root, a counterexample.
        address: Terraform's address.
        mode: `managed` or `data`.
        type: Its type.
        values: What the configuration sets.
        lifecycle: Its lifecycle block.
    """

    scope: str
    address: str
    mode: str
    type: str
    values: Values
    lifecycle: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """Entries as checkov's definitions.

    Attributes:
        batches: What is scanned together, each `{"resource": [{type: {name: configuration}}],
            "data": […]}`; a scope is never divided.
        entries: The name that a verdict comes back under → the entry.
        reasons: The variable that stands for an unknown value → why it is unknown.
    """

    batches: tuple[Blocks, ...]
    entries: Mapping[str, Entry]
    reasons: Mapping[str, str]


def render(entries: Iterable[Entry]) -> Rendered:
    """Render entries; every reference to another entry of the same scope becomes a connection."""
    listed = sorted(entries, key=lambda entry: (entry.scope, entry.address))
    names = {(entry.scope, entry.address): f"r{number}" for number, entry in enumerate(listed)}
    index = named(
        (entry.scope, entry.type, entry.values, names[entry.scope, entry.address])
        for entry in listed
        if entry.mode == "managed"
    )
    batches: list[Blocks] = []
    sizes: list[int] = []
    last = None
    by_name: dict[str, Entry] = {}
    reasons: dict[str, str] = {}
    for entry in listed:
        name = names[entry.scope, entry.address]
        writer = _Writer(entry.scope, names, index, reasons)
        kind = "data" if entry.mode == "data" else "resource"
        configuration = writer.configuration(entry)
        configuration["__address__"] = f"{entry.type}.{name}"
        if entry.scope != last and (not sizes or sizes[-1] >= BATCH):
            batches.append({})
            sizes.append(0)
        last = entry.scope
        sizes[-1] += 1
        batches[-1].setdefault(kind, []).append({entry.type: {name: configuration}})
        by_name[name] = entry
    return Rendered(
        batches=tuple(batches),
        entries=by_name,
        reasons=reasons,
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the values of one scope.

    Attributes:
        scope: Whose references these are.
        names: Scope and address → name.
        index: What names can be followed.
        reasons: Filled with why values are unknown.
    """

    scope: str
    names: Mapping[tuple[str, str], str]
    index: Named
    reasons: dict[str, str]

    def configuration(self, entry: Entry) -> dict[str, Any]:
        """The whole block; checkov wants lines, though there is no file."""
        written = self._block(entry.values)
        for attribute, reference in links(self.scope, entry.type, entry.values, self.index).items():
            written[attribute] = [reference]
        if entry.lifecycle:
            written["lifecycle"] = [self._block(entry.lifecycle)]
        return {**written, "__start_line__": 1, "__end_line__": 1}

    def _block(self, values: Values) -> dict[str, Any]:
        return {name: self._attribute(name, value) for name, value in values.items()}

    def _attribute(self, name: str, value: Any) -> list[Any]:
        blocks = isinstance(value, list) and value and all(map(_is_block, value))
        if blocks and name not in _JSON_ARRAYS:
            return [self._block(item) for item in value]
        return [self._plain(value)]

    def _plain(self, value: Any) -> Any:
        if _is_unknown(value):
            return self._unknown(str(value["$unknown"]))
        if isinstance(value, dict):
            return {str(self._plain(key)): self._plain(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._plain(item) for item in value]
        return self._text(value) if isinstance(value, str) else value

    def _unknown(self, why: str) -> str:
        name = f"var.unknown_{len(self.reasons)}"
        self.reasons[name] = why
        return name

    def _text(self, text: str) -> str:
        whole = _TOKEN.fullmatch(text)
        if whole:
            return self._reference(whole)
        return _TOKEN.sub(lambda match: f"${{{self._reference(match)}}}", text)

    def _reference(self, match: re.Match[str]) -> str:
        address, kind, attribute = match.groups()
        return f"{kind}.{self.names.get((self.scope, address), 'elsewhere')}.{attribute}"


def addresses_in(text: str) -> set[str]:
    """The addresses that a text refers to."""
    return {match[1] for match in _TOKEN.finditer(text)}


def _is_unknown(value: object) -> bool:
    return isinstance(value, dict) and set(value) == {"$unknown"}


def _is_block(value: object) -> bool:
    return isinstance(value, dict) and not _is_unknown(value)
