"""Which part of the user's configuration a complaint of Terraform is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assurance.collectors.terraform.configuration import relative
from assurance.collectors.terraform.engine import Problem
from assurance.collectors.terraform.hcl import Attribute, Block, Body, SourceFile
from assurance.collectors.terraform.modules import PREFIXES, Module, Node
from assurance.collectors.terraform.names import GENERATED, stand_in
from assurance.collectors.terraform.scratch import Scratch

_WORDS = re.compile(r"([\w./:-]+)")
_RANDOM = re.compile(r"\b(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{8}\b")
_TEXTUAL = (
    "Unsupported block type",
    "Unsupported argument",
    "Missing required argument",
    "Reference to undeclared",
    "Invalid reference",
    "Insufficient",
    "Too many",
)
_SHAPES = frozenset(
    {
        "Error in function call",
        "Invalid function argument",
        "Invalid index",
        "Unsupported attribute",
    }
)
_ADDED = re.compile(r'^(?:resource "terraform_data" "|  )(assurance__[\w-]+)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A resource that failed, or an expression outside resources.

    Attributes:
        expression: File and offset of the expression; None when the whole resource is meant.
    """

    path: Path
    address: str
    block: Block
    source: SourceFile
    line: int
    expression: tuple[str, int] | None = None

    def file(self, system: Path) -> str:
        """The file as the evidence names it."""
        return relative(Path(self.source.path), system)


def locate(problem: Problem, copy: Scratch, tree: Node) -> Failure | None:
    """The part of the configuration that a problem is about."""
    if not problem.file:
        return None
    name = Path(copy.original(problem.file))
    modules = {node.module.path: node.module for node in tree.walk()}
    module = modules.get(name.parent)
    if module is None:
        return None
    if name.name == GENERATED:
        return _in_generated(problem, module, copy)
    for source in module.files:
        if source.path.removesuffix(".json") == str(name):
            return _in_source(problem, module, source)
    return None


def lies_elsewhere(problem: Problem) -> bool:
    """Whether a file is missing that whoever applies the configuration has at home."""
    return 'no file exists at "~' in problem.detail


def lies_in_the_text(problem: Problem) -> bool:
    """Whether Terraform refuses what is written, whatever the values are."""
    return problem.summary.startswith(_TEXTUAL)


def is_about_a_shape(problem: Problem) -> bool:
    """Whether a value has not the parts that are read from it: a made-up one need not have them."""
    return problem.summary in _SHAPES


def without_words(problem: Problem, field: str, errors: tuple[Problem, ...]) -> str:
    """A message without the made-up words in it: those that the other evaluation has otherwise."""
    text: str = getattr(problem, field)
    parts = _WORDS.split(text)
    for other in errors:
        if other.test == problem.test or (other.file, other.line) != (problem.file, problem.line):
            continue
        theirs = _WORDS.split(getattr(other, field))
        if len(theirs) == len(parts):
            pairs = zip(parts, theirs, strict=True)
            return "".join(mine if mine == their else "(made up)" for mine, their in pairs)
    return _RANDOM.sub("(made up)", text)


def _in_generated(problem: Problem, module: Module, copy: Scratch) -> Failure | None:
    lines = (copy.of(module.path) / GENERATED).read_text("utf-8").splitlines()[: problem.line]
    added = next((m.group(1) for line in reversed(lines) if (m := _ADDED.match(line))), None)
    for address, declaration in module.resources.items():
        if stand_in(address) == added:
            return Failure(
                path=module.path,
                address=address,
                block=declaration.block,
                source=declaration.source,
                line=declaration.block.line,
            )
    return None


def _in_source(problem: Problem, module: Module, source: SourceFile) -> Failure | None:
    for block in source.body.blocks:
        if not block.line <= problem.line <= block.end_line:
            continue
        resource = block.kind in PREFIXES and len(block.labels) == 2
        inner = None if resource else attribute_at(block.body, problem.line)
        if not resource and inner is None:
            return None
        address = PREFIXES.get(block.kind, f"{block.kind}.") + ".".join(block.labels)
        return Failure(
            path=module.path,
            address=address,
            block=block,
            source=source,
            line=problem.line,
            expression=(source.path, inner.value_start) if inner else None,
        )
    return None


def attribute_at(body: Body, line: int) -> Attribute | None:
    """The attribute that a line belongs to: the last one that begins at or before it."""
    before = [attribute for attribute in _all(body) if attribute.line <= line]
    return max(before, key=lambda attribute: attribute.value_start, default=None)


def _all(body: Body) -> Iterator[Attribute]:
    yield from body.attributes.values()
    for block in body.blocks:
        yield from _all(block.body)
