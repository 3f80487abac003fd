"""Why a value is not known: the made-up things that its expression leads back to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from assurance.collectors.terraform.generated import kind_of, written
from assurance.collectors.terraform.hcl import Attribute, Block, Body, SourceFile
from assurance.collectors.terraform.modules import Node
from assurance.collectors.terraform.references import Reference, all_attributes, references
from assurance.collectors.terraform.schema import Schemas
from assurance.collectors.terraform.tokens import without_value

_LISTED = 3


@dataclass(slots=True)
class Tracer:
    """Follows references through locals, variables, module calls and outputs.

    Attributes:
        without_value: Required variables of the root that nobody sets.
    """

    schemas: Schemas
    without_value: frozenset[str]
    _known: dict[tuple[str, str, int], frozenset[str]] = field(default_factory=dict)
    _open: set[tuple[str, str, int]] = field(default_factory=set)

    def expression(self, node: Node, source: SourceFile, attribute: Attribute) -> frozenset[str]:
        """Names of the made-up things in one expression."""
        key = (node.address, source.path, attribute.value_start)
        if key in self._known:
            return self._known[key]
        if key in self._open:
            return frozenset()
        self._open.add(key)
        found = frozenset(
            name
            for reference in references(source, attribute)
            for name in self._reference(node, reference)
        )
        self._open.discard(key)
        self._known[key] = found
        return found

    def value(self, node: Node, declared: str, path: tuple[str, ...]) -> frozenset[str]:
        """What one value of a resource leads back to; each.value leads to for_each."""
        found: set[str] = set()
        for part in node.module.parts(declared):
            attributes = list(setting(part.block.body, path)) or list(
                setting(part.block.body, path[:1])
            )
            for attribute in attributes:
                found |= self.expression(node, part.source, attribute)
                if "each." in part.source.value(attribute):
                    found |= self.repetition(node, declared)
        return frozenset(found)

    def everything(self, node: Node, block: Block, source: SourceFile) -> frozenset[str]:
        """What any expression of a block leads back to."""
        return frozenset(
            name
            for attribute in all_attributes(block.body)
            for name in self.expression(node, source, attribute)
        )

    def repetition(self, node: Node, declared: str) -> frozenset[str]:
        """What count or for_each of a resource leads back to."""
        part = node.module.resources[declared]
        return frozenset(
            name
            for key in ("count", "for_each")
            if (attribute := part.block.body.attributes.get(key)) is not None
            for name in self.expression(node, part.source, attribute)
        )

    def existence(self, node: Node, declared: str) -> str:
        """Why it is not known whether, or how often, a resource exists."""
        attributes = node.module.resources[declared].block.body.attributes
        names = self.repetition(node, declared)
        word = "count" if "count" in attributes else "for_each"
        here: Node | None = node
        while not names and here is not None and here.call is not None and here.parent is not None:
            for key in ("count", "for_each"):
                attribute = here.call.block.body.attributes.get(key)
                if attribute is not None:
                    word = f"{key} of {here.address}"
                    names |= self.expression(here.parent, here.call.source, attribute)
            here = here.parent
        return f"{word} depends on {listed(names)}"

    def _reference(self, node: Node, reference: Reference) -> Iterable[str]:
        kind = reference.root[0]
        if kind == "var":
            return self._variable(node, reference.root[1])
        if kind == "local":
            found = node.module.locals.get(reference.root[1])
            return self.expression(node, found[1], found[0]) if found else ()
        if kind == "module":
            return self._output(node, reference)
        if reference.address in node.module.resources:
            return self._resource(node, reference)
        return ()

    def _variable(self, node: Node, name: str) -> Iterable[str]:
        if node.call is None or node.parent is None:
            return (f"var.{name}",) if name in self.without_value else ()
        attribute = node.call.block.body.attributes.get(name)
        if attribute is None:
            return ()
        return self.expression(node.parent, node.call.source, attribute)

    def _output(self, node: Node, reference: Reference) -> Iterable[str]:
        child = node.children.get(reference.root[1])
        steps = [step for step in reference.steps if isinstance(step, str) and step != "*"]
        if child is None:
            name = ".".join([reference.address, *steps[:1]])
            return (f"{name}, whose module is not available",)
        names = [step for step in steps if step in child.module.outputs][:1]
        return frozenset(
            found
            for name in names or child.module.outputs
            if (value := child.module.outputs[name].block.body.attributes.get("value"))
            for found in self.expression(child, child.module.outputs[name].source, value)
        )

    def _resource(self, node: Node, reference: Reference) -> Iterable[str]:
        declared = reference.address
        place = f"{node.address}." if node.address else ""
        step = next((s for s in reference.steps if isinstance(s, str) and s != "*"), None)
        many = {"count", "for_each"} & node.module.resources[declared].block.body.attributes.keys()
        if many and isinstance(reference.steps[:1], tuple) and reference.steps[:1] == (step,):
            # The first name is an instance's key, unless a splat or a function follows.
            names = [s for s in reference.steps[1:] if isinstance(s, str) and s != "*"]
            step = names[0] if names else step
        own = written(node.module, declared)
        if kind_of(declared) == "data.aws_iam_policy_document":
            return self._whole(node, declared)
        if step is not None and step in own:
            return self.value(node, declared, (step,))
        return (f"{place}{declared}" + (f".{step}" if step else ""),)

    def _whole(self, node: Node, declared: str) -> Iterable[str]:
        return frozenset(
            name
            for part in node.module.parts(declared)
            for attribute in all_attributes(part.block.body)
            for name in self.expression(node, part.source, attribute)
        )


def listed(names: Iterable[str]) -> str:
    """Names for a sentence; the first few, and how many more."""
    variables = [name for name in sorted(names) if name.startswith("var.")]
    others = [name for name in sorted(names) if not name.startswith("var.")]
    parts = others[:_LISTED]
    if len(others) > _LISTED:
        parts.append(f"{len(others) - _LISTED} more")
    if variables:
        parts.append(without_value(variables))
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts) or (
        "a value that is not known before it is applied"
    )


def setting(body: Body, path: tuple[str, ...]) -> Iterator[Attribute]:
    """The attributes that set a path, through blocks and dynamic blocks."""
    if not path:
        return
    if path[0] in body.attributes:
        yield body.attributes[path[0]]
    for block in body.blocks:
        if block.kind == path[0]:
            yield from _inside(block.body, path[1:])
        elif block.kind == "dynamic" and block.labels[:1] == (path[0],):
            if "for_each" in block.body.attributes:
                yield block.body.attributes["for_each"]
            for content in block.body.of("content"):
                yield from _inside(content.body, path[1:])


def _inside(body: Body, path: tuple[str, ...]) -> Iterator[Attribute]:
    if path:
        yield from setting(body, path)
    else:
        yield from all_attributes(body)
