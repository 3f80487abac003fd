"""What is collected is judged in one order, whether it is fresh or was stored."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assurance import collection
from assurance.collection import Collection, stored_evidence
from assurance.collectors.checkov import CheckovRequest
from assurance.evidence import EvidenceStore
from assurance.settings import load_settings
from tests.states import body

SYSTEM = """\
[system]
name = "shop"

[environments.live]
production = true
terraform = [{ root = "zeta" }, { root = "alpha" }]
"""


def test_fresh_and_stored_documents_come_in_the_same_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "assurance.toml").write_text(SYSTEM)
    for root in ("zeta", "alpha"):
        (tmp_path / root).mkdir()
    settings = load_settings(tmp_path / "assurance.toml")
    policies = CheckovRequest(
        system=tmp_path, directories=(tmp_path,), external_checks=tmp_path / "policies"
    )

    def evaluated(request: Any) -> dict[str, Any]:
        return body(root=request.root.name)

    checkov = SimpleNamespace(result=lambda *_: {"results": []}, stop=lambda: None)
    monkeypatch.setattr(collection, "collect_terraform", evaluated)
    monkeypatch.setattr(collection, "cache_key", lambda request: request.root.name)
    monkeypatch.setattr(collection, "start_checkov", lambda _: checkov)
    environments = tuple(place.environment for place in settings.places)

    fresh = Collection(settings, environments, policies, lambda _: None).result().documents
    store = EvidenceStore(tmp_path / "evidence")
    for document in fresh:
        store.write(document)

    assert fresh == stored_evidence(tmp_path / "evidence").documents
    assert [document.source for document in fresh] == ["", "alpha", "zeta"]
