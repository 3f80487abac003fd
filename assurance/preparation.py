"""From the call to an audit that can begin: settings, catalogue, features, scope, collection."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from assurance.audit import Audit
from assurance.catalogue import Catalogue, load
from assurance.collection import Collection, Evidence, Progress, stored_evidence
from assurance.collectors.checkov import CheckovRequest
from assurance.errors import SettingsError
from assurance.evidence_cache import Cache
from assurance.features import load_scenarios
from assurance.ledger import Ledger, Scope
from assurance.model.environments import Environment
from assurance.model.judgements import Layer
from assurance.parameters import Overrides
from assurance.settings import Settings, load_access, load_settings
from assurance.sources import sources_of

_POLICIES = ("terraform", "harness", "docker")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What the user asked for.

    Attributes:
        features: The directory of the features and the catalogue.
        policies: The directory of our own checkov policies, one directory a framework.
        system: The system description.
        environments: Names of the environments to judge; all if empty.
        layers: Names of the layers to judge; all that have a verifier if empty.
        base_url: Where clients reach the only selected environment, if the user says so here.
        access: A file of what only those who run that environment can say of it.
        plan: A plan to judge instead of evaluating the only root of the only environment.
        evidence: A directory of stored evidence to judge instead of collecting.
        bite: Whether to try counterexamples.
        fresh: Whether to reuse no evidence of an earlier run.
        reports: Where the reports go.
    """

    features: Path
    policies: Path
    system: Path
    environments: tuple[str, ...]
    layers: tuple[str, ...]
    base_url: str
    access: Path | None
    plan: Path | None
    evidence: Path | None
    bite: bool
    fresh: bool
    reports: Path


def prepare(call: Call, progress: Progress) -> Audit:
    """Read everything that the user wrote, and start to collect.

    Args:
        call: What the user asked for.
        progress: Told what is done, one line each, from any thread.

    Raises:
        AssuranceError: Something of it is wrong; nothing has been collected then.
    """
    settings = _addressed(_planned(load_settings(call.system), call), call)
    catalogue = load(
        call.features / "requirements",
        overrides=Overrides(values=settings.parameters, file=settings.file),
        waivers=settings.waivers,
        environments=[place.environment.name for place in settings.places],
    )
    known = {requirement.id: requirement for requirement in catalogue.requirements}
    scope = _scope(settings, call)
    return Audit(
        settings=settings,
        catalogue=catalogue,
        scenarios=load_scenarios(call.features, known),
        scope=scope,
        collection=_collection(settings, scope, call, catalogue, progress),
        bite=call.bite,
        reports=call.reports,
        ledger=Ledger(scope),
    )


def _scope(settings: Settings, call: Call) -> Scope:
    environments = tuple(place.environment for place in settings.places)
    names = {environment.name for environment in environments}
    _refuse_strangers("environment", call.environments, names)
    _refuse_strangers("layer", call.layers, set(Layer))
    return Scope(
        environments=environments,
        selected_environments=frozenset(call.environments or names),
        layers=frozenset(Layer(name) for name in call.layers or Layer),
    )


def _refuse_strangers(what: str, asked: tuple[str, ...], known: set[str] | set[Layer]) -> None:
    for name in asked:
        if name not in known:
            raise SettingsError(
                f"there is no {what} {name!r}.", remedy=f"choose from: {', '.join(sorted(known))}."
            )


def _planned(settings: Settings, call: Call) -> Settings:
    """Put the plan of the call in the place of the one root that it can be meant for."""
    if call.plan is None:
        return settings
    if not call.plan.is_file():
        raise SettingsError(
            "the plan does not exist.",
            file=call.plan,
            remedy="write it with `terraform show -json PLAN > FILE`.",
        )
    places = [
        place
        for place in settings.places
        if not call.environments or place.environment.name in call.environments
    ]
    if len(places) != 1 or len(places[0].terraform) != 1:
        raise SettingsError(
            "it is not clear which environment and root the plan belongs to.",
            file=call.plan,
            remedy="select one environment with --environment that has one root, or name plans in "
            "assurance.toml.",
        )
    planned = replace(places[0], terraform=(replace(places[0].terraform[0], plan=call.plan),))
    return replace(
        settings,
        places=tuple(planned if place is places[0] else place for place in settings.places),
    )


def _addressed(settings: Settings, call: Call) -> Settings:
    """Put the address of the call into the one environment that it can be meant for."""
    if not call.base_url and call.access is None:
        return settings
    if call.base_url and not re.fullmatch(r"https?://[^/\s]+/?", call.base_url):
        raise SettingsError(
            f"{call.base_url!r} is not a base URL.",
            remedy="write the scheme and the host, such as https://www.example.com.",
        )
    chosen = [place for place in settings.places if place.environment.name in call.environments]
    if len(chosen) != 1:
        raise SettingsError(
            "it is not clear which environment the base URL or the access belongs to.",
            remedy="select one environment with --environment.",
        )
    environment = chosen[0].environment
    address = call.base_url.rstrip("/") or environment.base_url
    reached = replace(
        chosen[0],
        environment=replace(environment, base_url=address),
        access=load_access(call.access) if call.access else chosen[0].access,
    )
    return replace(
        settings,
        places=tuple(reached if place is chosen[0] else place for place in settings.places),
    )


def _collection(
    settings: Settings, scope: Scope, call: Call, catalogue: Catalogue, progress: Progress
) -> Collection | Evidence:
    if call.evidence is not None:
        return stored_evidence(call.evidence)
    selected: tuple[Environment, ...] = tuple(
        environment
        for environment in scope.environments
        if environment.name in scope.selected_environments
    )
    policies = CheckovRequest(
        system=settings.directory,
        directories=settings.policies,
        external_checks=tuple(call.policies / framework for framework in _POLICIES),
        expected=tuple(
            sorted({name for entry in catalogue.requirements for name in entry.policies})
        ),
    )
    cache = None if call.fresh else Cache()
    sources = sources_of(settings, selected, scope.layers)
    declared = Layer.DECLARED in scope.layers
    return Collection(
        sources, policies if declared else None, progress, cache, bite=call.bite and declared
    )
