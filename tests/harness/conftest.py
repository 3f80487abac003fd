"""What Terraform makes of the environments that the definitions speak of."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.collection import Collection
from assurance.collectors.terraform.mirror import Terraform
from assurance.evidence_cache import Cache
from assurance.model.judgements import Layer
from assurance.settings import load_settings
from assurance.sources import sources_of
from tests.harness.definitions import REPOSITORY

ROOTS = [f"infrastructure/environments/{name}" for name in ("staging", "production")]


@pytest.fixture(scope="session")
def environments(terraform: Terraform) -> dict[str, list[dict[str, Any]]]:
    """The resources of both environments, as an audit has them.

    It evaluates only what changed since an audit kept it; whoever asks for this belongs into the
    group of the audit of the reference, which keeps it just before.
    """
    settings = load_settings(REPOSITORY / "assurance.toml")
    places = tuple(place.environment for place in settings.places)
    sources = sources_of(settings, places, frozenset({Layer.DECLARED}))
    wanted = tuple(source for source in sources if source.name in ROOTS)
    evidence = Collection(wanted, None, print, Cache()).result()
    assert evidence.faults == ()
    return {found.environment: found.body["resources"] for found in evidence.documents}
