"""What a container engine showed → images and containers."""

from __future__ import annotations

from typing import cast

from assurance.model.built_images import BuiltImage, BuiltImages, StartedContainer
from assurance.model.unknown import unknown
from assurance.readers.kinds import Kind
from assurance.readers.state import Resource, State


def read_built_images(state: State) -> BuiltImages:
    """Return the images, and the containers that were started from them."""
    found = {each.values["application"]: each for each in state.of("container_image")}
    return BuiltImages(
        images=tuple(_image(each) for each in found.values()),
        containers=tuple(
            _container(each, found[each.values["application"]]) for each in state.of("container")
        ),
    )


def _image(resource: Resource) -> BuiltImage:
    values = resource.values
    return BuiltImage(
        subject=resource.subject(),
        role=values["role"],
        size=values["bytes"],
        user=values["user"],
        health_check=tuple(values["health_check"]),
    )


def _container(resource: Resource, image: Resource) -> StartedContainer:
    values = resource.values
    return StartedContainer(
        subject=resource.subject(),
        state=values["state"],
        output=values["output"],
        user=_number(values["uid"], "the container did not stay up"),
        setuid=tuple(values["setuid"]),
        histories=tuple(values["histories"]),
        builders=tuple(values["builders"]),
        writable=tuple(values["writable"]),
        volumes=tuple(image.values["volumes"]),
        listening=tuple(values["listening"]),
        ports=tuple(image.values["ports"]),
        stopped_after=values["stopped_after"],
        exit_code=_number(values["exit_code"], "the container did not end"),
    )


def _number(value: int | None, why: str) -> int:
    return cast("int", unknown(why)) if value is None else value


KINDS = (
    Kind(
        noun="built image",
        plural="built images",
        population=lambda view: view.built_images.images,
        inventory=("container_image",),
    ),
    Kind(
        noun="started container",
        plural="started containers",
        population=lambda view: view.built_images.containers,
        inventory=("container",),
    ),
)
