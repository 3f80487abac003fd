"""Directories of definitions become records; no file costs more than itself."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from assurance.collectors.harness import HarnessRequest, cache_key, collect_harness

PIPELINE = "pipeline:\n  identifier: release\n  name: release\n  stages: []\n"


def collect(system: Path, files: dict[str, str | bytes]) -> dict[str, Any]:
    for name, content in files.items():
        path = system / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return collect_harness(HarnessRequest(system=system, directories=(Path("harness"),)))


def addresses(body: dict[str, Any]) -> list[str]:
    return [record["address"] for record in body["resources"]]


def faults(body: dict[str, Any]) -> list[tuple[str, str, int, str]]:
    return [
        (found["severity"], found["file"], found["line"], found["summary"])
        for found in body["diagnostics"]
    ]


def test_every_kind_of_entity_is_recognised(tmp_path: Path) -> None:
    roots = {
        "pipeline": "harness_pipeline",
        "template": "harness_template",
        "trigger": "harness_trigger",
        "inputSet": "harness_input_set",
        "overlayInputSet": "harness_overlay_input_set",
        "service": "harness_service",
        "environment": "harness_environment",
        "infrastructureDefinition": "harness_infrastructure",
        "connector": "harness_connector",
        "secret": "harness_secret",
    }
    files = {f"harness/{root}.yaml": f"{root}:\n  identifier: a\n" for root in roots}

    body = collect(tmp_path, dict(files))

    assert sorted(addresses(body)) == sorted(f"{type_}.a" for type_ in roots.values())
    assert body["diagnostics"] == []


def test_a_record_holds_what_is_written_with_lines_that_start_at_it(tmp_path: Path) -> None:
    (record,) = collect(tmp_path, {"harness/a.yml": f"# why\n{PIPELINE}"})["resources"]

    assert record["values"] == {"identifier": "release", "name": "release", "stages": []}
    assert record["lines"] == {"": 2, "/identifier": 3, "/name": 4, "/stages": 5}
    assert (record["file"], record["line"]) == ("harness/a.yml", 2)


def test_several_documents_of_a_file_are_several_records(tmp_path: Path) -> None:
    text = f"{PIPELINE}---\nsecret:\n  identifier: token\n"

    body = collect(tmp_path, {"harness/a.yaml": text})

    assert addresses(body) == ["harness_pipeline.release", "harness_secret.token"]
    assert body["resources"][1]["lines"]["/identifier"] == 7


@pytest.mark.parametrize(
    ("file", "fields", "scope", "source"),
    [
        ("harness/a.yaml", "orgIdentifier: o, projectIdentifier: p", ("o", "p"), "fields"),
        ("harness/a.yaml", "orgIdentifier: o", ("o", ""), "fields"),
        ("harness/orgs/o/projects/p/services/a.yaml", "name: a", ("o", "p"), "path"),
        ("harness/orgs/o/services/a.yaml", "name: a", ("o", ""), "path"),
        ("harness/orgs/x/a.yaml", "orgIdentifier: o, projectIdentifier: p", ("o", "p"), "fields"),
        ("harness/services/a.yaml", "name: a", ("", ""), ""),
    ],
)
def test_the_scope_comes_from_fields_or_the_path(
    tmp_path: Path, file: str, fields: str, scope: tuple[str, str], source: str
) -> None:
    body = collect(tmp_path, {file: f"service: {{identifier: a, {fields}}}\n"})

    (record,) = body["resources"]
    assert (record["scope"]["org"], record["scope"]["project"]) == scope
    assert record["scope_source"] == source


def test_identifiers_that_collide_are_told_apart_by_file_and_line(tmp_path: Path) -> None:
    body = collect(
        tmp_path,
        {"harness/a.yaml": PIPELINE, "harness/b.yaml": f"{PIPELINE}---\n{PIPELINE}"},
    )

    assert addresses(body) == [
        "harness_pipeline.release@harness/a.yaml",
        "harness_pipeline.release@harness/b.yaml:1",
        "harness_pipeline.release@harness/b.yaml:6",
    ]


def test_what_has_no_identifier_is_called_by_its_file(tmp_path: Path) -> None:
    body = collect(tmp_path, {"harness/a.yaml": "service: {name: a}\n"})

    assert addresses(body) == ["harness_service.@harness/a.yaml"]


@pytest.mark.parametrize(
    ("content", "line", "summary"),
    [
        (b"pipeline: [\n", 2, "not valid YAML: did not find expected node content"),
        (b"pipeline:\n  name: a\n  name: b\n", 3, 'the key "name" is written twice, at lines 2'),
        (b"pipeline:\n  a: &x [*x]\n", 2, "the alias *x stands inside what it repeats"),
        (b"a: 1\nb: \xff\n", 2, "not UTF-8 text: byte 0xff at offset 8"),
        (b"pipeline:\n", 1, "`pipeline` holds no fields"),
        (b"pipeline: [a]\n", 1, "`pipeline` holds no fields"),
        (b"Pipline:\n  identifier: a\n", 1, "`Pipline` is not the name of an entity; `pipeline`"),
        (b"input_set:\n  identifier: a\n", 1, "`input_set` is not the name of an entity; `inputS"),
    ],
)
def test_what_cannot_be_read_is_a_record_and_an_error(
    tmp_path: Path, content: bytes, line: int, summary: str
) -> None:
    body = collect(tmp_path, {"harness/bad.yaml": content, "harness/good.yaml": PIPELINE})

    assert addresses(body) == ["harness_file.harness/bad.yaml", "harness_pipeline.release"]
    ((severity, file, at, said),) = faults(body)
    assert (severity, file, at) == ("error", "harness/bad.yaml", line)
    assert said.startswith(summary)
    assert body["diagnostics"][0]["detail"]
    assert said in body["resources"][0]["values"]["fault"]


def test_the_documents_before_a_fault_are_kept(tmp_path: Path) -> None:
    body = collect(tmp_path, {"harness/a.yaml": f"{PIPELINE}---\na: [\n"})

    assert addresses(body) == ["harness_file.harness/a.yaml", "harness_pipeline.release"]


@pytest.mark.parametrize(
    ("content", "summary"),
    [
        ("", "the file is empty"),
        ("# nothing\n", "the file is empty"),
        ("---\n", "the document is empty"),
        ("apiVersion: v1\nkind: Secret\n", "not a Harness definition"),
        ("- a\n- b\n", "not a Harness definition"),
        ("just words\n", "not a Harness definition"),
    ],
)
def test_what_is_no_definition_is_left_out_with_a_warning(
    tmp_path: Path, content: str, summary: str
) -> None:
    body = collect(tmp_path, {"harness/other.yaml": content})

    assert body["resources"] == []
    assert faults(body) == [("warning", "harness/other.yaml", 1, summary)]


def test_files_of_other_kinds_are_not_looked_at(tmp_path: Path) -> None:
    files = {"harness/readme.md": "[", "harness/.git/a.yaml": "[", "harness/a.YAML": PIPELINE}

    body = collect(tmp_path, dict(files))

    assert addresses(body) == ["harness_pipeline.release"]
    assert body["diagnostics"] == []


def test_a_directory_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    body = collect(tmp_path, {})

    assert addresses(body) == ["harness_file.harness"]
    ((severity, file, _, said),) = faults(body)
    assert (severity, file) == ("error", "harness")
    assert said == "there is no such directory of definitions"


def test_the_older_form_with_service_config_is_kept_as_it_is(tmp_path: Path) -> None:
    text = (
        "pipeline:\n  identifier: old\n  stages:\n    - stage:\n        type: Deployment\n"
        "        spec:\n          serviceConfig: {serviceDefinition: {type: ECS}}\n"
    )

    (record,) = collect(tmp_path, {"harness/old.yaml": text})["resources"]

    spec = record["values"]["stages"][0]["stage"]["spec"]
    assert spec == {"serviceConfig": {"serviceDefinition": {"type": "ECS"}}}
    assert record["lines"]["/stages/0/stage/spec/serviceConfig/serviceDefinition/type"] == 7


SERVICE = """service:
  identifier: orders
  serviceDefinition:
    type: ECS
    spec:
      manifests:
        - manifest:
            identifier: task
            type: EcsTaskDefinition
            spec: {store: {type: Github, spec: {connectorRef: a, paths: [PATH]}}}
"""


@pytest.mark.parametrize(
    ("written", "file"),
    [
        ("ecs/task.json", "ecs/task.json"),
        ("/manifests/task.yaml", "harness/manifests/task.yaml"),
        ("task.yaml", "harness/services/task.yaml"),
        ("account:/manifests/task.yaml", "harness/manifests/task.yaml"),
    ],
)
def test_a_manifest_is_found_by_the_ways_it_is_named(
    tmp_path: Path, written: str, file: str
) -> None:
    files = {"harness/services/a.yaml": SERVICE.replace("PATH", written), file: "family: orders\n"}

    body = collect(tmp_path, dict(files))

    manifest, service = body["resources"]
    assert manifest["address"] == "harness_manifest.orders.task"
    assert manifest["values"] == {"family": "orders"}
    assert manifest["manifest_type"] == "EcsTaskDefinition"
    assert manifest["service"] == service["address"]
    assert manifest["file"] == file
    assert body["diagnostics"] == []


@pytest.mark.parametrize("written", ["<+input>", "elsewhere.yaml", "../outside.yaml"])
def test_a_manifest_that_is_not_in_the_repository_is_not_made_up(
    tmp_path: Path, written: str
) -> None:
    (tmp_path / "outside.yaml").write_text("family: orders\n")
    system = tmp_path / "system"
    files = {"harness/services/a.yaml": SERVICE.replace("PATH", written)}

    body = collect(system, dict(files))

    assert addresses(body) == ["harness_service.orders"]


def test_a_manifest_that_cannot_be_read_is_a_file_that_cannot(tmp_path: Path) -> None:
    files = {"harness/a.yaml": SERVICE.replace("PATH", "ecs/task.json"), "ecs/task.json": "{"}

    body = collect(tmp_path, dict(files))

    assert addresses(body) == ["harness_file.ecs/task.json", "harness_service.orders"]


def test_json_with_tabs_and_expressions_is_read(tmp_path: Path) -> None:
    content = '{\n\t"family": "a",\n\t"cpu": <+variable.cpu>\n}\n'
    files = {"harness/a.yaml": SERVICE.replace("PATH", "ecs/task.json"), "ecs/task.json": content}

    manifest = collect(tmp_path, dict(files))["resources"][0]

    assert manifest["values"] == {"family": "a", "cpu": "<+variable.cpu>"}
    assert manifest["lines"] == {"": 1, "/family": 2, "/cpu": 3}


def test_a_manifest_that_stands_in_the_service_is_read_there(tmp_path: Path) -> None:
    store = "spec: {store: {type: Inline, spec: {content: 'family: orders'}}}"
    text = SERVICE.replace(SERVICE.splitlines()[-1].strip(), store)

    manifest, service = collect(tmp_path, {"harness/a.yaml": text})["resources"]

    assert manifest["values"] == {"family": "orders"}
    assert (manifest["file"], manifest["line"]) == (service["file"], 10)


def test_the_task_that_a_step_runs_is_a_manifest_of_no_service(tmp_path: Path) -> None:
    text = (
        "template:\n  identifier: expand\n  type: Step\n  spec:\n    identifier: run\n"
        "    type: EcsRunTask\n    spec:\n      taskDefinition:\n        type: Github\n"
        "        spec: {paths: [ecs/task.yaml]}\n"
    )

    body = collect(tmp_path, {"harness/a.yaml": text, "ecs/task.yaml": "family: expand\n"})

    manifest, template = body["resources"]
    assert manifest["address"] == "harness_manifest.expand.run"
    assert manifest["manifest_type"] == "EcsTaskDefinition"
    assert (manifest["service"], manifest["referrer"]) == ("", template["address"])


def test_the_key_changes_with_everything_that_is_read(tmp_path: Path) -> None:
    files = {"harness/a.yaml": SERVICE.replace("PATH", "ecs/task.json"), "ecs/task.json": "{}"}
    collect(tmp_path, dict(files))
    request = HarnessRequest(system=tmp_path, directories=(Path("harness"),))
    keys = [cache_key(request), cache_key(request)]

    (tmp_path / "ecs/task.json").write_text('{"cpu": "256"}')
    keys.append(cache_key(request))
    (tmp_path / "harness/b.yaml").write_text(PIPELINE)
    keys.append(cache_key(request))
    (tmp_path / "harness/b.yaml").rename(tmp_path / "harness/c.yaml")
    keys.append(cache_key(request))
    (tmp_path / "harness/c.yaml").write_bytes(b"\xff")
    keys.append(cache_key(request))

    assert keys[0] == keys[1]
    assert len(set(keys)) == len(keys) - 1


def test_a_large_file_is_read_in_seconds(tmp_path: Path) -> None:
    step = "        - step: {identifier: a, type: Run, spec: {command: echo, image: b:1}}\n"
    text = f"pipeline:\n  identifier: large\n  stages:\n    - steps:\n{step * 70_000}"
    assert len(text) > 5_000_000
    started = time.process_time()

    body = collect(tmp_path, {"harness/large.yaml": text})

    assert time.process_time() - started < 20
    assert len(body["resources"][0]["values"]["stages"][0]["steps"]) == 70_000


def test_the_body_is_printed_by_the_command(tmp_path: Path) -> None:
    collect(tmp_path, {"harness/a.yaml": PIPELINE})
    command = [sys.executable, "-m", "assurance.collectors.harness", "harness", "-system"]

    done = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, check=True)

    body = json.loads(done.stdout)
    assert body["format"] == "harness-definitions/1"
    assert addresses(body) == ["harness_pipeline.release"]
