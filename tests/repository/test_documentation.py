"""What is generated is current, and what is written works."""

from __future__ import annotations

import ast
import configparser
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from assurance.catalogue import load
from assurance.collectors.scan.repository import files
from assurance.documentation import main
from assurance.model.judgements import Layer
from assurance.settings import load_settings

REPOSITORY = Path(__file__).parents[2]
README = REPOSITORY / "README.md"
GUIDE = REPOSITORY / "docs" / "guide-operator.md"
DOCUMENTS = [file for file in files(REPOSITORY) if file.suffix == ".md"]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
BLOCK = re.compile(r"^ *```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def name(file: Path) -> str:
    return file.relative_to(REPOSITORY).as_posix()


def blocks(file: Path, language: str) -> list[str]:
    found = BLOCK.findall(file.read_text(encoding="utf-8"))
    return [text for written, text in found if written == language]


def options() -> list[str]:
    tree = ast.parse((REPOSITORY / "assurance" / "plugin.py").read_text(encoding="utf-8"))
    return [
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "addoption"
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    ]


def tox_environments() -> list[str]:
    tox = configparser.ConfigParser(interpolation=None)
    tox.read(REPOSITORY / "tox.ini")
    return [name.removeprefix("testenv:") for name in tox.sections() if ":" in name]


def make_targets() -> list[str]:
    text = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    return [target for line in re.findall(r"(?m)^\.PHONY: (.*)$", text) for target in line.split()]


def commands() -> Iterator[tuple[str, list[str]]]:
    """Every command of every shell block, with the document it stands in."""
    for file in DOCUMENTS:
        for block in blocks(file, "console"):
            for line in block.splitlines():
                words = shlex.split(line, comments=True)
                if words:
                    yield name(file), words


def test_the_generated_documents_are_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0, capsys.readouterr().out + "run `tox run -e docs`"


@pytest.mark.parametrize("option", options())
def test_every_option_is_documented(option: str) -> None:
    assert f"`{option}" in README.read_text(encoding="utf-8") + GUIDE.read_text(encoding="utf-8")


@pytest.mark.parametrize("environment", tox_environments())
def test_every_tox_environment_is_documented(environment: str) -> None:
    assert f"`tox run -e {environment}`" in GUIDE.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", DOCUMENTS, ids=name)
def test_every_link_between_documents_resolves(file: Path) -> None:
    targets = [
        target.split("#")[0]
        for target in LINK.findall(file.read_text(encoding="utf-8"))
        if "://" not in target and not target.startswith("#")
    ]

    assert [target for target in targets if not (file.parent / target).exists()] == []


def test_what_the_documents_tell_to_run_exists() -> None:
    known = {"make": make_targets(), "tox": tox_environments(), "assurance": ["init", "rego"]}
    strangers = [
        f"{file}: {' '.join(words)}"
        for file, words in commands()
        if words[0] in known and _asked(words) not in known[words[0]]
    ]

    assert strangers == []


def _asked(words: list[str]) -> str:
    return words[words.index("-e") + 1] if words[0] == "tox" else words[1]


def test_pytest_is_shown_with_options_that_exist() -> None:
    known = {*options(), "-k", "-q"}
    strangers = [
        f"{file}: {word}"
        for file, words in commands()
        if words[0] == "pytest"
        for word in words
        if word.startswith("-") and word not in known
    ]

    assert strangers == []


def test_the_example_of_a_system_description_is_one(tmp_path: Path) -> None:
    (example,) = blocks(README, "toml")
    for directory in ("account", "app"):
        (tmp_path / "terraform" / directory).mkdir(parents=True)
    (tmp_path / "terraform" / "production.tfvars").touch()
    (tmp_path / "waivers.yaml").touch()
    file = tmp_path / "assurance.toml"
    file.write_text(example, encoding="utf-8")

    settings = load_settings(file)

    assert [root.root.name for root in settings.places[0].terraform] == ["account", "app"]
    assert settings.parameters == {"DAT-02": {"days": 14}}


def test_the_readme_counts_what_the_catalogue_holds() -> None:
    requirements = load(REPOSITORY / "features" / "requirements").requirements
    judged = sum(Layer.DECLARED in requirement.built for requirement in requirements)
    seen = sum(Layer.OBSERVED in requirement.built for requirement in requirements)
    text = " ".join(README.read_text(encoding="utf-8").split())

    assert f"The catalogue holds {len(requirements)} requirements" in text
    assert f"Verifiers exist for the declared layer, and {judged} requirements have one." in text
    assert f"For the observed layer {seen} have one." in text


def test_every_message_that_is_explained_is_one_that_the_suite_gives() -> None:
    source = "".join(
        file.read_text(encoding="utf-8")
        for file in sorted((REPOSITORY / "assurance").rglob("*.py"))
    )
    texts = re.sub(r"\"\s+f?\"", "", source)
    table = GUIDE.read_text(encoding="utf-8").split("## Troubleshooting")[1]
    messages = [text for row in re.findall(r"(?m)^\| (`.*?) \|", table) for text in _quoted(row)]
    parts = [part.strip() for message in messages for part in message.split("…")]

    assert len(messages) > 10
    assert [part for part in parts if part not in texts] == []


def _quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def test_decisions_are_numbered_and_short() -> None:
    files = sorted((REPOSITORY / "docs" / "decisions").glob("*.md"))
    titles = [file.read_text(encoding="utf-8").splitlines()[0] for file in files]

    assert [file.name[:4] for file in files] == [f"{n:04}" for n in range(1, len(files) + 1)]
    assert [title.split(".")[0] for title in titles] == [
        f"# {int(file.name[:4])}" for file in files
    ]
    assert [file.name for file in files if len(file.read_text().splitlines()) > 60] == []
