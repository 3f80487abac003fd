"""What there is to collect of a system: one source a document; the only caller of collectors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assurance.collectors.terraform import TerraformRequest, cache_key, collect_terraform
from assurance.errors import NotGiven
from assurance.model.environments import Environment
from assurance.model.judgements import Layer
from assurance.settings import Place, Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a document comes from.

    Attributes:
        kind: Of the document.
        path: What is read.
        name: The same relative to the system's directory.
        environment: Whose it is, or empty where it belongs to the whole system.
        layer: On which it shows the system.
        key: Changes with everything that the body depends on; sources with one key have one body.
            Empty where nobody can know that: such a body is never kept for another run.
        collect: Returns the body.
    """

    kind: str
    path: Path
    name: str
    environment: str
    layer: Layer
    key: str
    collect: Callable[[], Any]

    @property
    def identity(self) -> str:
        """What tells apart the bodies of one run."""
        return self.key or f"{self.kind} {self.environment} {self.name}"


def sources_of(
    settings: Settings, environments: tuple[Environment, ...], layers: frozenset[Layer]
) -> tuple[Source, ...]:
    """Return what is to be collected to judge the named environments on the named layers."""
    found: list[Source] = []
    if Layer.DECLARED in layers:
        for place in settings.places:
            if place.environment in environments:
                found.extend(_terraform(settings, place))
    return tuple(found)


def kinds_of(
    settings: Settings, environment: Environment, layer: Layer
) -> Mapping[str, NotGiven | None]:
    """Return the kinds of evidence without which an environment cannot be judged on a layer.

    Each with what the user must give first, or None where the kind can be collected as it is.
    """
    place = next(place for place in settings.places if place.environment == environment)
    if layer is Layer.DECLARED:
        return {"terraform": None} if place.terraform else {}
    return {}


def relative(path: Path, directory: Path) -> str:
    """Return a path as documents name it: relative to the system's directory if it is inside."""
    return path.relative_to(directory).as_posix() if path.is_relative_to(directory) else str(path)


def _terraform(settings: Settings, place: Place) -> Iterator[Source]:
    for root in place.terraform:
        request = TerraformRequest(
            system=settings.directory,
            root=root.root,
            variable_files=root.variable_files,
            variables=root.variables,
            plan=root.plan,
            region=place.region or None,
        )
        yield Source(
            kind="terraform",
            path=root.root,
            name=relative(root.root, settings.directory),
            environment=place.environment.name,
            layer=Layer.DECLARED,
            key=cache_key(request),
            collect=lambda request=request: collect_terraform(request),  # type: ignore[misc]
        )
