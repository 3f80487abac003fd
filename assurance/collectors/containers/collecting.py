"""Starts each image as an orchestrator would, looks at it from outside and inside, stops it.

The container gets a read-only root file system, no capability and no network: nothing that it does
leaves this machine, and whatever it needs beyond that shows.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import docker
from docker.errors import APIError, DockerException, ImageNotFound
from docker.models.containers import Container
from docker.models.images import Image

from assurance.collectors.containers.files import file_facts
from assurance.collectors.containers.windows import process_facts
from assurance.errors import NotGiven
from assurance.model.judgements import Reason

FORMAT = "containers/2"

_HEALTHY_WITHIN = 90
"""Seconds in which an image must become healthy, or be running where it has no health check."""

_STOPS_WITHIN = 30
"""Seconds after SIGTERM until the engine kills: the stop timeout that ECS uses by default.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunnableImage:
    """An image, and what it takes to start it.

    Attributes:
        application: Whose it is.
        role: `backend` or `frontend`.
        reference: Its name at the engine.
        environment: Settings that it does not start without.
    """

    application: str
    role: str
    reference: str
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerRequest:
    """All images of a system."""

    images: tuple[RunnableImage, ...]


def collect_containers(request: ContainerRequest) -> dict[str, Any]:
    """Return the evidence body of kind `container`.

    One `container_image` and one `container` for each application.

    Raises:
        NotGiven: No engine answers, or it does not hold an image.
    """
    with _engine() as engine:
        images = [(wanted, _image(engine, wanted)) for wanted in request.images]
        resources = [
            resource
            for wanted, image in images
            for resource in (
                _resource("container_image", wanted, _image_facts(image)),
                _resource("container", wanted, _container_facts(engine, wanted, image)),
            )
        ]
        version = str(engine.version()["Version"])
    return {
        "format": FORMAT,
        "root": "containers",
        "tools": {"docker": version},
        "diagnostics": [],
        "resources": resources,
    }


@contextmanager
def _engine() -> Iterator[docker.DockerClient]:
    try:
        engine = docker.from_env()
        engine.ping()
    except DockerException as error:
        raise NotGiven(
            Reason.ENGINE, remedy="start a Docker engine, or name one by DOCKER_HOST."
        ) from error
    try:
        yield engine
    finally:
        engine.close()


def _image(engine: docker.DockerClient, wanted: RunnableImage) -> Image:
    try:
        return engine.images.get(wanted.reference)
    except ImageNotFound as error:
        raise NotGiven(
            Reason.ENGINE, remedy=f"build {wanted.reference} first: `tox run -e containers`."
        ) from error


def _resource(type_: str, wanted: RunnableImage, facts: dict[str, Any]) -> dict[str, Any]:
    values = {
        "application": wanted.application,
        "role": wanted.role,
        "reference": wanted.reference,
        **facts,
    }
    return {
        "address": f"{type_}.{wanted.application}",
        "mode": "managed",
        "type": type_,
        "name": wanted.application,
        "module": "",
        "provider": "container",
        "existence": "known",
        "values": values,
        "file": wanted.reference,
        "line": None,
    }


def _image_facts(image: Image) -> dict[str, Any]:
    config = image.attrs["Config"]
    return {
        "digest": image.id,
        "bytes": image.attrs["Size"],
        "user": config.get("User") or "",
        "health_check": list((config.get("Healthcheck") or {}).get("Test") or ()),
        "volumes": sorted(config.get("Volumes") or ()),
        "ports": sorted(int(port.partition("/")[0]) for port in config.get("ExposedPorts") or ()),
    }


def _container_facts(
    engine: docker.DockerClient, wanted: RunnableImage, image: Image
) -> dict[str, Any]:
    container = engine.containers.run(
        image.id,
        detach=True,
        read_only=True,
        cap_drop=["ALL"],
        security_opt=["no-new-privileges"],
        network_mode="none",
        environment=dict(wanted.environment),
    )
    try:
        state = _settled(container)
        facts = {"state": state, "output": _output(container), **_looked_at(container, image)}
        return facts | _stopped(container)
    finally:
        container.remove(force=True, v=True)


def _settled(container: Container) -> str:
    """Wait until the container is healthy or has failed, and return which."""
    end = time.monotonic() + _HEALTHY_WITHIN
    state = "starting"
    while state == "starting" and time.monotonic() < end:
        time.sleep(0.5)
        container.reload()
        if container.status != "running":
            return str(container.status)
        state = (container.attrs["State"].get("Health") or {}).get("Status", "running")
    return str(state)


def _output(container: Container) -> str:
    text: str = container.logs(tail=20).decode("utf-8", "replace")
    return text[-2000:]


def _looked_at(container: Container, image: Image) -> dict[str, Any]:
    uid, gid = _identity(image)
    facts = file_facts(container, uid, gid)
    running = container.status == "running"
    return facts | (process_facts(container) if running else {"uid": None, "listening": []})


def _identity(image: Image) -> tuple[int, int]:
    """Return user and group of an image; a name counts as root, for it may be."""
    user, _, group = (image.attrs["Config"].get("User") or "0").partition(":")
    uid = int(user) if user.isdigit() else 0
    return uid, int(group) if group.isdigit() else 0


def _stopped(container: Container) -> dict[str, Any]:
    """Send SIGTERM, and return how long the container took and what it said."""
    begun = time.monotonic()
    try:
        container.stop(timeout=_STOPS_WITHIN)
        code = container.wait(timeout=5)["StatusCode"]
    except APIError:
        code = None
    return {"stopped_after": round(time.monotonic() - begun, 1), "exit_code": code}
