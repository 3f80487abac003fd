"""What must be given before an API can be looked at, and what is collected then."""

from __future__ import annotations

from pathlib import Path

import pytest

from assurance.model.judgements import Reason
from assurance.settings import Settings, load_settings
from assurance.sources.api import api_absence, api_sources


def system(directory: Path, *, base_url: str = "", openapi: str = "") -> Settings:
    (directory / "app").mkdir()
    text = f"""
[system]
name = "small"
[environments.lab]
production = false
layers = ["observed"]
{f'base_url = "{base_url}"' if base_url else ""}
[applications.app]
role = "backend"
directory = "app"
{f'openapi = "{openapi}"' if openapi else ""}
"""
    file = directory / "assurance.toml"
    file.write_text(text)
    return load_settings(file)


@pytest.mark.parametrize(
    ("base_url", "openapi", "reason"),
    [
        ("", "/openapi.json", Reason.ADDRESS),
        ("http://127.0.0.1:1", "", Reason.API),
        ("http://127.0.0.1:1", "/openapi.json", None),
    ],
)
def test_what_is_missing_is_named(
    tmp_path: Path, base_url: str, openapi: str, reason: Reason | None
) -> None:
    settings = system(tmp_path, base_url=base_url, openapi=openapi)

    absence = api_absence(settings, settings.places[0])
    kinds = [source.kind for source in api_sources(settings, settings.places[0])]

    assert (absence.reason if absence else None) == reason
    assert kinds == ([] if reason else ["http", "telemetry"])


def test_what_is_observed_is_never_kept_for_another_run(tmp_path: Path) -> None:
    settings = system(tmp_path, base_url="http://127.0.0.1:1", openapi="/openapi.json")

    assert {source.key for source in api_sources(settings, settings.places[0])} == {""}
