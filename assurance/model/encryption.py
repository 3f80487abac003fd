"""Encryption at rest, in the words that all of AWS's stores share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Encryption:
    """How something stored is encrypted.

    Attributes:
        is_on: Whether it is encrypted.
        key: The key that the owner of the system named; empty where AWS uses one of its own.
        is_customer_managed: Whether that key is managed by the owner, rather than by AWS.
    """

    is_on: bool
    key: str
    is_customer_managed: bool

    def __str__(self) -> str:
        if not self.is_on:
            return "not encrypted"
        if not self.key:
            return "encrypted with a key of AWS (no key is named)"
        return f"encrypted with {self.key}"
