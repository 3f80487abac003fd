"""What the images are built from is there before they are built."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.harness.definitions import PROJECT, REPOSITORY, nodes, read, steps

APPLICATIONS = ("backend", "frontend")
BUNDLE = "-----BEGIN CERTIFICATE-----\nmade up\n-----END CERTIFICATE-----\n"


def build_of(application: str) -> dict[str, Any]:
    dockerfile = f"system_under_test/{application}/Dockerfile"
    [found] = [
        step.spec for step in steps("BuildAndPushECR") if step.spec.get("dockerfile") == dockerfile
    ]
    return found


@pytest.mark.parametrize("application", APPLICATIONS)
def test_a_base_that_no_public_registry_has_is_named_by_digest(application: str) -> None:
    text = (REPOSITORY / "system_under_test" / application / "Dockerfile").read_text("utf-8")
    own = re.findall(r"^ARG (\w+)=workshop/", text.split("\nFROM ")[0], flags=re.MULTILINE)
    given = build_of(application).get("buildArgs", {})

    assert all(re.search(r"/workshop/[\w-]+@sha256:[0-9a-f]{64}$", given[name]) for name in own)
    assert own == (["RUNTIME_IMAGE"] if application == "frontend" else [])


def test_the_authorities_are_fetched_before_the_image_that_holds_them() -> None:
    pipeline = read(PROJECT / "pipelines" / "workshop_ci.yaml")
    [group] = [found for found in nodes(pipeline, "stepGroup") if found["identifier"] == "backend"]
    order = [each["step"]["identifier"] for each in group["steps"]]

    assert order.index("authorities") < order.index("image")


def fetch(directory: Path, content: str, checksum: str) -> subprocess.CompletedProcess[str]:
    """Run the step with a `curl` that answers with the content."""
    [step] = [found for found in steps("Run") if found.values["identifier"] == "authorities"]
    tools = directory / "tools"
    tools.mkdir()
    (directory / "answer").write_text(content, encoding="utf-8")
    curl = tools / "curl"
    curl.write_text(
        f'#!/bin/sh\nwhile [ "$1" != --output ]; do shift; done\ncp {directory}/answer "$2"\n'
    )
    curl.chmod(0o755)
    (directory / "system_under_test/backend/certificates").mkdir(parents=True)
    variables = {**step.spec["envVariables"], "SHA256": checksum}
    return subprocess.run(
        ["sh", "-c", step.command],
        cwd=directory,
        env={"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", **variables},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_authorities_with_the_right_sum_are_kept(tmp_path: Path) -> None:
    done = fetch(tmp_path, BUNDLE, hashlib.sha256(BUNDLE.rstrip("\n").encode()).hexdigest())

    assert done.returncode == 0, done.stderr
    kept = tmp_path / "system_under_test/backend/certificates/rds.pem"
    assert kept.read_text(encoding="utf-8") == BUNDLE


def test_other_authorities_fail_the_build_and_are_thrown_away(tmp_path: Path) -> None:
    done = fetch(tmp_path, BUNDLE + "another\n", "0" * 64)

    assert done.returncode == 1
    assert f"expected {'0' * 64}" in done.stderr
    assert not (tmp_path / "system_under_test/backend/certificates/rds.pem").exists()
