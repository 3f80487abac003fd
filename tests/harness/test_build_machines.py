"""The delegates and machines that definitions select are made by Terraform."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.harness.definitions import files, read

pytestmark = [pytest.mark.xdist_group("reference"), pytest.mark.takes(20)]


@pytest.fixture
def made(environments: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """The resources of both environments by their address, with that of the environment before."""
    return {
        f"{name}.{resource['address']}": resource["values"]
        for name, resources in environments.items()
        for resource in resources
    }


def values(node: Any, key: str) -> Iterator[Any]:
    if isinstance(node, dict):
        for name, item in node.items():
            if name == key:
                yield item
            yield from values(item, key)
    elif isinstance(node, list):
        for item in node:
            yield from values(item, key)


def selected(key: str) -> set[str]:
    """All values of a key in the definitions, those of lists one by one."""
    found = [value for file in files() for value in values(read(file), key)]
    return {name for value in found for name in (value if isinstance(value, list) else [value])}


def containers(made: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    """The settings of every container of that name."""
    for resource in made.values():
        for container in resource.get("container_definitions") or ():
            if container["name"] == name:
                yield {each["name"]: each["value"] for each in container["environment"]}


def test_every_selected_delegate_is_made(made: dict[str, Any]) -> None:
    tags = {settings["DELEGATE_TAGS"] for settings in containers(made, "delegate")}

    assert selected("delegateSelectors") == tags
    assert len(tags) == 3


def test_every_selected_pool_is_made_by_a_runner_in_each_zone(made: dict[str, Any]) -> None:
    [settings] = containers(made, "runner")
    pools = {
        name: instance["name"] for name, pool in settings.items() for instance in pool["instances"]
    }

    assert set(pools) == {"POOL_1a", "POOL_1b"}
    assert set(pools.values()) == selected("poolName")
