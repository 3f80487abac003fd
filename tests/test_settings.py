"""`assurance.toml` is read as it is meant, and refused by file and line where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from assurance.discovery import describe_repository
from assurance.errors import SettingsError
from assurance.model.requirements import Layer
from assurance.settings import load_access, load_settings

GOOD = """\
[system]
name = "shop"

[environments.test]
production = false
terraform = [{ root = "infra/live" }]

[environments.live]
production = true
region = "eu-north-1"
terraform = [
  { root = "infra/base" },
  { root = "infra/live", variable_files = ["infra/live/live.tfvars"], variables = { size = 3 } },
]

[parameters.DAT-02]
days = 14
"""


@pytest.fixture
def system(tmp_path: Path) -> Path:
    for name in ("infra/base", "infra/live"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "main.tf").write_text('resource "aws_vpc" "main" {}\n')
    (tmp_path / "infra/live/live.tfvars").write_text("size = 2\n")
    (tmp_path / "assurance.toml").write_text(GOOD)
    return tmp_path


def test_a_description_is_read_in_the_order_of_the_file(system: Path) -> None:
    settings = load_settings(system / "assurance.toml")

    test, live = settings.places
    assert (test.environment.name, test.environment.production) == ("test", False)
    assert (live.environment.name, live.region) == ("live", "eu-north-1")
    assert [root.root.name for root in live.terraform] == ["base", "live"]
    assert live.terraform[1].variables == {"size": 3}
    assert settings.parameters == {"DAT-02": {"days": 14}}
    assert settings.directory == system


def test_policies_read_the_directory_that_holds_all_roots(system: Path) -> None:
    assert load_settings(system / "assurance.toml").policies == (system / "infra",)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('name = "shop"', 'nmae = "shop"', 2, "unknown key `nmae` in system"),
        ("production = false", "prodcution = false", 5, "unknown key `prodcution`"),
        ("production = true", 'production = "yes"', 9, "'yes' is not of type 'boolean'"),
        ('name = "shop"', "name = ", 2, "not valid TOML"),
        ('"infra/base"', '"infra/bse"', 12, "`infra/bse` does not exist"),
        ('["infra/live/live.tfvars"]', '["infra/no.tfvars"]', 13, "does not exist"),
        ('name = "shop"', "", 1, "'name' is a required property"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    system: Path, old: str, new: str, line: int | None, message: str
) -> None:
    file = system / "assurance.toml"
    file.write_text(GOOD.replace(old, new))

    with pytest.raises(SettingsError) as caught:
        load_settings(file)

    assert message in caught.value.message
    assert caught.value.line == line
    assert caught.value.remedy


def test_a_missing_description_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="assurance init"):
        load_settings(tmp_path / "assurance.toml")


def described(directory: Path) -> dict[str, tuple[bool, list[str]]]:
    (directory / "assurance.toml").write_text(describe_repository(directory))
    settings = load_settings(directory / "assurance.toml")
    return {
        place.environment.name: (
            place.environment.production,
            [
                "+".join(
                    str(path.relative_to(directory)) for path in (root.root, *root.variable_files)
                )
                for root in place.terraform
            ],
        )
        for place in settings.places
    }


def write(directory: Path, **files: str) -> None:
    for name, text in files.items():
        path = directory / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


RESOURCE = 'resource "aws_vpc" "main" {}\n'
CALL = 'module "net" {\n  source = "../../modules/net"\n}\n'


def test_each_directory_named_after_an_environment_becomes_one(tmp_path: Path) -> None:
    write(
        tmp_path,
        live__dev__main_dot_tf=CALL,
        live__prod__main_dot_tf=CALL,
        modules__net__main_dot_tf=RESOURCE,
    )

    assert described(tmp_path) == {"dev": (False, ["live/dev"]), "prod": (True, ["live/prod"])}


def test_variable_files_named_after_environments_keep_them_apart(tmp_path: Path) -> None:
    write(
        tmp_path,
        app__main_dot_tf=RESOURCE,
        app__envs__staging_dot_tfvars="",
        app__envs__production_dot_tfvars="",
    )

    assert described(tmp_path) == {
        "production": (True, ["app+app/envs/production.tfvars"]),
        "staging": (False, ["app+app/envs/staging.tfvars"]),
    }


def test_a_file_beside_those_of_environments_is_one_of_them(tmp_path: Path) -> None:
    write(
        tmp_path,
        app__main_dot_tf=RESOURCE,
        app__config__production_dot_tfvars="",
        app__config__purple_dot_tfvars="",
        app__config__common_dot_tfvars="",
    )

    assert described(tmp_path) == {
        "production": (True, ["app+app/config/production.tfvars"]),
        "purple": (True, ["app+app/config/purple.tfvars"]),
    }


def test_each_variable_file_named_after_an_environment_becomes_one(tmp_path: Path) -> None:
    write(
        tmp_path,
        main_dot_tf=RESOURCE,
        terraform_dot_tfvars="",
        envs__staging_dot_tfvars="",
        envs__production_dot_tfvars="",
    )

    assert described(tmp_path) == {
        "production": (True, [".+terraform.tfvars+envs/production.tfvars"]),
        "staging": (False, [".+terraform.tfvars+envs/staging.tfvars"]),
    }


def test_roots_without_an_environment_are_one_production_system(tmp_path: Path) -> None:
    write(tmp_path, network__main_dot_tf=RESOURCE, app__main_dot_tf=RESOURCE)

    assert described(tmp_path) == {"production": (True, ["app", "network"])}


def test_a_repository_without_terraform_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no Terraform root"):
        describe_repository(tmp_path)


def test_a_repository_of_terragrunt_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "terragrunt.hcl").write_text("inputs = {}\n")

    with pytest.raises(SettingsError, match="Terragrunt puts the roots together"):
        describe_repository(tmp_path)


ACCESS = """\
issuer = "http://127.0.0.1:9000"
logs = "run/backend.jsonl"

[tokens]
learner = "LEARNER_TOKEN"
"""


def test_access_is_read_from_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "access.toml").write_text(ACCESS)

    access = load_access(tmp_path / "access.toml")

    assert access.issuer == "http://127.0.0.1:9000"
    assert access.tokens == {"learner": "LEARNER_TOKEN"}
    assert access.logs == (tmp_path / "run/backend.jsonl",)
    assert access.traces is None


def test_an_unknown_key_of_an_access_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "access.toml").write_text(ACCESS.replace("issuer", "isuer"))

    with pytest.raises(SettingsError, match=r"access.toml:1: unknown key `isuer`"):
        load_access(tmp_path / "access.toml").issuer  # noqa: B018


def test_applications_and_pipelines_are_read(system: Path) -> None:
    (system / "pipelines").mkdir()
    (system / "app").mkdir()
    (system / "assurance.toml").write_text(
        GOOD
        + '[pipelines]\ndirectories = ["pipelines"]\n'
        + '[applications.api]\nrole = "backend"\ndirectory = "app"\nopenapi = "/openapi.json"\n'
        + '[environments.lab]\nproduction = false\nlayers = ["observed"]\n'
        + 'base_url = "http://127.0.0.1:8000/"\n'
    )

    settings = load_settings(system / "assurance.toml")

    (application,) = settings.applications
    assert settings.pipelines is not None
    assert settings.pipelines.directories == (system / "pipelines",)
    assert application.dockerfile == system / "app" / "Dockerfile"
    assert application.openapi == "/openapi.json"
    lab = settings.places[-1].environment
    assert (lab.layers, lab.base_url) == ((Layer.OBSERVED,), "http://127.0.0.1:8000")
