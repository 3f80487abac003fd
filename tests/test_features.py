"""Feature files are held against the catalogue: what would run silently wrong is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assurance.errors import CatalogueError
from assurance.features import load_scenarios, without_scenario
from assurance.model.requirements import Layer, Requirement
from tests.test_ledger import requirement

KNOWN: dict[str, Requirement] = {"NET-01": requirement()}

GOOD = """\
@network
Feature: Networks

  Background:
    Given a production environment

  @NET-01
  Rule: The system has its own network

    @declared
    Scenario: Nothing is in a default VPC
      Given at least one vpc
      Then every vpc is our own
"""


def load(directory: Path, text: str) -> list[str]:
    (directory / "networks.feature").write_text(text)
    return [scenario.title for scenario in load_scenarios(directory, KNOWN)]


def test_a_scenario_knows_its_requirement_layers_and_steps(tmp_path: Path) -> None:
    (tmp_path / "networks.feature").write_text(GOOD)

    [scenario] = load_scenarios(tmp_path, KNOWN)

    assert (scenario.requirement, scenario.layers) == ("NET-01", (Layer.DECLARED,))
    assert (scenario.rule, scenario.location.line) == ("The system has its own network", 11)
    assert [f"{step.keyword} {step.text}" for step in scenario.steps] == [
        "Given a production environment",
        "Given at least one vpc",
        "Then every vpc is our own",
    ]


@pytest.mark.parametrize(
    ("old", "new", "message", "line"),
    [
        ("@NET-01\n", "\n", "belongs to no requirement", 11),
        ("@NET-01", "@NET-99", "belongs to NET-99, which the catalogue lacks", 11),
        ("@NET-01", "@NET-01 @skip", "has the unknown tag @skip", 11),
        ("@declared\n", "\n", "names no layer, so it would never run", 11),
        ("@declared", "@deployed", "is for the layer deployed, which NET-01 does not", 11),
        ("Feature: Networks", "Feature Networks", "this is not Gherkin", 2),
    ],
)
def test_what_would_not_run_as_meant_is_refused(
    tmp_path: Path, old: str, new: str, message: str, line: int
) -> None:
    with pytest.raises(CatalogueError) as caught:
        load(tmp_path, GOOD.replace(old, new))

    assert message in caught.value.message
    assert (caught.value.line, bool(caught.value.remedy)) == (line, True)


def test_two_scenarios_of_one_title_are_refused(tmp_path: Path) -> None:
    twice = GOOD + GOOD[GOOD.index("\n    @declared") :]

    with pytest.raises(CatalogueError, match="pytest-bdd would run only one"):
        load(tmp_path, twice)


def test_a_requirement_without_scenario_is_found(tmp_path: Path) -> None:
    lonely = replace(requirement(), id="NET-02")
    (tmp_path / "networks.feature").write_text(GOOD)
    scenarios = load_scenarios(tmp_path, KNOWN)

    assert without_scenario([KNOWN["NET-01"], lonely], scenarios) == ((lonely, Layer.DECLARED),)
