"""No verdict depends on the text of a definition, as long as YAML reads the same from it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from assurance.collectors.harness.collecting import collect_harness
from assurance.collectors.harness.request import HarnessRequest
from assurance.reshaping.definitions import Definitions
from assurance.reshaping.evidence import definitions_of
from tests.metamorphic.test_reshapes import changed
from tests.metamorphic.texts import TEXTS
from tests.metamorphic.verdicts import REPOSITORY, Suite, shared_suite

pytestmark = pytest.mark.xdist_group("metamorphic")


def rewritten(name: str, directory: Path) -> Definitions:
    """The definitions of the reference, read from files in which all stands in another text."""
    shutil.copytree(REPOSITORY / "harness", directory / "harness")
    for file in (directory / "harness" / "orgs").rglob("*.yaml"):
        if "manifests" not in file.parts:
            values = yaml.safe_load(file.read_text(encoding="utf-8"))
            file.write_bytes(TEXTS[name](values).encode())
    body = collect_harness(HarnessRequest(system=directory, directories=(Path("harness"),)))
    return definitions_of(body["resources"])


def told(definitions: Definitions) -> dict[tuple[str, str], object]:
    return {(each.kind, each.file): each.values for each in definitions}


@pytest.mark.parametrize("name", TEXTS)
def test_another_text_says_the_same(name: str, tmp_path: Path) -> None:
    suite = shared_suite()

    definitions = rewritten(name, tmp_path)

    assert told(definitions) == told(suite.definitions)
    assert changed(suite.reference, suite.verdicts(suite.state(definitions))) == []


def test_another_value_is_another_text(tmp_path: Path) -> None:
    """The comparison can say no: what is quoted is a text, and no number."""
    suite: Suite = shared_suite()
    definitions = rewritten("double quotes", tmp_path)
    approval = next(each for each in definitions if each.identifier == "production_approval")

    approval.values["versionLabel"] = 1

    assert told(definitions) != told(suite.definitions)
