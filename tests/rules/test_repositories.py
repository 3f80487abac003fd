"""What is said of parts that have no place, no files, or no place of their own."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.repositories import RepositoryPart
from assurance.model.unknown import UnknownValue
from assurance.readers.repositories import read_parts
from assurance.readers.state import State
from assurance.rules.repositories import has_its_own_place
from tests.harness_states import definition, harness_body


def parts(files: list[str], **placed: Any) -> dict[str, RepositoryPart]:
    kinds = {"backend": "application", "frontend": "application"}
    listed = [
        definition(
            "repository_part",
            {
                "identifier": name,
                "kind": kinds.get(name, name),
                "name": name,
                "directories": places,
            },
        )
        for name, places in placed.items()
    ]
    tree = definition("repository_tree", {"identifier": "tree", "files": files, "is_git": True})
    state = State([(harness_body(*listed, tree), "sha256:x")])
    return {part.name: part for part in read_parts(state)}


FILES = ["api/app.py", "web/page.tsx", "infra/main.tf", "harness/ci.yaml", "tests/test_x.py"]
PLACED = {
    "backend": ["api"],
    "frontend": ["web"],
    "infrastructure": ["infra"],
    "pipelines": ["harness"],
    "tests": ["tests"],
}


def test_a_repository_with_everything_in_its_place_holds() -> None:
    found = parts(FILES, **PLACED)

    assert set(found) == set(PLACED)
    assert all(has_its_own_place(part).holds for part in found.values())
    assert has_its_own_place(found["backend"]).actual == (
        "api: 1 files of application in the repository"
    )


@pytest.mark.parametrize("kind", ["infrastructure", "pipelines", "tests"])
def test_a_part_that_the_description_does_not_place_is_missed(kind: str) -> None:
    found = parts(FILES, **{name: where for name, where in PLACED.items() if name != kind})

    finding = has_its_own_place(found[kind])
    assert not finding.holds
    assert finding.actual == f"the system description does not say where the {kind} are"


def test_without_any_application_one_is_missed() -> None:
    assert not has_its_own_place(parts(FILES, tests=["tests"])["application"]).holds


@pytest.mark.parametrize("name", list(PLACED))
def test_a_place_without_files_of_its_sort_is_empty(name: str) -> None:
    found = parts(["README.md", f"{PLACED[name][0]}/README.md"], **PLACED)

    finding = has_its_own_place(found[name])
    assert not finding.holds
    assert "no files of" in finding.actual


@pytest.mark.parametrize("where", ["infra", "infra/pipelines", "."])
def test_two_parts_in_one_place_are_told(where: str) -> None:
    found = parts([*FILES, "infra/pipelines/x.yaml"], **{**PLACED, "pipelines": [where]})

    outer = "pipelines" if where == "." else "infrastructure"
    assert "holds other parts too" in has_its_own_place(found[outer]).actual


def test_tests_may_lie_with_what_they_test() -> None:
    found = parts([*FILES, "api/tests/test_app.py"], **{**PLACED, "tests": ["api/tests"]})

    assert has_its_own_place(found["backend"]).holds
    assert has_its_own_place(found["tests"]).holds


def test_a_repository_that_nobody_listed_is_unknown() -> None:
    with pytest.raises(UnknownValue, match="were not listed"):
        read_parts(State([]))
