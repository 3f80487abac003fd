"""Durations in other units: ten minutes are six hundred seconds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assurance.reshaping.definitions import Definitions, Place, Reshape, at, copied, mappings

_SMALLER = {"w": (7, "d"), "d": (24, "h"), "h": (60, "m"), "m": (60, "s")}
_DURATION = re.compile(r"([1-9]\d*)([wdhm])")


def _places(definitions: Definitions) -> Iterator[Place]:
    for index, each in enumerate(definitions):
        for path, mapping in mappings(each.values):
            value = mapping.get("timeout")
            if isinstance(value, str) and _DURATION.fullmatch(value):
                owner = mapping.get("identifier", each.identifier)
                words = f'writes the timeout of "{owner}" in a smaller unit'
                yield Place(words=words, definition=index, path=path)


def _apply(definitions: Definitions, place: Place) -> Definitions:
    changed = copied(definitions)
    owner = at(changed[place.definition].values, place.path)
    found = _DURATION.fullmatch(owner["timeout"])
    assert found is not None
    factor, unit = _SMALLER[found[2]]
    owner["timeout"] = f"{int(found[1]) * factor}{unit}"
    return changed


OTHER_UNIT = Reshape(name="write a timeout in another unit", places=_places, apply=_apply)
