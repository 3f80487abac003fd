"""What of a value is sensitive, where Terraform says so of the whole.

One password among the settings of a container makes Terraform call the whole text of its
definitions sensitive. What the password is, is known, so the rest stays readable.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from assurance.collectors.terraform.modules import Node

_VARIABLE = re.compile(r"\bvar\.([\w-]+)")
# Marks a value by hand, of which nothing tells what it is.
_BY_HAND = re.compile(r"(?<!non)\bsensitive\s*\(")
# A shorter secret is found as a whole only: it occurs in other words by chance.
_LONG = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What must not be read in the evidence.

    Attributes:
        values: Everything that is sensitive, in the forms in which texts hold it.
        variables: The sensitive variables of the root.
        are_known: Whether that is all; otherwise every literal may be one.
    """

    values: frozenset[str] = frozenset()
    variables: frozenset[str] = frozenset()
    are_known: bool = False

    def hide(self, literal: object) -> bool:
        """Tell whether a literal is, or holds, something sensitive."""
        text = str(literal)
        return not self.are_known or any(
            secret == text or (len(secret) >= _LONG and secret in text) for secret in self.values
        )

    def concern(self, reason: str) -> bool:
        """Tell whether a value is unknown because a sensitive variable has no value."""
        return any(name in self.variables for name in _VARIABLE.findall(reason))


EVERYTHING = Secrets()
"""Nothing sensitive is known, so that every literal is."""


def secrets_of(tree: Node, values: Iterable[Any]) -> Secrets:
    """Return what is sensitive in a configuration.

    Args:
        tree: The root.
        values: Of sensitive variables, outputs and attributes.
    """
    return Secrets(
        values=frozenset(
            form for value in values for leaf in leaves(value) for form in _forms(leaf)
        ),
        variables=frozenset(
            name
            for name, declaration in tree.module.variables.items()
            if declaration.text("sensitive") == "true"
        ),
        are_known=not any(
            _BY_HAND.search(source.text) for node in tree.walk() for source in node.module.files
        ),
    )


def leaves(value: Any) -> Iterator[str]:
    """Yield every text and number in a value."""
    if isinstance(value, dict):
        for item in value.values():
            yield from leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item)
    elif isinstance(value, (str, int, float)) and not isinstance(value, bool) and value != "":
        yield str(value)


def _forms(secret: str) -> Iterator[str]:
    yield secret
    yield quote(secret, safe="")
    yield json.dumps(secret)[1:-1]
    yield base64.b64encode(secret.encode()).decode()
