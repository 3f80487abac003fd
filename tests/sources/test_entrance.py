"""When an entrance is looked at, and when the description says that there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from assurance.model.judgements import Reason
from assurance.settings import Settings, load_settings
from assurance.sources.entrance import entrance_absence, entrance_sources

LAB = 'production = false\nlayers = ["observed", "exercised"]'


def system(directory: Path, environment: str) -> Settings:
    file = directory / "assurance.toml"
    file.write_text(f'[system]\nname = "small"\n[environments.here]\n{environment}\n')
    return load_settings(file)


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        (LAB, Reason.ADDRESS),
        (f'{LAB}\nbase_url = "http://127.0.0.1:3000"', Reason.PLAIN),
        (f'{LAB}\nbase_url = "https://127.0.0.1:3000"', None),
        ('production = false\nbase_url = "http://127.0.0.1:3000"', None),
        ('production = true\nlayers = ["observed"]\nbase_url = "http://shop.example"', None),
        (
            'production = false\nlayers = ["deployed", "observed"]\nbase_url = "http://shop.example"',
            None,
        ),
    ],
    ids=["no address", "plain lab", "lab with TLS", "staging", "production", "deployed"],
)
def test_plain_http_is_an_excuse_only_where_nothing_could_end_tls(
    tmp_path: Path, environment: str, reason: Reason | None
) -> None:
    settings = system(tmp_path, environment)
    (place,) = settings.places

    absence = entrance_absence(place)
    kinds = [source.kind for source in entrance_sources(settings, place)]

    assert (absence.reason if absence else None) == reason
    assert kinds == ([] if reason else ["tls"])
