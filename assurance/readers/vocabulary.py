"""Every kind of subject by its noun: what scenarios can speak of."""

from __future__ import annotations

from collections.abc import Mapping

from assurance.readers import (
    alarms,
    applications,
    audit,
    aws_steps,
    backups,
    buckets,
    central_logs,
    code,
    connectors,
    costs,
    dashboards,
    databases,
    definitions,
    delegates,
    delivery_definitions,
    delivery_pipelines,
    distributions,
    identities,
    image_definitions,
    kept_secrets,
    load_balancers,
    networks,
    notifications,
    observability,
    origins,
    parties,
    pipeline_parts,
    pipelines,
    production_pipelines,
    registries,
    replication,
    repositories,
    scaling,
    scans,
    secrets,
    services,
    tags,
    triggers,
    waivers,
)
from assurance.readers.kinds import Kind


def all_kinds() -> Mapping[str, Kind]:
    """Return every kind by its noun."""
    return {kind.noun: kind for kinds in _KINDS for kind in kinds}


_KINDS: tuple[tuple[Kind, ...], ...] = (
    alarms.KINDS,
    applications.KINDS,
    audit.KINDS,
    aws_steps.KINDS,
    backups.KINDS,
    buckets.KINDS,
    central_logs.KINDS,
    code.KINDS,
    connectors.KINDS,
    costs.KINDS,
    dashboards.KINDS,
    databases.KINDS,
    definitions.KINDS,
    delegates.KINDS,
    delivery_definitions.KINDS,
    delivery_pipelines.KINDS,
    distributions.KINDS,
    identities.KINDS,
    image_definitions.KINDS,
    kept_secrets.KINDS,
    load_balancers.KINDS,
    networks.KINDS,
    notifications.KINDS,
    observability.KINDS,
    origins.KINDS,
    parties.KINDS,
    pipeline_parts.KINDS,
    pipelines.KINDS,
    production_pipelines.KINDS,
    registries.KINDS,
    replication.KINDS,
    repositories.KINDS,
    scaling.KINDS,
    scans.KINDS,
    secrets.KINDS,
    services.KINDS,
    tags.KINDS,
    triggers.KINDS,
    waivers.KINDS,
)
"""The `KINDS` of each reader module, in alphabetical order of concept."""
