"""What is collected is judged in one order, whether it is fresh or was stored."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assurance import collection
from assurance.collection import Collection, Evidence, stored_evidence
from assurance.collectors.checkov import CheckovRequest
from assurance.errors import EvidenceError
from assurance.evidence import EvidenceStore
from assurance.model.judgements import Layer
from assurance.settings import Settings, load_settings
from assurance.sources import declared, sources_of
from tests.states import body

SYSTEM = """\
[system]
name = "shop"

[environments.live]
production = true
terraform = [{ root = "zeta" }, { root = "alpha" }]
"""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    (tmp_path / "assurance.toml").write_text(SYSTEM)
    for root in ("zeta", "alpha"):
        (tmp_path / root).mkdir()
    checkov = SimpleNamespace(result=lambda *_: {"results": []}, stop=lambda: None)
    monkeypatch.setattr(declared, "cache_key", lambda request: request.root.name)
    monkeypatch.setattr(collection, "start_checkov", lambda _: checkov)
    return load_settings(tmp_path / "assurance.toml")


def collected(settings: Settings, layer: Layer = Layer.DECLARED) -> Evidence:
    environments = tuple(place.environment for place in settings.places)
    policies = CheckovRequest(
        system=settings.directory,
        directories=(settings.directory,),
        external_checks=(settings.directory / "policies",),
    )
    found = sources_of(settings, environments, frozenset({layer}))
    return Collection(found, policies, lambda _: None).result()


def test_fresh_and_stored_documents_come_in_the_same_order(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(declared, "collect_terraform", lambda request: body(root=request.root.name))

    fresh = collected(settings).documents
    store = EvidenceStore(tmp_path / "evidence")
    for document in fresh:
        store.write(document)

    assert fresh == stored_evidence(tmp_path / "evidence").documents
    assert [document.source for document in fresh if document.source] == ["alpha", "zeta"]


def test_what_cannot_be_collected_is_a_fault_of_its_kind_and_environment(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(request: Any) -> dict[str, Any]:
        if request.root.name == "zeta":
            raise EvidenceError("zeta cannot be read.")
        return body(root=request.root.name)

    monkeypatch.setattr(declared, "collect_terraform", refuse)

    found = collected(settings)

    assert str(found.fault("terraform", "live")) == "zeta cannot be read."
    assert found.fault("terraform", "other") is None
    assert found.fault("harness", "live") is None
    assert [document.source for document in found.of("terraform", "live")] == ["alpha"]


def test_a_layer_that_is_not_judged_costs_nothing(settings: Settings) -> None:
    assert collected(settings, Layer.OBSERVED).of("terraform", "live") == ()
