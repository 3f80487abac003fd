"""What the definitions take from Terraform is what Terraform makes, under the same names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.harness.definitions import PROJECT, REPOSITORY, read

ROOTS = REPOSITORY / "infrastructure/environments"
ENVIRONMENTS = sorted((PROJECT / "envs").glob("*/*.yaml"))
SERVICES = ("backend", "frontend")
ROLE = re.compile(r"role/workshop-<\+env\.identifier>-([\w-]+)-(?:execution|task)\b")
ROLES_SQL = REPOSITORY / "infrastructure/modules/database/roles.sql"


def root_text(environment: str, file: str) -> str:
    return (ROOTS / environment / file).read_text(encoding="utf-8")


def outputs(environment: str) -> set[str]:
    """The keys of the output, those that are made for each service written out."""
    text = root_text(environment, "outputs.tf").split('output "harness_variables"')[1]
    text = text.split('\noutput "')[0]
    single = re.findall(r"^      (\w+) +=", text, flags=re.MULTILINE)
    repeated = re.findall(r'"\$\{name\}(_\w+)"', text)
    return {*single, *(service + part for service in SERVICES for part in repeated)}


@pytest.mark.parametrize("file", ENVIRONMENTS, ids=lambda file: str(file.stem))
def test_every_variable_is_an_output_and_every_output_a_variable(file: Path) -> None:
    variables = {variable["name"] for variable in read(file)["environment"]["variables"]}

    assert outputs(file.stem) | {"delegate_security_group"} == variables


@pytest.mark.parametrize("file", ENVIRONMENTS, ids=lambda file: str(file.stem))
def test_every_role_that_a_definition_names_is_made(file: Path) -> None:
    named = {
        name
        for definition in PROJECT.rglob("*.yaml")
        for name in ROLE.findall(definition.read_text(encoding="utf-8"))
    }
    text = root_text(file.stem, "delivery.tf") + root_text(file.stem, "services.tf")
    made = set(re.findall(r'^  name += "([\w-]+)"$', text, flags=re.MULTILINE))

    assert {"verification", "migration", "roles", *SERVICES} == named
    assert named <= made


def test_who_signs_in_to_the_database_is_made_by_the_roles() -> None:
    created = set(re.findall(r"CREATE ROLE (\w+) LOGIN", ROLES_SQL.read_text(encoding="utf-8")))
    named = {
        name
        for manifest in (PROJECT / "manifests").rglob("*.yaml")
        for name in re.findall(r"workshop_(?!owner)\w+", manifest.read_text(encoding="utf-8"))
    }

    assert named == created
