"""The catalogue holds every requirement, and a wrong one is named by file and line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assurance.catalogue import AREAS, Catalogue, load
from assurance.errors import AssuranceError, CatalogueError, SettingsError
from assurance.model.requirements import Change, Layer, Severity
from assurance.parameters import Overrides

HERE = Path(__file__).parent
REQUIREMENTS = HERE.parent / "features" / "requirements"
GOLDEN = HERE / "golden" / "requirements.txt"

ENVIRONMENTS = ("staging", "production")

ENTRY = """\
- id: DAT-04
  title: Data is encrypted at rest
  statement: Storage is encrypted, and copies are kept {days} days.
  layers: [declared, deployed]
  unbuilt: [deployed]
  severity: high
  parameters:
    days: {default: 7, unit: days, meaning: How long copies are kept., minimum: 1, maximum: 35}
    kind: {default: own, unit: kind of key, meaning: Whose key., choices: [own, any]}
    tags: {default: [Owner], unit: keys, meaning: Tags that each holds.}
  when_empty: fail
  notapplicable: {dynamodb: It is encrypted by itself.}
  controls: {soc2: [CC6.1]}
  policies: [CKV_AWS_16]
  remedy: Encrypt it.
  counterexamples:
    - {layer: declared, set: "aws_db_instance[*].storage_encrypted", to: false}
    - {layer: declared, remove: "aws_db_instance[*].kms_key_id", policy: CKV_AWS_16}
    - {layer: declared, copy: "aws_db_instance[0]", with: {encrypted: false}, breaks: others}
    - {layer: declared, append: "aws_security_group[*].ingress", value: {from_port: 1}}
    - {layer: declared, add: aws_db_instance, values: {engine: x}, breaks: ["*.a"], note: New.}
"""
CONTROLS = "soc2: {title: SOC 2, source: somewhere, controls: {CC6.1: Logical access}}\n"
WAIVER = """\
waivers:
  - requirement: DAT-04
    subject: aws_db_instance.*
    environments: [staging]
    reason: The copy holds no data.
    owner: data team
    approver: head of security
    approved: 2026-01-02
    expires: 2026-06-30
"""

Write = Callable[[str, str], Path]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A small catalogue of one requirement."""
    (tmp_path / "data.yaml").write_text(ENTRY)
    (tmp_path / "controls.yaml").write_text(CONTROLS)
    (tmp_path / "waivers.yaml").write_text("waivers: []\n")
    return tmp_path


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The real catalogue."""
    return load(REQUIREMENTS)


def refusal(directory: Path, overrides: Overrides | None = None) -> AssuranceError:
    """Return the one error that loading ends with."""
    with pytest.raises(AssuranceError) as caught:
        load(
            directory,
            overrides=overrides,
            waivers=directory / "waivers.yaml",
            environments=ENVIRONMENTS,
        )
    return caught.value


def edit(file: Path, old: str, new: str) -> int:
    """Replace a text that occurs once, and return the line of its beginning."""
    text = file.read_text()
    assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
    file.write_text(text.replace(old, new))
    return text[: text.index(old)].count("\n") + 1


def test_every_requirement_is_there_once_with_its_layers(catalogue: Catalogue) -> None:
    golden = dict(line.split(" ", 1) for line in GOLDEN.read_text().splitlines())

    layers = {entry.id: " ".join(entry.layers) for entry in catalogue.requirements}

    assert len(catalogue.requirements) == 167
    assert layers == golden


def test_areas_and_numbers_come_in_the_order_of_the_report(catalogue: Catalogue) -> None:
    prefixes = list(AREAS.values())
    places = [(prefixes.index(entry.id[:3]), int(entry.id[4:])) for entry in catalogue.requirements]

    assert places == sorted(places)


def test_every_file_of_the_catalogue_fits_the_line_width() -> None:
    long = [
        f"{file.name}:{number}"
        for file in sorted(REQUIREMENTS.glob("*.yaml"))
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if len(line) > 110 and "counterexample" not in line and not line.startswith("    - {")
    ]

    assert long == []


def test_every_verified_control_is_used(catalogue: Catalogue) -> None:
    used = {
        (control.framework, control.id) for r in catalogue.requirements for control in r.controls
    }
    verified = {(f.id, control) for f in catalogue.frameworks.values() for control in f.controls}

    assert used == verified


def test_an_entry_becomes_a_record(directory: Path) -> None:
    (entry,) = load(directory).requirements

    assert (entry.id, entry.area, entry.severity) == ("DAT-04", "data", Severity.HIGH)
    assert entry.statement == "Storage is encrypted, and copies are kept 7 days."
    assert (entry.layers, entry.built) == ((Layer.DECLARED, Layer.DEPLOYED), (Layer.DECLARED,))
    assert entry.notapplicable == {"dynamodb": "It is encrypted by itself."}
    assert [(c.framework, c.id, c.title) for c in entry.controls] == [
        ("soc2", "CC6.1", "Logical access")
    ]
    assert (entry.location.file, entry.location.line) == (str(directory / "data.yaml"), 1)


def test_counterexamples_become_records(directory: Path) -> None:
    (entry,) = load(directory).requirements

    changes = [(example.change, example.value) for example in entry.counterexamples]

    assert changes == [
        (Change.SET, False),
        (Change.REMOVE, None),
        (Change.COPY, {"encrypted": False}),
        (Change.APPEND, {"from_port": 1}),
        (Change.ADD, {"engine": "x"}),
    ]
    assert [example.policy for example in entry.counterexamples[:2]] == ["", "CKV_AWS_16"]
    assert entry.counterexamples[2].breaks_others
    assert entry.counterexamples[4].breaks == ("*.a",)
    assert entry.counterexamples[4].location.line == 21


def test_a_waiver_becomes_a_record(directory: Path) -> None:
    (directory / "waivers.yaml").write_text(WAIVER)

    (waiver,) = load(
        directory, waivers=directory / "waivers.yaml", environments=ENVIRONMENTS
    ).waivers

    assert (waiver.requirement, waiver.environments) == ("DAT-04", ("staging",))
    assert (waiver.concerns("staging"), waiver.concerns("production")) == (True, False)
    assert (waiver.approved, waiver.expires) == (date(2026, 1, 2), date(2026, 6, 30))
    assert waiver.location.line == 2


def test_waivers_of_one_system_do_not_count_for_another(directory: Path, tmp_path: Path) -> None:
    (directory / "waivers.yaml").write_text(WAIVER)
    other = tmp_path / "elsewhere.txt"
    other.write_text("waivers: []\n")

    assert not load(directory, waivers=other).waivers
    assert not load(directory).waivers


@pytest.mark.parametrize(
    ("old", "new", "message", "shift"),
    [
        ("  severity:", "  severty: high\n  severity:", 'unknown key "severty" in DAT-04', 0),
        ("  severity:", "  severty:", 'unknown key "severty" in DAT-04', 0),
        ("  remedy: Encrypt it.\n", "", 'key "remedy" is missing in DAT-04', -14),
        ("title: Data", "title: Ensure data", 'title starts with "Ensure" in DAT-04', 0),
        ("- id: DAT-04", "- id: DAT-4", "id: 'DAT-4' does not match '^[A-Z]{3}-[0-9]{2}$'", 0),
        ("- id: DAT-04", "- id: NET-04", 'the id "NET-04" does not belong to the area data', 0),
        ("severity: high", "severity: huge", "severity: 'huge' is not one of", 0),
        ("[declared, deployed]", "[declared, seen]", "1: 'seen' is not one of", 0),
        ("unbuilt: [deployed]", "unbuilt: [observed]", "not judged at the layer observed", 0),
        ("when_empty: fail", "when_empty: pass", "when_empty: 'pass' is not one of", 0),
        ("{days} days", "{weeks} weeks", "names the parameter {weeks}, which is not stated", 0),
        ("default: 7", "default: 0", "the default of days in DAT-04 is 0, less than 1", 0),
        (
            "default: own",
            "default: her",
            "the default of kind in DAT-04 is 'her', which is none",
            0,
        ),
        ("{soc2:", "{soc1:", 'names the framework "soc1", which controls.yaml does not', 0),
        ("CC6.1", "CC9.9", 'names the control "CC9.9" of soc2, which controls.yaml does not', 0),
        ("[CKV_AWS_16]", "[CKV_AWS_17]", "CKV_AWS_16 must catch a counterexample of DAT-04", 4),
        ("[CKV_AWS_16]", "[AWS_16]", "0: 'AWS_16' does not match", 0),
        (", to: false", "", "not one complete change in DAT-04", 0),
        (", to: false", ", to: false, remove: x", "not one complete change in DAT-04", 0),
        (", to: false", ", to: 0, values: {}", "not one complete change in DAT-04", 0),
        (", to: false", ", to: false, braeks: others", 'unknown key "braeks" in DAT-04', 0),
        ("breaks: others", "breaks: all", "breaks: 'all' does not match", 0),
        ("- {layer: declared, set", "- {layer: observed, set", "the layer observed of its", 0),
        ("  severity: high", "  severity: [high", "the file is not valid YAML", 1),
        ("  severity: high", "  severity: high\n  severity: low", "the file is not valid YAML", 1),
    ],
)
def test_a_wrong_entry_is_named_by_file_and_line(
    directory: Path, old: str, new: str, message: str, shift: int
) -> None:
    line = edit(directory / "data.yaml", old, new) + shift

    error = refusal(directory)

    assert message in error.message
    assert (error.file, error.line) == (str(directory / "data.yaml"), line)
    assert error.remedy
    assert isinstance(error, CatalogueError)


def test_a_near_miss_is_suggested(directory: Path) -> None:
    edit(directory / "data.yaml", "  severity:", "  severty: high\n  severity:")

    assert refusal(directory).remedy == 'Write "severity", or remove it.'


def test_an_id_is_minted_once(directory: Path) -> None:
    with (directory / "data.yaml").open("a") as file:
        file.write("\n" + ENTRY)

    error = refusal(directory)

    assert error.message == (
        f"DAT-04 is minted a second time; the first is at {directory / 'data.yaml'}:1"
    )
    assert error.line == ENTRY.count("\n") + 2


@pytest.mark.parametrize(
    ("old", "new", "message", "line"),
    [
        ("2026-06-30", "soon", "expires: 'soon' is not a 'date'", 9),
        ("2026-06-30", "2026-06-31", "expires: '2026-06-31' is not a 'date'", 9),
        ("2026-06-30", "2025-06-30", "the waiver of DAT-04 expires before it was approved", 9),
        ("DAT-04", "DAT-05", 'there is no requirement "DAT-05" that could be waived', 2),
        ("    owner: data team\n", "", 'key "owner" is missing in DAT-04', 2),
        ("owner:", "ownr: x\n    owner:", 'unknown key "ownr" in DAT-04', 6),
        ("[staging]", "[]", "environments: [] should be non-empty", 4),
        ("[staging]", "staging", "environments: 'staging' is not of type 'array'", 4),
        (
            "[staging]",
            "\n      - staging\n      - stagin",
            'the waiver of DAT-04 names the environment "stagin", which the system does not have',
            6,
        ),
    ],
)
def test_a_wrong_waiver_is_named_by_file_and_line(
    directory: Path, old: str, new: str, message: str, line: int
) -> None:
    file = directory / "waivers.yaml"
    file.write_text(WAIVER)
    edit(file, old, new)

    error = refusal(directory)

    assert message in error.message
    assert (error.file, error.line) == (str(file), line)


def test_the_environments_that_a_waiver_can_name_are_told(directory: Path) -> None:
    (directory / "waivers.yaml").write_text(WAIVER.replace("staging", "elsewhere"))

    assert refusal(directory).remedy == "Environments of assurance.toml: staging, production."


def test_a_wrong_control_file_is_named(directory: Path) -> None:
    edit(directory / "controls.yaml", "source", "sauce")

    error = refusal(directory)

    assert error.message == 'unknown key "sauce"'
    assert (error.file, error.line) == (str(directory / "controls.yaml"), 1)


def test_a_file_of_no_area_is_refused(directory: Path) -> None:
    shutil.copy(directory / "data.yaml", directory / "dta.yaml")

    error = refusal(directory)

    assert error.message == "the file belongs to no area of the catalogue"
    assert error.file == str(directory / "dta.yaml")


def test_a_directory_without_requirements_is_refused(directory: Path) -> None:
    (directory / "data.yaml").unlink()

    assert refusal(directory).message == "the directory holds no requirements"


def test_a_missing_file_is_named(directory: Path) -> None:
    (directory / "controls.yaml").unlink()

    error = refusal(directory)

    assert error.message == "the file cannot be read: No such file or directory"
    assert error.file == str(directory / "controls.yaml")


def test_a_file_that_is_no_text_is_named(directory: Path) -> None:
    (directory / "data.yaml").write_bytes(b"- id: \xff\xfe")

    assert refusal(directory).message == "the file cannot be read: it is not UTF-8 text"


def test_an_owner_decides_a_limit(directory: Path) -> None:
    decided = Overrides(values={"DAT-04": {"days": 14, "tags": ["Owner", "Team"]}})

    catalogue = load(directory, overrides=decided)

    assert catalogue.limit("DAT-04", "days") == 14
    assert catalogue.limit("DAT-04", "tags") == ("Owner", "Team")
    assert catalogue.requirement("DAT-04").statement.endswith("kept 14 days.")
    assert catalogue.requirement("DAT-04").parameters["days"].default == 7


@pytest.mark.parametrize(
    ("requirement", "name", "value", "message"),
    [
        ("DAT-04", "weeks", 2, 'DAT-04 has no parameter "weeks"'),
        ("DAT-99", "days", 2, 'there is no requirement "DAT-99"'),
        ("DAT-04", "days", "14", "parameter days of DAT-04 is '14', which is not a number"),
        ("DAT-04", "days", True, "parameter days of DAT-04 is True, which is not a number"),
        ("DAT-04", "days", 36, "parameter days of DAT-04 is 36, more than 35"),
        ("DAT-04", "kind", "his", "parameter kind of DAT-04 is 'his', which is none of own, any"),
        ("DAT-04", "tags", [1], "parameter tags of DAT-04 is [1], whose items are not of one kind"),
    ],
)
def test_a_wrong_decision_is_named_by_file_and_line(
    directory: Path, tmp_path: Path, requirement: str, name: str, value: object, message: str
) -> None:
    file = tmp_path / "assurance.toml"
    file.write_text(f"[system]\nname = 'x'\n\n[parameters.{requirement}]\n{name} = 0\n")
    decided = Overrides(values={requirement: {name: value}}, file=file)

    error = refusal(directory, decided)

    assert error.message == message
    assert (error.file, error.line) == (str(file), 4 if requirement == "DAT-99" else 5)
    assert error.remedy
    assert isinstance(error, SettingsError)


def test_asking_for_what_the_catalogue_does_not_hold_is_an_error(directory: Path) -> None:
    catalogue = load(directory)

    assert "DAT-04" in catalogue
    with pytest.raises(CatalogueError, match='there is no requirement "DAT-05"'):
        catalogue.requirement("DAT-05")
    with pytest.raises(CatalogueError, match='DAT-04 has no parameter "weeks"'):
        catalogue.limit("DAT-04", "weeks")
