"""What must hold for the delegate through which the delivery pipeline reaches the system."""

from __future__ import annotations

import re

from assurance.model.containers import Container, Image
from assurance.model.delegates import delegate_containers
from assurance.model.findings import Finding, any_of, each
from assurance.model.networks import Hop, Subnet
from assurance.model.scaling import Scaling
from assurance.model.services import Service
from assurance.model.unknown import unknown
from assurance.rules.containers import logs_to_cloudwatch
from assurance.rules.scaling import lowest

_TOKEN = "DELEGATE_TOKEN"  # noqa: S105  the name of the setting
_RELEASE = re.compile(r"(\d{2})\.(\d{2})\.\d+")


def has_replicas(service: Service, scaling: Scaling, *, replicas: int) -> Finding:
    """So many replicas run at least."""
    targets = scaling.of(service)
    least = min(lowest(target) for target in targets) if targets else service.desired_count
    return Finding(
        holds=least >= replicas,
        expected=f"at least {replicas} replicas",
        actual=f"{least} replicas",
    )


def is_in_private_subnets(service: Service) -> Finding:
    """None of its subnets routes to an internet gateway."""
    return each(
        service.subnets, _is_private, expected="private subnets only", none="no subnet is stated"
    )


def _is_private(subnet: Subnet) -> Finding:
    public = any_of(subnet.route_table.routes, lambda route: route.hop == Hop.INTERNET)
    kind = "routes to an internet gateway" if public else "private"
    return Finding(holds=not public, expected="", actual=f"{subnet.subject}: {kind}")


def has_no_public_address(service: Service) -> Finding:
    """Its tasks get no public address."""
    return Finding(
        holds=not service.assigns_public_address,
        expected="no public address",
        actual="public addresses" if service.assigns_public_address else "no public address",
    )


def has_pinned_image(service: Service) -> Finding:
    """Its images are named by digest or by an exact release."""
    return each(
        service.task_definition.containers,
        lambda container: _pinned(container.image),
        expected="an image by digest or exact release",
        none="no container",
    )


def _pinned(image: Image) -> Finding:
    exact = bool(image.digest) or _RELEASE.match(str(image.tag)) is not None
    return Finding(holds=exact, expected="", actual=f"image {image.reference}")


def has_supported_image(service: Service, *, oldest: str) -> Finding:
    """The release of its image is still supported; releases are numbered by year and month."""
    return each(
        delegate_containers(service),
        lambda container: _supported(container, oldest),
        expected=f"a release of {oldest} or later",
        none="no container",
    )


def _supported(container: Container, oldest: str) -> Finding:
    release = _release(container)
    return Finding(holds=release >= oldest, expected="", actual=f"release {release}")


def _release(container: Container) -> str:
    """Return year and month of the release, as the tag or the image's version label states it."""
    for text in (container.image.tag, container.version):
        found = _RELEASE.match(str(text))
        if found:
            return f"{found[1]}.{found[2]}"
    if container.image.tag in ("", "latest") and not container.image.digest:
        return "00.00, none is stated"
    why: str = unknown(f"the image {container.image.reference} does not tell its release")
    return why


def logs(service: Service) -> Finding:
    """Its containers log to CloudWatch."""
    return each(
        service.task_definition.containers,
        logs_to_cloudwatch,
        expected="a log driver that writes to CloudWatch Logs",
        none="no container",
    )


def takes_token_from_secret_manager(service: Service) -> Finding:
    """Each container that announces itself with a token has it by reference.

    https://developer.harness.io/docs/platform/delegates/delegate-reference/delegate-environment-variables
    """
    return each(
        delegate_containers(service),
        _takes_token,
        expected=f"{_TOKEN} by reference to a secret manager",
        none="no container",
    )


def _takes_token(container: Container) -> Finding:
    literal = any_of(container.variables, lambda variable: variable.name == _TOKEN)
    referred = any_of(container.secrets, lambda secret: secret.name == _TOKEN)
    said = "by reference" if referred else "not stated"
    return Finding(
        holds=referred and not literal,
        expected="",
        actual=f"{_TOKEN} is {'a plain setting' if literal else said}",
    )
