"""How images are declared: every way to break a good Dockerfile is seen, and where it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assurance.model.findings import Finding
from assurance.model.image_definitions import ImageDefinition
from assurance.model.unknown import UnknownValue
from assurance.rules import image_definitions as rules
from assurance.rules import image_dependencies as dependencies
from tests.dockerfiles import GOOD, image_of

Rule = Callable[[ImageDefinition], Finding]

RULES: tuple[Rule, ...] = (
    rules.is_built_in_stages,
    rules.ships_no_compiler,
    rules.ships_no_package_cache,
    rules.ships_no_tests,
    rules.runs_as_numeric_user,
    rules.declares_health_check,
    rules.stops_on_sigterm,
    dependencies.has_pinned_bases,
    dependencies.installs_from_lock,
    dependencies.installs_before_source,
    dependencies.starts_from_slim_base,
    dependencies.fetches_nothing_unchecked,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_good_image_holds(rule: Rule, tmp_path: Path) -> None:
    finding = rule(image_of(tmp_path, GOOD))

    assert finding.holds, finding.actual


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("text", [None, "FROM\n", "nonsense here\n", "FROM a\nENV x\n"])
def test_what_cannot_be_read_never_holds(rule: Rule, text: str | None, tmp_path: Path) -> None:
    assert not rule(image_of(tmp_path, text)).holds


BROKEN = [
    (
        rules.is_built_in_stages,
        "COPY --from=build /app /app",
        "COPY workshop /app",
        "copies from none",
    ),
    (
        rules.ships_no_compiler,
        "USER 10001",
        "RUN apk add --no-cache build-base\nUSER 10001",
        "build-base",
    ),
    (
        rules.ships_no_compiler,
        "USER 10001",
        "RUN apt-get update && \\\n apt-get -y install gcc libpq-dev\nUSER 1",
        "gcc is installed in line 10 and libpq-dev",
    ),
    (
        rules.ships_no_package_cache,
        "USER 10001",
        "RUN apt-get install -y curl\nUSER 10001",
        "apt-get leaves its cache",
    ),
    (
        rules.ships_no_package_cache,
        "USER 10001",
        "RUN pip install --require-hashes -r x.lock\nUSER 10001",
        "pip leaves",
    ),
    (rules.ships_no_package_cache, "USER 10001", "RUN npm ci\nUSER 10001", "npm leaves its cache"),
    (
        rules.ships_no_tests,
        "USER 10001",
        "COPY tests /app/tests\nUSER 10001",
        "tests is copied in line 10",
    ),
    (rules.ships_no_tests, "USER 10001", "COPY . /app\nUSER 10001", "tests is copied"),
    (rules.runs_as_numeric_user, "USER 10001:10001", "USER app", "USER app"),
    (rules.runs_as_numeric_user, "USER 10001:10001", "USER 10001\nUSER root", "USER root"),
    (rules.runs_as_numeric_user, "USER 10001:10001", "USER 0", "USER 0"),
    (rules.runs_as_numeric_user, "USER 10001:10001\n", "", "may be root"),
    (rules.declares_health_check, "HEALTHCHECK", "#", "none is declared"),
    (
        rules.declares_health_check,
        'HEALTHCHECK CMD ["python", "-m", "workshop.health"]',
        "HEALTHCHECK NONE",
        "HEALTHCHECK NONE",
    ),
    (
        rules.stops_on_sigterm,
        'ENTRYPOINT ["python", "-m", "gunicorn", "workshop:app"]',
        "ENTRYPOINT python -m gunicorn",
        "under a shell",
    ),
    (
        rules.stops_on_sigterm,
        '["python", "-m", "gunicorn", "workshop:app"]',
        '["sh", "-c", "gunicorn x"]',
        "under a shell",
    ),
    (
        rules.stops_on_sigterm,
        '["python", "-m", "gunicorn", "workshop:app"]',
        '["npm", "start"]',
        "under npm",
    ),
    (
        rules.stops_on_sigterm,
        "USER 10001:10001",
        "STOPSIGNAL SIGKILL\nUSER 1",
        "stopped by SIGKILL",
    ),
    (
        rules.stops_on_sigterm,
        'ENTRYPOINT ["python", "-m", "gunicorn", "workshop:app"]',
        "",
        "neither",
    ),
    (
        dependencies.has_pinned_bases,
        "python:3.11.2-slim-bookworm",
        "python:3.11-slim",
        "can change",
    ),
    (dependencies.has_pinned_bases, "python:3.11.2-slim-bookworm", "python:latest", "can change"),
    (dependencies.has_pinned_bases, "python:3.11.2-slim-bookworm", "python", "can change"),
    (dependencies.installs_from_lock, "--require-hashes ", "", "takes whatever is newest"),
    (dependencies.installs_from_lock, "USER 10001", "RUN npm install\nUSER 10001", "`npm install`"),
    (
        dependencies.installs_from_lock,
        GOOD.splitlines(keepends=True)[4],
        "",
        "nothing installs",
    ),
    (
        dependencies.installs_before_source,
        "COPY requirements.lock ./",
        "COPY . ./",
        "`COPY . ./` comes before",
    ),
    (
        dependencies.installs_before_source,
        "COPY requirements.lock ./",
        "COPY workshop requirements.lock ./",
        "comes before",
    ),
    (
        dependencies.starts_from_slim_base,
        "python:3.11.2-slim-bookworm",
        "python:3.11.2",
        "starts from python:3.11.2",
    ),
    (
        dependencies.fetches_nothing_unchecked,
        "USER 10001",
        "ADD https://example.com/x /x\nUSER 1",
        "ADD https://example.com/x /x",
    ),
]


@pytest.mark.parametrize(("rule", "old", "new", "said"), BROKEN)
def test_a_broken_image_does_not_hold(
    rule: Rule, old: str, new: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "tests").mkdir()
    assert old in GOOD

    finding = rule(image_of(tmp_path, GOOD.replace(old, new)))

    assert not finding.holds
    assert said in finding.actual


STILL_GOOD = [
    (
        rules.ships_no_compiler,
        "USER 10001",
        "RUN apt-get update && apt-get install -y libpq5 && rm -rf /var/lib/apt/lists/*\nUSER 1",
    ),
    (
        rules.ships_no_package_cache,
        "USER 10001",
        "RUN apt-get update && apt-get install -y libpq5 && rm -rf /var/lib/apt/lists/*\nUSER 1",
    ),
    (
        rules.ships_no_package_cache,
        "USER 10001",
        "RUN --mount=type=cache,target=/root/.cache pip install x\nUSER 1",
    ),
    (
        rules.ships_no_package_cache,
        "USER 10001",
        "ENV PIP_NO_CACHE_DIR=1\nRUN pip install --require-hashes -r x\nUSER 1",
    ),
    (
        rules.stops_on_sigterm,
        '["python", "-m", "gunicorn", "workshop:app"]',
        '["/usr/bin/tini", "--", "npm", "start"]',
    ),
    (
        rules.stops_on_sigterm,
        '["python", "-m", "gunicorn", "workshop:app"]',
        '["sh", "-c", "exec gunicorn x"]',
    ),
    (dependencies.has_pinned_bases, "python:3.11.2-slim-bookworm", "python@sha256:" + "a" * 64),
    (dependencies.has_pinned_bases, "python:3.11.2-slim-bookworm", "scratch"),
    (
        dependencies.starts_from_slim_base,
        "python:3.11.2-slim-bookworm",
        "gcr.io/distroless/python3",
    ),
    (dependencies.starts_from_slim_base, "python:3.11.2-slim-bookworm", "node:22.1.0-alpine3.20"),
    (
        dependencies.installs_from_lock,
        "python -m pip install --no-cache-dir --require-hashes",
        "uv pip install --require-hashes",
    ),
    (dependencies.installs_from_lock, "USER 10001", "RUN pip install --no-deps .\nUSER 1"),
    (
        dependencies.fetches_nothing_unchecked,
        "USER 10001",
        "ADD --checksum=sha256:00 https://example.com/x /x\nUSER 1",
    ),
]


@pytest.mark.parametrize(("rule", "old", "new"), STILL_GOOD)
def test_another_way_to_write_it_holds_too(rule: Rule, old: str, new: str, tmp_path: Path) -> None:
    assert old in GOOD

    finding = rule(image_of(tmp_path, GOOD.replace(old, new)))

    assert finding.holds, finding.actual


def test_a_base_that_only_the_caller_knows_is_unknown(tmp_path: Path) -> None:
    image = image_of(tmp_path, GOOD.replace("=python:3.11.2-slim-bookworm", ""))

    with pytest.raises(UnknownValue, match="BASE has no default"):
        dependencies.has_pinned_bases(image)


def test_the_last_stage_inherits_from_the_stage_that_it_starts_from(tmp_path: Path) -> None:
    text = GOOD.replace(
        "FROM ${BASE}\n", "FROM ${BASE} AS base\nRUN apk add --no-cache gcc\nFROM base\n"
    )

    assert not rules.ships_no_compiler(image_of(tmp_path, text)).holds


@pytest.mark.parametrize(
    ("ignored", "ships"),
    [("tests\n", False), ("**/tests\n", False), ("docs\n", True), ("tests\n!tests\n", True)],
)
def test_what_the_context_leaves_out_is_not_shipped(
    ignored: str, ships: bool, tmp_path: Path
) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / ".dockerignore").write_text(ignored)

    finding = rules.ships_no_tests(
        image_of(tmp_path, GOOD.replace("USER 10001", "COPY . /app\nUSER 1"))
    )

    assert finding.holds is not ships


def test_a_document_in_run_is_read_as_its_script(tmp_path: Path) -> None:
    text = GOOD.replace("USER 10001", "RUN <<EOT\nset -e\napt-get install -y gcc\nEOT\nUSER 10001")

    assert "gcc is installed" in rules.ships_no_compiler(image_of(tmp_path, text)).actual


def test_a_fault_stands_in_its_line(tmp_path: Path) -> None:
    finding = rules.runs_as_numeric_user(image_of(tmp_path, GOOD.replace("10001:10001", "root")))

    assert str(finding.location) == "Dockerfile:10"


def test_an_argument_may_be_made_of_another(tmp_path: Path) -> None:
    text = GOOD.replace("FROM ${BASE} AS build", "ARG BUILDER=${BASE}\nFROM ${BUILDER} AS build")

    assert dependencies.has_pinned_bases(image_of(tmp_path, text)).holds


def test_a_base_of_ones_own_does_not_tell_its_size(tmp_path: Path) -> None:
    text = GOOD.replace("python:3.11.2-slim-bookworm", "registry.example/runtime:1.2.3")

    with pytest.raises(UnknownValue, match="does not tell its size"):
        dependencies.starts_from_slim_base(image_of(tmp_path, text))
