"""What the definitions name exists, and what they report was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.harness.definitions import (
    PROJECT,
    REPOSITORY,
    Step,
    entity,
    files,
    manifest,
    nodes,
    read,
    steps,
)

INPUT = "<+input>"
EVERYTHING = sorted(PROJECT.rglob("*.yaml"))


def exists(path: str) -> bool:
    """Whether a path is in the repository, once its application has an image."""
    application = re.match(r"system_under_test/\w+", path)
    if application and not (REPOSITORY / application.group() / "Dockerfile").is_file():
        pytest.skip(f"{application.group()} is not complete")
    return (REPOSITORY / path).exists()


def test_stores_name_files_of_the_repository() -> None:
    paths = {
        path
        for file in EVERYTHING
        for store in nodes(read(file), "spec")
        if store.get("gitFetchType") == "Branch"
        for path in store["paths"]
    }

    assert len(paths) > 5
    assert not {path for path in paths if not exists(path)}


def test_every_manifest_is_named() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in files())

    for file in (PROJECT / "manifests").rglob("*.yaml"):
        assert file.relative_to(REPOSITORY).as_posix() in text


@pytest.mark.parametrize("file", EVERYTHING, ids=lambda file: str(file.relative_to(PROJECT)))
def test_what_the_file_store_holds_is_in_the_repository(file: Path) -> None:
    named = re.findall(r'fileStore\.\w+\("/([^"]+)"\)', file.read_text(encoding="utf-8"))

    assert all(exists(path) for path in named)


@pytest.mark.parametrize("step", steps("BuildAndPushECR"), ids=lambda step: step.name)
def test_an_image_is_built_from_what_is_there(step: Step) -> None:
    if "dockerfile" in step.spec:
        assert exists(step.spec["dockerfile"])
        assert exists(step.spec["context"])
    else:
        assert step.spec["envVariables"]["PLUGIN_PUSH_ONLY"] == "true"


def test_the_archive_that_is_pushed_is_the_one_that_was_built_and_scanned() -> None:
    built = {
        step.spec["envVariables"]["PLUGIN_TAR_PATH"]: step.spec["imageName"]
        for step in steps("BuildAndPushECR")
        if "PLUGIN_TAR_PATH" in step.spec["envVariables"]
    }
    scanned = {
        step.spec["target"]["workspace"].removeprefix("/harness/")
        for step in steps("AquaTrivy")
        if step.spec["target"]["type"] == "container"
    }
    pushed = {
        step.spec["envVariables"]["PLUGIN_SOURCE_TAR_PATH"]: step.spec["imageName"]
        for step in steps("BuildAndPushECR")
        if "PLUGIN_SOURCE_TAR_PATH" in step.spec["envVariables"]
    }

    assert built == pushed
    assert set(built) == scanned


def test_caches_follow_lock_files() -> None:
    [key] = [
        cache["key"] for cache in nodes(read(PROJECT / "pipelines/workshop_ci.yaml"), "caching")
    ]
    locks = re.findall(r'checksum "([^"]+)"', key)

    assert len(locks) == 4
    assert all(exists(path) for path in locks)


def test_the_installed_dependencies_are_the_locked_ones() -> None:
    commands = "".join(step.command for step in steps("Run"))

    assert "--require-hashes --no-build-isolation -r requirements-test.lock" in commands
    assert "npm ci" in commands


TASKS = ["database/roles-task-definition.yaml", "database/expand-task-definition.yaml"]


@pytest.mark.parametrize("task", TASKS)
def test_a_task_of_the_release_replaces_what_its_image_starts(task: str) -> None:
    """An image with an entry point would take a command as arguments of its own server."""
    [container] = manifest(task)["containerDefinitions"]

    assert container["entryPoint"][0] == "python"
    assert container["command"]


def test_the_migration_is_a_module_of_the_backend() -> None:
    [container] = manifest("database/expand-task-definition.yaml")["containerDefinitions"]
    module = container["entryPoint"][-1].replace(".", "/")

    assert exists(f"system_under_test/backend/{module}.py")


def written(step: Step) -> Iterator[str]:
    """The JUnit files that a step's command writes."""
    [directory] = re.findall(r"^cd (\S+)$", step.command, re.MULTILINE)
    for path in re.findall(r"--junitxml=(\S+)", step.command):
        yield f"{directory}/{path}"
    for path in re.findall(r"--reports (\S+)", step.command):
        yield f"{directory}/{path}/junit.xml"
    if path := step.spec.get("envVariables", {}).get("JEST_JUNIT_OUTPUT_FILE"):
        yield f"{directory}/{path}"


REPORTING = [step for step in steps("Run") if "reports" in step.spec]


@pytest.mark.parametrize("step", REPORTING, ids=lambda step: step.name)
def test_a_step_reports_what_its_command_writes(step: Step) -> None:
    assert step.spec["reports"]["spec"]["paths"] == list(written(step))


def test_every_command_that_tests_reports() -> None:
    testing = [
        step.name
        for step in steps("Run")
        if re.search(r"pytest|npm test|tox run", step.command) and "reports" not in step.spec
    ]

    assert REPORTING
    assert not testing


def test_the_quality_analysis_reads_the_coverage_that_the_tests_write() -> None:
    [step] = steps("Sonarqube")
    arguments = step.spec["advanced"]["args"]["cli"]
    backend = next(each for each in steps("Run") if "--cov-report" in each.command)

    assert "-Dsonar.qualitygate.wait=true" in arguments
    assert "--cov-report=xml:reports/coverage.xml" in backend.command
    assert "reportPaths=system_under_test/backend/reports/coverage.xml" in arguments
    assert "reportPaths=system_under_test/frontend/coverage/lcov.info" in arguments


# --- templates and inputs


def inputs(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths at which a definition asks for an input; items of lists go by their name."""
    if isinstance(value, str) and value.startswith(INPUT):
        yield path
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from inputs(item, (*path, key))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            name = item.get("name", position) if isinstance(item, dict) else position
            yield from inputs(item, (*path, str(name)))


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths at which values stand, apart from what only repeats type, name and identifier."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in {"type", "name", "identifier"} or isinstance(item, dict | list):
                yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            name = item.get("name", position) if isinstance(item, dict) else position
            yield from leaves(item, (*path, str(name)))
    else:
        yield path


def references(file: Path) -> Iterator[dict[str, Any]]:
    [root] = read(file).values()
    yield from nodes(root, "template")


def test_templates_are_files_and_get_the_inputs_that_they_ask_for() -> None:
    used = set()
    for file in [*files("pipeline"), *files("template")]:
        for reference in references(file):
            template = entity("template", reference["templateRef"])
            used.add(reference["templateRef"])
            given = set(leaves(reference.get("templateInputs", {})))
            where = f"{file.name}: {reference['templateRef']}"
            assert template["versionLabel"] == reference["versionLabel"], where
            assert set(inputs(template["spec"])) == given, where

    assert used == {read(file)["template"]["identifier"] for file in files("template")}


def asked(path: tuple[str, ...], pipeline: dict[str, Any]) -> bool:
    """Whether a pipeline asks for an input at a path, or for something that holds it."""
    return any(path[: len(wanted)] == wanted for wanted in inputs(pipeline))


@pytest.mark.parametrize("file", files("inputSet"), ids=lambda file: str(file.relative_to(PROJECT)))
def test_an_input_set_gives_what_its_pipeline_asks_for(file: Path) -> None:
    given = read(file)["inputSet"]["pipeline"]
    pipeline = entity("pipeline", given["identifier"])

    paths = list(leaves(given))

    assert given["identifier"] == file.parents[1].name
    assert paths
    assert all(asked(path, pipeline) for path in paths)


def merged(identifiers: list[str], pipeline: str) -> set[tuple[str, ...]]:
    folder = PROJECT / "pipelines" / pipeline / "input_sets"
    found: set[tuple[str, ...]] = set()
    for identifier in identifiers:
        [(kind, values)] = read(folder / f"{identifier}.yaml").items()
        if kind == "overlayInputSet":
            found |= merged(values["inputSetReferences"], pipeline)
        else:
            found |= set(leaves(values["pipeline"]))
    return found


@pytest.mark.parametrize("file", files("trigger"), ids=lambda file: file.stem)
def test_a_trigger_gives_every_input(file: Path) -> None:
    trigger = read(file)["trigger"]
    pipeline = entity("pipeline", trigger["pipelineIdentifier"])

    given = merged(trigger["inputSetRefs"], trigger["pipelineIdentifier"])

    for wanted in inputs(pipeline):
        assert any(path[: len(wanted)] == wanted for path in given), wanted


def test_secrets_and_connectors_are_files() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in EVERYTHING)
    secrets = set(re.findall(r'secrets\.getValue\("([^"]+)"\)', text)) | set(
        re.findall(r"(?:privateKeyRef|encryptedWebhookSecretIdentifier): (\w+)", text)
    )
    connectors = set(re.findall(r"connectorRef: (\w+)", text)) | set(
        re.findall(r"secretManagerIdentifier: (\w+)", text)
    )

    assert secrets == {read(file)["secret"]["identifier"] for file in files("secret")}
    assert connectors == {read(file)["connector"]["identifier"] for file in files("connector")}


def test_one_trigger_delivers() -> None:
    enabled = [
        trigger["pipelineIdentifier"]
        for file in files("trigger")
        if (trigger := read(file)["trigger"])["enabled"] and trigger["source"]["type"] == "Artifact"
    ]

    assert enabled == ["workshop_cd_rolling"]


@pytest.mark.parametrize(
    ("tag", "starts"),
    [(f"build-{'0a' * 20}", True), ("release-1700000000000", False), ("verified-1700", False)],
)
def test_marks_start_no_delivery(tag: str, starts: bool) -> None:
    trigger = entity("trigger", "new_images_rolling")
    [condition] = trigger["source"]["spec"]["spec"]["eventConditions"]

    assert bool(re.fullmatch(condition["value"], tag)) == starts
