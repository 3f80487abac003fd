"""Delegates: the services through which the delivery pipeline reaches the system.

A delegate is known by what it cannot do without: the image of the product, or the settings by
which it announces itself. Names of our own play no part.
https://developer.harness.io/docs/platform/delegates/delegate-reference/delegate-environment-variables
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assurance.model.containers import Container
from assurance.model.findings import any_of
from assurance.model.services import Service
from assurance.model.unknown import is_unknown

_IMAGE = re.compile(r"harness[-/_]?\S*delegate|delegate\S*harness", re.IGNORECASE)
_SETTINGS = frozenset(
    {"DELEGATE_NAME", "DELEGATE_TOKEN", "MANAGER_HOST_AND_PORT", "DELEGATE_TYPE", "ACCOUNT_ID"}
)
_ENOUGH = 3
"""So many of the settings together mean a delegate; one alone may mean anything."""

_RUNNER = "RUNNER_URL"
"""Where a delegate finds the runner that starts its build machines.
https://developer.harness.io/docs/continuous-integration/use-ci/set-up-build-infrastructure/vm-build-infrastructure/high-availability
"""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Delegates:
    """The services that run a delegate of the delivery pipeline."""

    services: tuple[Service, ...]

    def runs(self, service: Service) -> bool:
        """Whether a service is one of them."""
        return any(found is service for found in self.services)


def delegate_containers(service: Service) -> tuple[Container, ...]:
    """Return the containers of a service that run a delegate, not those that run beside it."""
    definition = service.task_definition
    if is_unknown(definition) or is_unknown(definition.containers):
        return ()
    return tuple(
        found for found in definition.containers if not is_unknown(found) and _runs_delegate(found)
    )


def starts_build_machines(service: Service) -> bool:
    """Whether a delegate has a runner, which starts a machine for each build."""
    return any_of(
        delegate_containers(service),
        lambda found: any_of(found.variables, lambda variable: variable.name == _RUNNER),
    )


def _runs_delegate(container: Container) -> bool:
    image = container.image
    named = not is_unknown(image) and _IMAGE.search(image.reference) is not None
    known = frozenset((*_names(container.variables), *_names(container.secrets)))
    return named or len(known & _SETTINGS) >= _ENOUGH


def _names(settings: Iterable[object]) -> tuple[str, ...]:
    if is_unknown(settings):
        return ()
    return tuple(
        str(name)
        for setting in settings
        if not is_unknown(setting) and not is_unknown(name := getattr(setting, "name", ""))
    )
