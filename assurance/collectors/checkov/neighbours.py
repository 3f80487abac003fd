"""What is connected with a resource; pure.

A policy on connections can then be tried on a small piece of a system.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from assurance.collectors.checkov.definitions import addresses_in
from assurance.collectors.checkov.links import LINKS

DEPTH = 2
MOST = 6

Resource = Mapping[str, Any]


class Neighbours:
    """The resources of one root and their connections, by reference or by name."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        self._by_address = {resource["address"]: resource for resource in resources}
        self._edges: dict[str, set[str]] = defaultdict(set)
        names = self._names()
        for address, resource in self._by_address.items():
            near = addresses_in(json.dumps(resource["values"]).replace('\\"', '"'))
            for other in (near | self._named(resource, names)) & self._by_address.keys():
                self._edges[address].add(other)
                self._edges[other].add(address)

    def at(self, address: str) -> Resource:
        """The resource of that address."""
        return self._by_address[address]

    def around(self, address: str) -> tuple[Resource, ...]:
        """The resources within two connections, the nearest first and not too many of them."""
        seen, level = {address: 0}, [address]
        for depth in range(1, DEPTH + 1):
            level = sorted({near for one in level for near in self._edges[one]} - seen.keys())
            seen |= dict.fromkeys(level, depth)
        near = sorted(seen, key=lambda one: (seen[one], one))[1 : MOST + 1]
        return tuple(self._by_address[one] for one in near)

    def _names(self) -> dict[tuple[str, str, str], str]:
        wanted = set(LINKS.values())
        return {
            (resource["type"], attribute, str(resource["values"].get(attribute))): address
            for address, resource in self._by_address.items()
            for kind, attribute in wanted
            if kind == resource["type"]
        }

    def _named(self, resource: Resource, names: Mapping[tuple[str, str, str], str]) -> set[str]:
        found = set()
        for attribute, value in resource["values"].items():
            link = LINKS.get((resource["type"], attribute)) or LINKS.get(("", attribute))
            if link and isinstance(value, str):
                last = value.rpartition("/")[2] if link[0] == "aws_ecs_service" else value
                found.add(names.get((*link, last), ""))
        return found - {""}
