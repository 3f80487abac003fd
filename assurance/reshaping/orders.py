"""The order of what has none.

Keys of a mapping have no order, nor have the lists named here: notification rules and their events,
variables (each is found by its name), selectors (a delegate must have all of them), recipients and
groups, and the kinds of error that one strategy answers to.
https://developer.harness.io/docs/platform/delegates/manage-delegates/select-delegates-with-selectors
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assurance.reshaping.definitions import Definitions, Place, Reshape, at, copied, mappings

UNORDERED = (
    "notificationRules",
    "pipelineEvents",
    "variables",
    "delegateSelectors",
    "userGroups",
    "recipients",
    "errors",
    "forStages",
)


def _key_places(definitions: Definitions) -> Iterator[Place]:
    for index, each in enumerate(definitions):
        words = f'writes the keys of the {each.kind} "{each.identifier}" in another order'
        yield Place(words=words, definition=index)


def _reorder_keys(definitions: Definitions, place: Place) -> Definitions:
    changed = copied(definitions)
    for _, mapping in list(mappings(changed[place.definition].values)):
        for key in list(reversed(mapping)):
            mapping[key] = mapping.pop(key)
    return changed


def _list_places(definitions: Definitions) -> Iterator[Place]:
    for index, each in enumerate(definitions):
        for path, mapping in mappings(each.values):
            for key in UNORDERED:
                if isinstance(mapping.get(key), list) and len(mapping[key]) > 1:
                    where = f'the {each.kind} "{each.identifier}"'
                    words = f"writes the {key} of {where} in another order"
                    yield Place(words=words, definition=index, path=(*path, key))


def _reorder_list(definitions: Definitions, place: Place) -> Definitions:
    changed = copied(definitions)
    items: list[Any] = at(changed[place.definition].values, place.path)
    items.append(items.pop(0))
    return changed


REORDER_KEYS = Reshape(name="reorder keys", places=_key_places, apply=_reorder_keys)
REORDER_LIST = Reshape(name="reorder a list", places=_list_places, apply=_reorder_list)
