"""The catalogue: every requirement, from the files of `features/requirements`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from assurance.catalogue_entries import frameworks, requirement, waiver
from assurance.errors import CatalogueError
from assurance.marked_yaml import check, read
from assurance.model.requirements import Framework, Limit, Requirement, Waiver
from assurance.parameters import Overrides, refuse_strangers

AREAS: Mapping[str, str] = MappingProxyType(
    {
        "source_control": "SRC",
        "ci_pipeline": "CIP",
        "cd_pipeline": "CDP",
        "delegate": "DLG",
        "secrets": "SEC",
        "feature_flags": "FLG",
        "images": "IMG",
        "testing": "TST",
        "scanning": "SCN",
        "network": "NET",
        "compute": "ECS",
        "load_balancer": "ALB",
        "registry": "ECR",
        "identity": "IAM",
        "observability": "OBS",
        "audit": "AUD",
        "backend": "API",
        "frontend": "WEB",
        "data": "DAT",
        "scaling": "SCL",
        "availability": "HAV",
        "recovery": "DRY",
        "cost": "CST",
        "releases": "REL",
        "integrations": "INT",
        "infrastructure_as_code": "IAC",
    }
)
"""The areas, in the order of a report, and how the ids of each begin."""

CONTROLS = "controls.yaml"
WAIVERS = "waivers.yaml"


class Catalogue:
    """Every requirement with the limits of one run, and the waivers that count in it."""

    def __init__(
        self,
        requirements: Mapping[str, Requirement],
        known: Mapping[str, Framework],
        waivers: tuple[Waiver, ...],
    ) -> None:
        self._requirements = requirements
        self.frameworks = known
        self.waivers = waivers

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """All requirements, by area and number."""
        return tuple(self._requirements.values())

    def __contains__(self, id: object) -> bool:
        return id in self._requirements

    def requirement(self, id: str) -> Requirement:
        """Return the requirement of an id.

        Raises:
            CatalogueError: There is none.
        """
        if id not in self._requirements:
            raise CatalogueError(
                f'there is no requirement "{id}" in the catalogue',
                remedy="Correct the id; only a file of features/requirements mints one.",
            )
        return self._requirements[id]

    def limit(self, id: str, name: str) -> Limit:
        """Return the value that a parameter of a requirement has in this run.

        Raises:
            CatalogueError: There is no such requirement or parameter.
        """
        stated = self.requirement(id)
        if name not in stated.parameters:
            raise CatalogueError(
                f'{id} has no parameter "{name}"',
                file=stated.location.file,
                line=stated.location.line,
                remedy="State it under parameters of the requirement, or correct the name.",
            )
        return stated.parameters[name].value


def load(
    directory: Path,
    *,
    overrides: Overrides | None = None,
    waivers: Path | None = None,
    environments: Collection[str] = (),
) -> Catalogue:
    """Read and check the whole catalogue.

    Args:
        directory: Where the areas' files and `controls.yaml` are.
        overrides: What the owner of the audited system decided about parameters.
        waivers: The waivers of the audited system, if it has any; those of another never count.
        environments: The names that waivers can be limited to: those of the audited system.

    Raises:
        CatalogueError: A file of the catalogue or the waivers is wrong; with file and line.
        SettingsError: An override is wrong.
    """
    decided = overrides or Overrides()
    known = _frameworks(directory / CONTROLS)
    requirements: dict[str, Requirement] = {}
    for entry in _entries(directory, known, decided):
        _refuse_second(entry, requirements)
        requirements[entry.id] = entry
    refuse_strangers(requirements, decided)
    found = _waivers(waivers, requirements, environments) if waivers else ()
    return Catalogue(MappingProxyType(requirements), known, found)


def _frameworks(file: Path) -> Mapping[str, Framework]:
    document = read(file)
    check(document, "controls.schema.json")
    return frameworks(document)


def _entries(
    directory: Path, known: Mapping[str, Framework], overrides: Overrides
) -> Iterator[Requirement]:
    names = {file.stem: file for file in sorted(directory.glob("*.yaml"))}
    strangers = names.keys() - AREAS.keys() - {Path(CONTROLS).stem, Path(WAIVERS).stem}
    if strangers:
        raise CatalogueError(
            "the file belongs to no area of the catalogue",
            file=names[min(strangers)],
            remedy=f"Name it after its area: {', '.join(AREAS)}.",
        )
    if not names.keys() & AREAS.keys():
        raise CatalogueError(
            "the directory holds no requirements", file=directory, remedy="Name the catalogue's."
        )
    for area in AREAS:
        if area in names:
            yield from _area(names[area], area, known, overrides)


def _area(
    file: Path, area: str, known: Mapping[str, Framework], overrides: Overrides
) -> Iterator[Requirement]:
    document = read(file)
    check(document, "requirement.schema.json")
    for index, entry in enumerate(document.values):
        if not entry["id"].startswith(f"{AREAS[area]}-"):
            raise document.error(
                f'the id "{entry["id"]}" does not belong to the area {area}',
                *(index, "id"),
                remedy=f"Ids of this file begin with {AREAS[area]}-.",
            )
        yield requirement(document, index, area, known, overrides)


def _refuse_second(entry: Requirement, before: Mapping[str, Requirement]) -> None:
    if entry.id in before:
        raise CatalogueError(
            f"{entry.id} is minted a second time; the first is at {before[entry.id].location}",
            file=entry.location.file,
            line=entry.location.line,
            remedy="Give the new requirement the next free number.",
        )


def _waivers(
    file: Path, known: Mapping[str, Requirement], environments: Collection[str]
) -> tuple[Waiver, ...]:
    document = read(file)
    check(document, "waivers.schema.json")
    entries = range(len(document.values["waivers"]))
    return tuple(waiver(document, index, known, environments) for index in entries)
