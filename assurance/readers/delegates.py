"""Recognises, among the services, those that run a Harness delegate.

A delegate is known by what it cannot do without: the image of the product, or the settings by
which it announces itself. Names of our own play no part.
https://developer.harness.io/docs/platform/delegates/delegate-reference/delegate-environment-variables
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assurance.model.containers import Container
from assurance.model.delegates import Delegates
from assurance.model.services import Service, Services
from assurance.model.unknown import is_unknown
from assurance.readers.kinds import Kind

_IMAGE = re.compile(r"harness[-/_]?\S*delegate|delegate\S*harness", re.IGNORECASE)
_SETTINGS = frozenset(
    {"DELEGATE_NAME", "DELEGATE_TOKEN", "MANAGER_HOST_AND_PORT", "DELEGATE_TYPE", "ACCOUNT_ID"}
)
_ENOUGH = 3
"""So many of the settings together mean a delegate; one alone may mean anything."""


def read_delegates(services: Services) -> Delegates:
    """Return the services that run a delegate."""
    return Delegates(services=tuple(found for found in services.services if _is_delegate(found)))


def _is_delegate(service: Service) -> bool:
    definition = service.task_definition
    if is_unknown(definition) or is_unknown(definition.containers):
        return False
    return any(not is_unknown(found) and _runs_delegate(found) for found in definition.containers)


def _runs_delegate(container: Container) -> bool:
    image = container.image
    named = not is_unknown(image) and _IMAGE.search(image.reference) is not None
    known = frozenset((*_names(container.variables), *_names(container.secrets)))
    return named or len(known & _SETTINGS) >= _ENOUGH


def _names(settings: Iterable[object]) -> Iterable[str]:
    if is_unknown(settings):
        return ()
    return tuple(
        str(name)
        for setting in settings
        if not is_unknown(setting) and not is_unknown(name := getattr(setting, "name", ""))
    )


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="delegate",
        plural="delegates",
        population=lambda view: view.delegates.services,
        made_of=("aws_ecs_service",),
    ),
)
