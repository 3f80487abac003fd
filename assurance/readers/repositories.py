"""Reads the repository and the places of its parts."""

from __future__ import annotations

from typing import Any

from assurance.model.repositories import Repository, RepositoryPart
from assurance.model.subjects import Subject
from assurance.model.unknown import UnknownValue, is_unknown, unknown
from assurance.readers.kinds import Kind
from assurance.readers.state import Resource, State

_SORTS = {
    "application": (".py", ".js", ".jsx", ".ts", ".tsx", ".go", ".java", ".rb", ".cs", ".rs"),
    "infrastructure": (".tf", ".tf.json"),
    "pipelines": (".yaml", ".yml"),
    "tests": (".py", ".js", ".jsx", ".ts", ".tsx", ".feature", ".java", ".go"),
}
"""What files make a part what it is."""

_UNLISTED = "the files of the repository were not listed"


def read_repository(state: State) -> Repository:
    """Return the files of the repository; unknown where they were not listed."""
    for found in state.of("repository_tree"):
        return Repository(
            files=frozenset(str(name) for name in found.listed("files")),
            is_git=found.get("is_git") is True,
        )
    return unknown(_UNLISTED)


def read_parts(state: State) -> tuple[RepositoryPart, ...]:
    """Return the parts of the system; a kind that the description does not place stands alone.

    Raises:
        UnknownValue: Nobody listed the files.
    """
    tree = next(iter(state.of("repository_tree")), None)
    if tree is None:
        raise UnknownValue(_UNLISTED)
    repository = read_repository(state)
    found = state.of("repository_part")
    parts = tuple(_part(each, found, repository) for each in found)
    kinds = {part.kind for part in parts}
    return (*parts, *(_unplaced(kind, tree) for kind in _SORTS if kind not in kinds))


def _part(resource: Resource, others: tuple[Resource, ...], repository: Repository) -> Any:
    kind = str(resource.get("kind"))
    places = _places(resource)
    return RepositoryPart(
        subject=resource.subject(),
        kind=kind,
        name=str(resource.get("name")),
        directories=places,
        files=_count(kind, places, repository),
        shared=tuple(
            place
            for other in others
            if other is not resource and not _may_contain(kind, str(other.get("kind")))
            for place in _places(other)
            if any(_is_within(place, own) for own in places)
        ),
    )


def _may_contain(kind: str, other: str) -> bool:
    """Whether one kind of part may hold another: tests lie with what they test."""
    return other == "tests" and kind == "application"


def _count(kind: str, places: tuple[str, ...], repository: Repository) -> Any:
    if is_unknown(repository):
        return repository
    sorts = _SORTS.get(kind, ())
    return sum(
        name.endswith(sorts) and any(_is_within(name, place) for place in places)
        for name in repository.files
    )


def _unplaced(kind: str, tree: Resource) -> RepositoryPart:
    return RepositoryPart(
        subject=Subject(id=f"repository_part.{kind}", location=tree.location),
        kind=kind,
        name=kind,
        directories=(),
        files=0,
        shared=(),
    )


def _places(resource: Resource) -> tuple[str, ...]:
    return tuple(str(place) for place in resource.listed("directories"))


def _is_within(place: str, directory: str) -> bool:
    return directory in (".", "") or place == directory or place.startswith(f"{directory}/")


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="part of the repository",
        plural="parts of the repository",
        population=lambda view: view.delivery.repository_parts,
        inventory=("repository_part",),
    ),
)
