"""The text of one module as it stands in the scratch copy.

Lines never move, so that what Terraform says about a line is true of the user's file. References to
resources go through local values of the same content, where made-up values get the form they need;
it also keeps Terraform from putting off the reading of data sources.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from assurance.collectors.terraform.hcl import Attribute, Block, Body, SourceFile
from assurance.collectors.terraform.modules import PREFIXES, Module
from assurance.collectors.terraform.names import HOLE, stand_in
from assurance.collectors.terraform.quoted_types import meaning
from assurance.collectors.terraform.references import Reference, references

Edit = tuple[int, int, str]

# Meta-arguments that say how something is applied; nothing is.
_META = {
    "resource": ({"provider", "depends_on"}, {"lifecycle", "provisioner", "connection"}),
    "data": ({"provider", "depends_on"}, {"lifecycle"}),
    "ephemeral": ({"provider", "depends_on"}, {"lifecycle"}),
    "module": ({"providers", "depends_on", "version", "source"}, set()),
    "output": ({"depends_on"}, {"precondition"}),
    "variable": (set(), {"validation"}),
}
_GONE = frozenset({"terraform", "provider", "moved", "import", "removed", "check"})
_REPEAT = ("count", "for_each")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewriting:
    """What is decided about one module before its text is written.

    Attributes:
        stand_ins: Addresses (`random_password.db`, `data.http.ip`, `module.vpc`) that Terraform
            cannot evaluate here; their blocks move to the generated file.
        sources: For every call that stays, the path of its module in the scratch copy.
        is_root: Outputs of a root are read by nobody.
        bare: Those of which not even the arguments can be evaluated.
        holes: Expressions (file, offset) that failed.
    """

    module: Module
    stand_ins: frozenset[str]
    bare: frozenset[str]
    sources: Mapping[str, str]
    is_root: bool
    keeps_validation: bool
    holes: frozenset[tuple[str, int]] = frozenset()
    used: set[str] = field(default_factory=set)

    def file(self, source: SourceFile) -> str:
        """The new text of one file."""
        edits = [edit for block in source.body.blocks for edit in self._block(source, block)]
        return _applied(source.text, edits)

    def expression(self, source: SourceFile, attribute: Attribute) -> str:
        """The new text of one expression."""
        shift = attribute.value_start
        edits = [(a - shift, b - shift, t) for a, b, t in self._value(source, attribute)]
        return _applied(source.value(attribute), edits)

    def _block(self, source: SourceFile, block: Block) -> Iterator[Edit]:
        kind = block.kind
        if kind in _GONE or (kind == "output" and self.is_root):
            yield _blank(source, block.start, block.end)
        elif kind == "locals":
            for attribute in block.body.attributes.values():
                yield from self._value(source, attribute)
        elif kind in PREFIXES and len(block.labels) == 2:
            address = PREFIXES[kind] + ".".join(block.labels)
            yield from self._replaceable(source, block, address)
        elif kind == "module" and block.labels:
            yield from self._replaceable(source, block, f"module.{block.labels[0]}")
        elif kind in ("output", "variable"):
            yield from self._kept(source, block)

    def _replaceable(self, source: SourceFile, block: Block, address: str) -> Iterator[Edit]:
        if address in self.stand_ins:
            yield _blank(source, block.start, block.end)
        else:
            yield from self._kept(source, block)

    def _kept(self, source: SourceFile, block: Block) -> Iterator[Edit]:
        arguments, blocks = _META[block.kind]
        if block.kind == "variable" and self.keeps_validation:
            blocks = set()
        for name, attribute in block.body.attributes.items():
            if block.kind == "module" and name == "source":
                text = f'source = "{self.sources[block.labels[0]]}"'
                yield (attribute.start, attribute.end, text)
            elif name in arguments:
                yield _blank(source, attribute.start, attribute.end)
            elif block.kind == "variable" and name == "type":
                yield from self._type(source, attribute)
            else:
                yield from self._value(source, attribute)
        for inner in block.body.blocks:
            if inner.kind in blocks:
                yield _blank(source, inner.start, inner.end)
            else:
                yield from self._nested(source, inner.body)

    def _type(self, source: SourceFile, attribute: Attribute) -> Iterator[Edit]:
        today = meaning(source.value(attribute))
        if today is not None:
            yield (attribute.value_start, attribute.end, today)

    def _nested(self, source: SourceFile, body: Body) -> Iterator[Edit]:
        for attribute in body.attributes.values():
            yield from self._value(source, attribute)
        for inner in body.blocks:
            yield from self._nested(source, inner.body)

    def _value(self, source: SourceFile, attribute: Attribute) -> Iterator[Edit]:
        if (source.path, attribute.value_start) in self.holes:
            lines = "\n" * source.value(attribute).count("\n")
            yield (attribute.value_start, attribute.end, f"({lines}local.{HOLE})")
            return
        for reference in references(source, attribute):
            if self.is_declared(reference):
                self.used.add(reference.address)
                text = f"local.{stand_in(reference.address)}"
                yield (reference.start, reference.root_end, text)

    def is_declared(self, reference: Reference) -> bool:
        """Whether a reference is to something that goes through a local value."""
        address = reference.address
        return address in self.module.resources or address in self.stand_ins


def repeated(attributes: Collection[str]) -> str:
    """Which meta-argument repeats a block, empty when none does."""
    return next((name for name in _REPEAT if name in attributes), "")


def each(attributes: Collection[str], source: str, expression: str) -> str:
    """An expression over `v` for every instance of a block, in the block's own form."""
    repeat = repeated(attributes)
    if repeat == "count":
        return f"[for v in {source} : {expression}]"
    if repeat == "for_each":
        return f"{{ for k, v in {source} : k => {expression} }}"
    return f"[for v in [{source}] : {expression}][0]"


def _blank(source: SourceFile, start: int, end: int) -> Edit:
    return (start, end, "\n" * source.text.count("\n", start, end))


def _applied(text: str, edits: list[Edit]) -> str:
    parts: list[str] = []
    position = 0
    for start, end, replacement in sorted(edits):
        # A reference inside the index of another one is edited with it.
        if start < position:
            continue
        parts += [text[position:start], replacement]
        position = end
    return "".join([*parts, text[position:]])
