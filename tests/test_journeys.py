"""The file of journeys, and what a description must give before a browser can look."""

from __future__ import annotations

from pathlib import Path

import pytest

from assurance.errors import SettingsError
from assurance.journeys import load_journeys
from assurance.settings import load_settings
from assurance.sources.frontend import frontend_absence, frontend_sources

GOOD = """
[[journeys]]
name = "Borrow"
steps = [
  { open = "/" },
  { sign_in = true },
  { fill = { role = "textbox", name = "Name" }, from = "NAME_OF_LENDER" },
  { click = { role = "button", name = "Borrow", exact = true }, writes = true },
]

[sign_in.lab]
steps = [{ click = { role = "button", name = "ada" } }]
"""
SYSTEM = """
[system]
name = "tools"

[environments.lab]
production = false
"""


def written(directory: Path, text: str) -> Path:
    file = directory / "journeys.toml"
    file.write_text(text)
    return file


def test_a_journey_signs_in_as_the_environment_wants(tmp_path: Path) -> None:
    file = written(tmp_path, GOOD)

    (journey,) = load_journeys(file, "lab")
    (elsewhere,) = load_journeys(file, "staging")

    assert [str(step) for step in journey.whole] == [
        "open /",
        'click button "ada"',
        'fill textbox "Name"',
        'click button "Borrow"',
    ]
    assert [step.writes for step in journey.whole] == [False, False, False, True]
    assert not journey.needs_sign_in
    assert elsewhere.needs_sign_in


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("journeys = [", "cannot be read"),
        ("[sign_in.lab]\nsteps = [{ open = '/' }]\n", "'journeys' is a required property"),
        (GOOD.replace("exact = true", "colour = 'red'"), "unknown key `colour`"),
        (GOOD.replace('{ open = "/" }', '{ hover = "/" }'), "unknown key `hover`"),
        (GOOD.replace("writes = true", "see = { role = 'a', name = 'b' }"), "journeys.0.steps.3"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        load_journeys(written(tmp_path, text), "lab")


@pytest.mark.parametrize(
    ("frontend", "address", "reason"),
    [
        ("", "", "no pages of a frontend were named"),
        ('directory = "."', 'base_url = "http://127.0.0.1:1"', "no pages of a frontend were named"),
        ('directory = "."\npages = ["/"]', "", "no base URL was given"),
    ],
)
def test_without_pages_or_address_nothing_is_looked_at(
    tmp_path: Path, frontend: str, address: str, reason: str
) -> None:
    file = tmp_path / "assurance.toml"
    application = f'[applications.web]\nrole = "frontend"\n{frontend}\n' if frontend else ""
    file.write_text(f"{SYSTEM}{address}\n{application}")
    settings = load_settings(file)
    (place,) = settings.places

    absence = frontend_absence(settings, place)

    assert absence is not None
    assert absence.reason == reason
    assert list(frontend_sources(settings, place)) == []


def test_a_frontend_with_pages_and_an_address_is_looked_at(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    file = tmp_path / "assurance.toml"
    file.write_text(
        f'{SYSTEM}base_url = "http://127.0.0.1:1/"\n[applications.web]\nrole = "frontend"\n'
        'directory = "."\npages = ["/"]\njourneys = "journeys.toml"\n'
    )
    settings = load_settings(file)
    (place,) = settings.places

    (source,) = frontend_sources(settings, place)

    assert (source.kind, source.key) == ("browser", "")
    assert frontend_absence(settings, place) is None
