"""Reads what a stage deploys and where to: services and environments of Harness.

Both the form in force and the older one (`serviceConfig`, `infrastructure`) are read. Whether an
environment is production is what its definition says (`type: Production`).
https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/environments/environment-overview
"""

from __future__ import annotations

from assurance.model.expressions import has_expression, readings
from assurance.model.pipelines import EnvironmentUse
from assurance.model.unknown import is_unknown, unknown, why_unknown
from assurance.readers.entities import Entities
from assurance.readers.pipeline_reading import Around, Reading
from assurance.readers.pipeline_text import Written

Services = tuple[str, ...]
Environments = tuple[EnvironmentUse, ...]
_OLDER = {"environmentRef", "infrastructureDefinition", "useFromStage"}


def read_services(spec: Written, around: Around, reading: Reading) -> Services:
    """Return the services that a stage deploys; unknown where the run decides."""
    for use in (spec.at("service"), spec.at("serviceConfig")):
        if use.value is None:
            continue
        earlier = _earlier(use, reading)
        if earlier is not None:
            return unknown(earlier) if isinstance(earlier, str) else earlier[0]
        return _named(use.mapping.get("serviceRef"), around, "service")
    several = spec.at("services")
    if several.value is None:
        return ()
    return _each(several.at("values"), "serviceRef", around, "services")


def _named(reference: object, around: Around, what: str) -> Services:
    if reference is None:
        return unknown(f"which {what} it uses is not written")
    if is_unknown(reference):
        return unknown(f"which {what} it uses is not known: {why_unknown(reference)}")
    if not isinstance(reference, str):
        return unknown(f"which {what} it uses is not known")
    return readings(reference, around.known)


def _each(values: Written, key: str, around: Around, what: str) -> Services:
    if not isinstance(values.value, list):
        return unknown(f"its {what} are decided by the run")
    found: list[str] = []
    for item in values.items():
        names = _named(item.mapping.get(key), around, what)
        if is_unknown(names):
            return names
        found.extend(names)
    return tuple(found)


def _earlier(use: Written, reading: Reading) -> tuple[Services, Environments] | str | None:
    """Return what an earlier stage uses, where this one takes it over; or why that is unknown."""
    source = use.at("useFromStage").value
    if source is None:
        return None
    name = source.get("stage") if isinstance(source, dict) else source
    if not isinstance(name, str) or has_expression(name):
        return "the stage that it takes over from is decided by the run"
    found = reading.deployed.get(name)
    return f"it takes over from stage {name}, which is not before it" if found is None else found


def read_environments(spec: Written, around: Around, reading: Reading) -> Environments:
    """Return the environments that a stage deploys to; unknown where the run decides."""
    single = spec.at("environment")
    older = spec.at("infrastructure")
    # In a CI stage `infrastructure` is where the build runs.
    if single.value is None and _OLDER & older.mapping.keys():
        single = older
    if single.value is not None:
        earlier = _earlier(single, reading)
        if earlier is not None:
            return unknown(earlier) if isinstance(earlier, str) else earlier[1]
        return _uses((single,), around, reading)
    for several in (spec.at("environments", "values"), spec.at("environmentGroup", "environments")):
        if isinstance(several.value, list):
            return _uses(several.items(), around, reading)
    if spec.at("environments").value is None and spec.at("environmentGroup").value is None:
        return ()
    return unknown("its environments are decided by the run, or by a group outside the files")


def _uses(places: tuple[Written, ...], around: Around, reading: Reading) -> Environments:
    found: list[EnvironmentUse] = []
    for place in places:
        names = _named(place.mapping.get("environmentRef"), around, "environment")
        if is_unknown(names):
            written = place.mapping.get("environmentRef")
            said = why_unknown(written) if is_unknown(written) else place.label("environmentRef")
            return unknown(f"its environment is {said or 'not written'}")
        found.extend(_use(name, place, reading.entities) for name in names)
    return tuple(found)


def _use(name: str, place: Written, entities: Entities) -> EnvironmentUse:
    definition = entities.one("environment", name, place.resource)
    type_ = None if definition is None else definition.get("type", None)
    is_production: bool = (
        type_ == "Production"
        if type_ in ("Production", "PreProduction")
        else unknown(f"the definition of environment {name} is not among the files, or has no type")
    )
    return EnvironmentUse(
        reference=name, is_production=is_production, infrastructures=_infrastructures(place)
    )


def _infrastructures(place: Written) -> tuple[str, ...]:
    listed = place.mapping.get("infrastructureDefinitions")
    if listed is None:
        return ()
    if not isinstance(listed, list):
        return unknown("its infrastructures are decided by the run")
    return tuple(str(item["identifier"]) for item in listed if _is_named(item))


def _is_named(item: object) -> bool:
    return isinstance(item, dict) and isinstance(item.get("identifier"), str)
