"""Which provider block a resource belongs to, through aliases and module calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assurance.collectors.terraform.hcl import Attribute, SourceFile
from assurance.collectors.terraform.modules import Declaration, Module, Node, unquoted
from assurance.collectors.terraform.variables import Assigned

BUILT_IN = "terraform.io/builtin/terraform"


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """A provider configuration: where its block stands, and its name there (`aws.replica`)."""

    node: Node
    name: str

    @property
    def alias(self) -> str | None:
        """The part after the dot."""
        return self.name.partition(".")[2] or None


def local_name(declared: str) -> str:
    """The provider that a type belongs to unless the block says otherwise."""
    kind = declared.removeprefix("data.").removeprefix("ephemeral.").partition(".")[0]
    return kind.partition("_")[0]


def provider_of(module: Module, declared: str) -> str:
    """The provider configuration that a resource names or implies: `aws`, `aws.replica`."""
    written = module.resources[declared].text("provider")
    return (unquoted(written) or written or local_name(declared)).strip()


def source_of(module: Module, name: str) -> str:
    """The source address of a provider's local name in a module, such as `hashicorp/aws`."""
    if name == "terraform":
        return BUILT_IN
    for declaration in module.settings:
        for block in declaration.block.body.of("required_providers"):
            attribute = block.body.attributes.get(name)
            found = _source(declaration, attribute) if attribute else None
            if found:
                return found
    return f"hashicorp/{name}"


def _source(declaration: Declaration, attribute: Attribute) -> str | None:
    pairs = pairs_of(declaration.source, attribute)
    found = unquoted(pairs.get("source"))
    for host in ("registry.terraform.io/", "registry.opentofu.org/"):
        found = found.removeprefix(host) if found else found
    return found.lower() if found else None


def pairs_of(source: SourceFile, attribute: Attribute) -> dict[str, str]:
    """The pairs of an object expression as text: `{ aws = aws.replica }`."""
    tokens = list(source.tokens[attribute.first : attribute.last])
    pairs: dict[str, str] = {}
    depth = 0
    key = ""
    begin = end = -1
    for kind, start, stop in tokens:
        word = source.text[start:stop]
        if kind in ("open", "enter", "quote"):
            depth += 1
        if depth == 1 and word in ("=", ":") and kind == "operator":
            key, begin = source.text[begin:end].strip('" '), -1
        elif depth == 1 and (kind == "newline" or word == ","):
            if key and begin >= 0:
                pairs[key] = source.text[begin:end]
            key, begin = ("", -1) if begin >= 0 else (key, -1)
        elif kind != "newline" and not (depth == 1 and kind == "open"):
            begin = start if begin < 0 else begin
            if not (kind == "close" and depth == 1):
                end = stop
        if kind in ("close", "leave", "unquote"):
            depth -= 1
    if key and begin >= 0 and end > begin:
        pairs[key] = source.text[begin:end]
    return pairs


def resolve(node: Node, name: str) -> Configured:
    """Follow a provider configuration to the module whose block configures it."""
    while node.parent is not None and node.call is not None:
        if name in {_name(declaration) for declaration in node.module.providers}:
            break
        attribute = node.call.block.body.attributes.get("providers")
        if attribute is not None:
            passed = pairs_of(node.call.source, attribute)
            name = passed.get(name, name)
        node = node.parent
    return Configured(node=node, name=name)


def _name(declaration: Declaration) -> str:
    alias = declaration.string("alias")
    return declaration.block.labels[0] + (f".{alias}" if alias else "")


def block_of(configured: Configured) -> Declaration | None:
    """The provider block of a configuration."""
    for declaration in configured.node.module.providers:
        if _name(declaration) == configured.name:
            return declaration
    return None


def static_region(
    configured: Configured, known: Assigned, placeholders: Mapping[str, object]
) -> str | None:
    """The region of a configuration as far as it can be read before evaluation."""
    declaration = block_of(configured)
    if declaration is None:
        return None
    return static_text(configured.node, declaration.text("region"), known, placeholders)


def static_text(
    node: Node, text: str | None, known: Assigned, placeholders: Mapping[str, object]
) -> str | None:
    """A string expression that is a literal, or leads to one through variables and locals."""
    for _ in range(8):
        plain = unquoted(text)
        if text is None or plain is not None:
            return plain
        text = text.strip()
        kind, _, name = text.removeprefix('"${').removesuffix('}"').partition(".")
        if kind == "local" and name in node.module.locals:
            attribute, source = node.module.locals[name]
            text = source.value(attribute)
        elif kind == "var" and name in node.module.variables:
            if node.parent is not None and node.call is not None:
                passed = node.call.text(name)
                if passed is not None:
                    node, text = node.parent, passed
                    continue
            elif name in known.strings:
                return known.strings[name]
            elif isinstance(placeholders.get(name), str):
                return str(placeholders[name])
            text = node.module.variables[name].text("default")
        else:
            return None
    return None
