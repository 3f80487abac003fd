"""The way of an application through CI, on small pipelines of many shapes."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.applications import Application
from assurance.model.environments import Environment
from assurance.model.findings import Finding
from assurance.model.judgements import Layer
from assurance.model.unknown import UnknownValue
from assurance.readers.state import State
from assurance.readers.view import View
from assurance.readers.vocabulary import all_kinds
from assurance.rules import application_delivery as rules
from assurance.rules import build_caches, published_images, report_paths
from tests.harness_states import definition, harness_body

PUSH = "docker push 1.dkr.ecr.eu-west-1.amazonaws.com/team/app:$DRONE_COMMIT_SHA"
TEST = "cd app && pytest --junitxml=out/j.xml --cov=app --cov-report=xml --cov-fail-under=90"
SCAN = "trivy image --exit-code 1 --severity HIGH,CRITICAL team/app"
BUILD = "docker build -t team/app app"


def run(identifier: str, command: str, **more: Any) -> dict[str, Any]:
    spec = {"shell": "Sh", "command": command, **more.pop("spec", {})}
    return {"step": {"identifier": identifier, "type": "Run", "spec": spec, **more}}


GOOD = [run("test", TEST), run("build", BUILD), run("scan", SCAN), run("push", PUSH)]


def view(steps: list[Any], *, stage: dict[str, Any] | None = None) -> View:
    spec = {"cloneCodebase": True, "execution": {"steps": steps}, **(stage or {})}
    whole = {
        "identifier": "ci",
        "stages": [{"stage": {"identifier": "b", "type": "CI", "spec": spec}}],
    }
    values = {
        "name": "app",
        "role": "backend",
        "directory": "app",
        "image": "team/app",
        "dockerfile": "app/Dockerfile",
        "files": {},
        "lock_files": ["app/uv.lock"],
        "flag_evaluations": [],
    }
    application = {**definition("source_application", values), "provider": "source"}
    bodies = [
        (harness_body(definition("harness_pipeline", whole)), "sha256:h"),
        (harness_body(application), "sha256:s"),
    ]
    place = Environment(name="staging", production=False)
    return View(environment=place, layer=Layer.DECLARED, state=State(bodies))


def put(rule: Any, found: View, **limits: Any) -> Finding:
    (application,) = found.delivery.applications
    assert isinstance(application, Application)
    return rule(application, found.delivery.ci_pipelines, **limits)  # type: ignore[no-any-return]


def without(identifier: str) -> list[Any]:
    return [each for each in GOOD if each["step"]["identifier"] != identifier]


def with_(identifier: str, **change: Any) -> list[Any]:
    return [
        {"step": {**each["step"], **change}} if each["step"]["identifier"] == identifier else each
        for each in GOOD
    ]


GATED: tuple[tuple[Any, dict[str, Any], str], ...] = (
    (rules.publishes_after_unit_tests, {}, "test"),
    (rules.publishes_after_image_scan, {"severity": "high"}, "scan"),
    (rules.publishes_only_covered_code, {"percent": 85}, "test"),
)
SHAPES: dict[str, Any] = {
    "in turn": lambda steps: steps,
    "in a group": lambda steps: [{"stepGroup": {"identifier": "g", "steps": steps}}],
    "in groups": lambda steps: [
        {"stepGroup": {"identifier": f"g{n}", "steps": [each]}} for n, each in enumerate(steps)
    ],
    "beside something": lambda steps: [
        {
            "parallel": [
                {"stepGroup": {"identifier": "g", "steps": steps}},
                run("lint", "ruff check"),
            ]
        }
    ],
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("rule", "limits", "gate"), GATED)
def test_a_gate_counts_in_every_shape(rule: Any, limits: Any, gate: str, shape: str) -> None:
    assert put(rule, view(SHAPES[shape](GOOD)), **limits).holds
    assert not put(rule, view(SHAPES[shape](without(gate))), **limits).holds


@pytest.mark.parametrize("action", ["Ignore", "MarkAsSuccess"])
@pytest.mark.parametrize(("rule", "limits", "gate"), GATED)
def test_a_gate_whose_failure_is_passed_over_is_none(
    rule: Any, limits: Any, gate: str, action: str
) -> None:
    strategies = [{"onFailure": {"errors": ["AllErrors"], "action": {"type": action}}}]

    found = put(rule, view(with_(gate, failureStrategies=strategies)), **limits)

    assert not found.holds
    assert gate in found.actual


@pytest.mark.parametrize(("rule", "limits", "gate"), GATED)
def test_a_gate_beside_the_publication_is_none(rule: Any, limits: Any, gate: str) -> None:
    own = next(each for each in GOOD if each["step"]["identifier"] == gate)
    steps = [
        *(each for each in without(gate) if each is not GOOD[-1]),
        {"parallel": [own, GOOD[-1]]},
    ]

    assert not put(rule, view(steps), **limits).holds


@pytest.mark.parametrize(
    "command",
    [
        "trivy image --exit-code 1 --severity CRITICAL team/app",
        "trivy image team/app",
        f"{SCAN} || true",
        f"{SCAN} | tee scan.txt",
        "trivy image --exit-code 1 team/other",
        "trivy fs --exit-code 1 app",
    ],
)
def test_a_scan_that_lets_findings_pass_is_none(command: str) -> None:
    spec = {"shell": "Sh", "command": command}

    assert not put(
        rules.publishes_after_image_scan, view(with_("scan", spec=spec)), severity="high"
    ).holds


def test_what_cannot_be_read_may_be_the_gate() -> None:
    hidden = view(with_("test", spec={"shell": "Sh", "command": "make test"}))
    template = view(
        [{"step": {"identifier": "t", "template": {"templateRef": "x"}}}, *without("test")]
    )

    for found in (hidden, template):
        with pytest.raises(UnknownValue):
            put(rules.publishes_after_unit_tests, found)


def test_an_application_that_is_never_published_fails() -> None:
    found = put(rules.publishes_after_unit_tests, view(without("push")))

    assert not found.holds
    assert found.actual == "no step of CI does"


def test_gate_and_publication_in_one_script_are_taken_in_their_order() -> None:
    good = view([run("all", f"(cd app && pytest)\n{BUILD}\n{SCAN}\n{PUSH}")])
    early = view([run("all", f"{BUILD}\n{PUSH}\n(cd app && pytest)\n{SCAN}")])

    for rule, limits in ((rules.publishes_after_unit_tests, {}), GATED[1][:2]):
        assert put(rule, good, **limits).holds
        assert not put(rule, early, **limits).holds


def test_a_matrix_is_taken_apart() -> None:
    steps = [
        run("test", "cd <+matrix.name> && pytest", strategy={"matrix": {"name": ["app", "web"]}}),
        *without("test"),
    ]
    other = [
        run("test", "cd <+matrix.name> && pytest", strategy={"matrix": {"name": ["web"]}}),
        *without("test"),
    ]

    assert put(rules.publishes_after_unit_tests, view(steps)).holds
    assert not put(rules.publishes_after_unit_tests, view(other)).holds


def test_each_station_of_the_way_is_missed() -> None:
    whole = view(with_("test", spec={"shell": "Sh", "command": TEST, **_reports("app/out/*.xml")}))

    for rule in (rules.is_built, rules.is_tested, rules.is_scanned, rules.is_published_to_ecr):
        assert put(rule, whole).holds
    assert put(rules.is_reported, whole).holds
    assert put(rules.reports_coverage, whole).holds
    assert not put(rules.is_built, view([run("push", PUSH), run("b", "docker build x")])).holds
    assert not put(rules.is_tested, view(without("test"))).holds
    assert not put(rules.is_reported, view(GOOD)).holds
    assert not put(rules.is_published_to_ecr, view(with_("push", spec=_push("ghcr.io")))).holds


def _push(registry: str) -> dict[str, str]:
    return {"shell": "Sh", "command": f"docker push {registry}/team/app:1"}


def _reports(*paths: str) -> dict[str, Any]:
    return {"reports": {"type": "JUnit", "spec": {"paths": list(paths)}}}


@pytest.mark.parametrize(
    ("report", "published", "holds"),
    [
        ("app/out/j.xml", "app/out/j.xml", True),
        ("app/out/j.xml", "/harness/app/out/j.xml", True),
        ("app/out/j.xml", "./app/out/*.xml", True),
        ("app/out/j.xml", "**/*.xml", True),
        ("j.xml", "**/*.xml", True),
        ("app/out/j.xml", "out/j.xml", False),
        ("app/out/j.xml", "app/*.xml", False),
        ("app/out/j.xml", "/app/out/j.xml", False),
        ("/tmp/j.xml", "/tmp/j.xml", True),
        ("target/surefire-reports/TEST-*.xml", "target/surefire-reports/*.xml", True),
    ],
)
def test_paths_match_as_harness_globs_do(report: str, published: str, holds: bool) -> None:
    assert report_paths.is_published(report, (published,)) is holds


@pytest.mark.parametrize(
    ("tag", "moves", "leads"),
    [
        ("<+codebase.commitSha>", False, True),
        ("build-<+codebase.shortCommitSha>", False, True),
        ("latest", True, False),
        ("1.2.3", False, False),
    ],
)
def test_tags_lead_back_or_move(tag: str, moves: bool, leads: bool) -> None:
    spec = {"imageName": "team/app", "tags": [tag], "context": "app"}
    step = {"step": {"identifier": "p", "type": "BuildAndPushECR", "spec": spec}}
    (image,) = all_kinds()["published image"].population(view([step]))

    assert published_images.is_not_latest(image).holds is not moves  # type: ignore[arg-type]
    assert published_images.leads_back_to_commit(image).holds is leads  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "holds"),
    [
        ('k-{{ checksum "app/uv.lock" }}', True),
        ('k-{{ checksum "app/uv.lock" }}-{{ checksum "none.lock" }}', False),
        ("k-<+codebase.commitSha>", False),
        ("", False),
    ],
)
def test_caches_follow_lock_files(key: str, holds: bool) -> None:
    found = view(GOOD, stage={"caching": {"enabled": True, "key": key, "paths": ["/c"]}})
    (stage,) = found.delivery.build_stages

    judged = build_caches.follows_lock_files(stage.caches[0], found.delivery.applications)

    assert judged.holds is holds
