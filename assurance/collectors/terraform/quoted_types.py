"""Types of variables in quotes, as Terraform 0.11 wanted them and later ones refuse them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assurance.collectors.terraform.modules import Declaration, Module, unquoted

_MEANING: Mapping[str, str] = {"string": "string", "list": "list(any)", "map": "map(any)"}


def meaning(text: str) -> str | None:
    """Return what a type in quotes is written as today; None for one that needs no change."""
    return _MEANING.get(unquoted(text) or "")


def in_quotes(module: Module) -> Iterator[Declaration]:
    """Yield the variables of a module whose type is in quotes."""
    for declaration in module.variables.values():
        written = declaration.block.body.attributes.get("type")
        if written is not None and meaning(declaration.source.value(written)):
            yield declaration
