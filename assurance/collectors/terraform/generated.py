"""What the scratch copy adds to a module: local values of the right form, and its state."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assurance.collectors.terraform import policy_documents, shapes, stand_ins
from assurance.collectors.terraform.keys_read import decoded_attributes, every_reference
from assurance.collectors.terraform.modules import Declaration, Module
from assurance.collectors.terraform.names import PREFIX, STATE, stand_in
from assurance.collectors.terraform.objects import object_text
from assurance.collectors.terraform.rewriting import Rewriting, each
from assurance.collectors.terraform.schema import Schemas

META = frozenset(
    {"count", "for_each", "provider", "depends_on", "lifecycle", "provisioner", "connection"}
)
_RUN = (
    'resource "terraform_data" "assurance__run" {}\n'
    "locals {\n"
    "  assurance__hole = terraform_data.assurance__run.id\n"
    "  assurance__account = format("
    '"%012d", parseint(substr(md5(terraform_data.assurance__run.id), 0, 9), 16))\n'
    "}\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Decisions that hold for the whole scratch copy."""

    sources: Mapping[str, str] = field(default_factory=dict)
    keeps_validation: bool = True
    bare: Mapping[Path, frozenset[str]] = field(default_factory=dict)
    json_keys: frozenset[str] = frozenset()
    map_keys: Mapping[str, frozenset[str]] = field(default_factory=dict)
    holes: frozenset[tuple[str, int]] = frozenset()


def module_text(rewriting: Rewriting, schemas: Schemas, options: Options) -> str:
    """The added file of one module; call it after the module's own files were rewritten."""
    module = rewriting.module
    decoded = decoded_attributes(module)
    shaped = {
        address: shapes.overrides(
            kind_of(address),
            schemas.of(kind_of(address)),
            written(module, address),
            options.json_keys | options.map_keys.get(kind_of(address), frozenset()),
            decoded.get(address, frozenset()),
        )
        for address in module.resources
        if address not in rewriting.stand_ins
    }
    state = list(_state(rewriting, shaped))
    lines = [_required(options.sources), _RUN]
    lines += [_stand_in(rewriting, address) for address in sorted(rewriting.stand_ins)]
    lines.append("locals {")
    lines += sorted(_locals(rewriting, shaped))
    lines += [
        "}",
        f'output "{STATE}" {{',
        "  sensitive = true",
        "  value = {",
        *state,
        "  }",
        "}",
        "",
    ]
    return "\n".join(lines)


def kind_of(address: str) -> str:
    """`TYPE` or `data.TYPE` of an address without module and index."""
    return address.rpartition(".")[0]


def written(module: Module, address: str) -> set[str]:
    """Names of the arguments that a resource's blocks set."""
    return {name for part in module.parts(address) for name in part.block.body.attributes}


def _required(sources: Mapping[str, str]) -> str:
    lines = [f'    {name} = {{ source = "{source}" }}' for name, source in sorted(sources.items())]
    return "\n".join(["terraform {", "  required_providers {", *lines, "  }", "}"])


def _stand_in(rewriting: Rewriting, address: str) -> str:
    """The resource whose made-up word gives a stand-in's values, with the evaluated arguments."""
    declaration = _declaration(rewriting.module, address)
    source, body = declaration.source, declaration.block.body
    lines = [f'resource "terraform_data" "{stand_in(address)}" {{']
    lines += [
        f"{name} = (\n{rewriting.expression(source, body.attributes[name])}\n)"
        for name in ("count", "for_each")
        if name in body.attributes
    ]
    if not address.startswith("module.") and address not in rewriting.bare:
        lines.append("input = " + object_text(rewriting, source, body, META))
    return "\n".join([*lines, "}"])


def _locals(rewriting: Rewriting, shaped: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    module = rewriting.module
    for address, overrides in shaped.items():
        if address not in rewriting.used and not overrides:
            continue
        attributes = module.resources[address].block.body.attributes
        value = _merged(address, overrides)
        yield f"  {stand_in(address)} = " + (each(attributes, address, value) if value else address)
    for address in sorted(rewriting.stand_ins):
        use = stand_ins.learn(
            (r for r in every_reference(module) if r.address == address),
            many=_many(module, address),
        )
        value = stand_ins.expression(address, use, _given(rewriting, address))
        source = f"terraform_data.{stand_in(address)}"
        yield f"  {stand_in(address)} = " + each(_attributes(module, address), source, value)


def _given(rewriting: Rewriting, address: str) -> set[str]:
    """What a stand-in's arguments say of the values that are read from it."""
    if address.startswith("module.") or address in rewriting.bare:
        return set()
    return written(rewriting.module, address) - META


def _declaration(module: Module, address: str) -> Declaration:
    if address.startswith("module."):
        return module.calls[address.removeprefix("module.")]
    return module.resources[address]


def _attributes(module: Module, address: str) -> Collection[str]:
    return _declaration(module, address).block.body.attributes


def _many(module: Module, address: str) -> bool:
    return bool({"count", "for_each"} & set(_attributes(module, address)))


def _merged(address: str, overrides: Mapping[str, str]) -> str:
    if kind_of(address) == policy_documents.KIND:
        text = policy_documents.document()
        return f"merge(v, {{ json = {text}, minified_json = {text} }})"
    if not overrides:
        return ""
    return "merge(v, { " + ", ".join(f"{n} = {x}" for n, x in sorted(overrides.items())) + " })"


def _state(rewriting: Rewriting, shaped: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    module = rewriting.module
    yield "    shaped = {"
    for address, overrides in sorted(shaped.items()):
        if overrides and kind_of(address) != policy_documents.KIND:
            value = "{ " + ", ".join(f"{name} = v.{name}" for name in sorted(overrides)) + " }"
            attributes = _attributes(module, address)
            yield f'      "{address}" = {each(attributes, f"local.{stand_in(address)}", value)}'
    for address in sorted(rewriting.stand_ins):
        yield f'      "{address}" = local.{stand_in(address)}'
    yield "    }\n    data = {"
    for address in sorted(shaped):
        if address.startswith("data."):
            yield f'      "{address}" = {address}'
    yield "    }\n    modules = {"
    for name in sorted(rewriting.sources):
        yield (
            f'      "{name}" = module.{name}.{STATE}'
            if not _many(module, f"module.{name}")
            else f'      "{name}" = {_instances(module, name)}'
        )
    yield "    }\n    providers = {"
    for declaration in module.providers:
        yield from _provider(rewriting, declaration)
    yield "    }\n    secrets = ["
    yield from _secrets(rewriting)
    yield "    ]"


def _secrets(rewriting: Rewriting) -> Iterator[str]:
    """What the module itself calls sensitive."""
    for name, variable in sorted(rewriting.module.variables.items()):
        if variable.text("sensitive") == "true":
            yield f"      var.{name},"
    outputs = {} if rewriting.is_root else rewriting.module.outputs
    for _, output in sorted(outputs.items()):
        attribute = output.block.body.attributes.get("value")
        if output.text("sensitive") == "true" and attribute is not None:
            yield f"      (\n{rewriting.expression(output.source, attribute)}\n),"


def _instances(module: Module, name: str) -> str:
    return each(_attributes(module, f"module.{name}"), f"module.{name}", f"v.{STATE}")


def _provider(rewriting: Rewriting, declaration: Declaration) -> Iterator[str]:
    body = declaration.block.body
    alias = declaration.string("alias")
    name = declaration.block.labels[0] + (f".{alias}" if alias else "")
    found = {"region": body.attributes.get("region")}
    for block in body.of("default_tags"):
        found["default_tags"] = block.body.attributes.get("tags")
    pairs = [
        f"{key} = try({rewriting.expression(declaration.source, attribute)}, null)"
        for key, attribute in found.items()
        if attribute is not None
    ]
    yield f'      "{name}" = {{ ' + ", ".join(pairs) + " }"


__all__ = ["PREFIX", "Options", "kind_of", "module_text", "written"]
