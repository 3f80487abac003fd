"""The value that cannot be known yet.

Whoever compares, tests, measures, iterates, calculates with, or reads an attribute of an unknown
value raises `UnknownValue`; the judge turns that into the outcome `unknown` for the subject at
hand, so no rule has to remember it.
"""

from __future__ import annotations

from typing import Any, NoReturn


class UnknownValue(Exception):
    """A rule needed a value that cannot be known.

    Attributes:
        reason: Why it cannot, in words an engineer can act on.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unknown:
    """An object of which only the reason for not being known is known."""

    __slots__ = ("_reason",)

    def __init__(self, reason: str) -> None:
        object.__setattr__(self, "_reason", reason)

    def __repr__(self) -> str:
        return f"<unknown: {object.__getattribute__(self, '_reason')}>"

    def _refuse(self, *_: object) -> NoReturn:
        raise UnknownValue(object.__getattribute__(self, "_reason"))

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):
            raise AttributeError(name)
        self._refuse()

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __bool__ = __len__ = __iter__ = __contains__ = __getitem__ = __hash__ = _refuse
    __int__ = __float__ = __index__ = __str__ = __format__ = __neg__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _refuse
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = _refuse


def unknown(reason: str) -> Any:
    """Return an unknown value that fits every type: a record's field keeps its plain type."""
    return Unknown(reason)


def is_unknown(value: object) -> bool:
    """Tell, without raising, whether a value is unknown."""
    return type(value) is Unknown


def why_unknown(value: object) -> str:
    """Return the reason of an unknown value."""
    return str(object.__getattribute__(value, "_reason"))
