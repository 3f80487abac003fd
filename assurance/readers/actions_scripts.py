"""Steps that run a script, a plugin or an action of somebody else.

Harness CI puts `set -e` before the command of a `Run` step, and no `pipefail`; the script of a
`ShellScript` step goes on after a failure unless it says otherwise
(https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/utilities/shell-script-step/).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from assurance.model.actions import Checkout, ImageBuild, Message, Part, Publication, Unrecognised
from assurance.model.checks import (
    DynamicScan,
    QualityAnalysis,
    Scan,
    ScanSubject,
    SuiteVerification,
    TestKind,
    TestRun,
)
from assurance.model.image_references import image_reference
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.actions_outputs import declared_outputs, environment, read_decision
from assurance.readers.command_context import path_from, rooted
from assurance.readers.commands import read_commands
from assurance.readers.projects import Projects
from assurance.readers.severities import SEVERITIES
from assurance.readers.shell_state import CLONE
from assurance.readers.test_runs import kind_of
from assurance.readers.written_values import at, text, texts, truth

Reader = Callable[[Mapping[str, Any], Projects], tuple[Part, ...]]
_BROWSERS = re.compile("playwright|cypress|selenium|puppeteer|chrom|firefox")
"""Images that are made for driving a browser."""

_SHELLS = ("", "sh", "bash", "ash", "zsh")


def _script(
    script: Any, shell: str, spec: Mapping[str, Any], projects: Projects, *, stops_on_error: bool
) -> tuple[Part, ...]:
    written = text(script)
    if is_unknown(written) or is_unknown(shell) or shell.lower() not in _SHELLS:
        why = "is not seen" if is_unknown(written) else f"is written for {shell}"
        return (Unrecognised(what=f"the script {why}"),)
    taken = {
        text(at(output, "value")) or text(at(output, "name")): text(at(output, "name"))
        for output in declared_outputs(spec)
    }
    parts = read_commands(
        written,
        stops_on_error=stops_on_error,
        variables=environment(spec),
        directory=CLONE,
        projects=projects,
        outputs=taken,
    )
    return (*parts, *read_decision(spec, stops_on_error=stops_on_error))


def _run(spec: Mapping[str, Any], projects: Projects) -> tuple[Part, ...]:
    shell, image = text(spec.get("shell")), text(spec.get("image"))
    parts = _script(spec.get("command"), shell, spec, projects, stops_on_error=True)
    if is_unknown(image) or not _BROWSERS.search(image):
        return parts
    return tuple(
        replace(part, in_browser=True)
        if isinstance(part, TestRun) and part.kind is TestKind.END_TO_END
        else part
        for part in parts
    )


def _background(spec: Mapping[str, Any], projects: Projects) -> tuple[Part, ...]:
    why = "the step runs in the background, and nothing waits for it"
    return tuple(
        replace(part, defeated_by=why)
        if isinstance(part, TestRun | Scan | QualityAnalysis | DynamicScan | SuiteVerification)
        else part
        for part in _run(spec, projects)
    )


def _shell_script(spec: Mapping[str, Any], projects: Projects) -> tuple[Part, ...]:
    script = at(spec, "source", "spec", "script")
    if text(at(spec, "source", "type")) == "Harness" or script is None:
        return (Unrecognised(what="the script is kept in a file store and not seen"),)
    shell = text(spec.get("shell"))
    return _script(script, shell, spec, projects, stops_on_error=False)


def _selected_tests(spec: Mapping[str, Any], projects: Projects) -> tuple[Part, ...]:
    """Read `RunTests`, which calls the build tool by itself."""
    tool = text(spec.get("buildTool"))
    said = f"{text(spec.get('args'))} {text(spec.get('packages'))}"
    usual = {
        "Maven": "target/surefire-reports/TEST-*.xml",
        "Gradle": "build/test-results/test/TEST-*.xml",
    }
    reports: tuple[str, ...] = unknown(
        f"where {tool or 'the build tool'} writes reports is not seen"
    )
    run = TestRun(
        tool=tool,
        kind=kind_of(said),
        directory="",
        targets=texts(spec.get("packages")),
        address="",
        reports=(usual[tool],) if tool in usual else reports,
        coverage=None,
        coverage_reports=(),
        in_browser=False,
        defeated_by="",
    )
    shell = text(spec.get("shell"))
    before = _script(spec.get("preCommand"), shell, spec, projects, stops_on_error=True)
    after = _script(spec.get("postCommand"), shell, spec, projects, stops_on_error=True)
    return (*before, run, *after)


def _plugin(spec: Mapping[str, Any], _: Projects) -> tuple[Part, ...]:
    image = text(spec.get("image"))
    settings = at(spec, "settings") or {} if not is_unknown(spec.get("settings")) else {}
    if is_unknown(image):
        return (Unrecognised(what="which plugin runs is not seen"),)
    name = image.partition("@")[0].rpartition(":")[0] or image
    kind = name.rpartition("/")[2]
    if name.startswith("plugins/") and kind in (
        "ecr",
        "docker",
        "gcr",
        "acr",
        "kaniko",
        "kaniko-ecr",
    ):
        return _plugin_build(kind, settings)
    if kind in ("slack", "email", "drone-slack", "drone-email", "msteams"):
        return (Message(channel=kind),)
    return (Unrecognised(what=f"what the plugin {image} does is not seen"),)


def _plugin_build(kind: str, settings: Mapping[str, Any]) -> tuple[Part, ...]:
    name = image_reference(text(at(settings, "repo")))
    registry = text(at(settings, "registry")) or name.registry or ("ecr" if "ecr" in kind else "")
    tags = texts(at(settings, "tags")) or ("latest",)
    context = rooted(path_from(CLONE, text(at(settings, "context")) or "."))
    build = ImageBuild(
        tool=f"plugins/{kind}",
        image=name.repository,
        tags=tags,
        dockerfile=path_from(CLONE, text(at(settings, "dockerfile"))),
        context=context,
        archive=path_from(CLONE, text(at(settings, "tar_path"))),
        caches_layers=bool(at(settings, "cache_from") or at(settings, "enable_cache")),
    )
    stays = truth(at(settings, "dry_run"), "dry_run") or truth(at(settings, "no_push"), "no_push")
    published = Publication(
        tool=f"plugins/{kind}",
        registry=registry,
        image=name.repository,
        tags=tags,
        archive="",
        source="",
        was_published=False,
        context=context,
    )
    return (build,) if stays else (build, published)


def _action(spec: Mapping[str, Any], _: Projects) -> tuple[Part, ...]:
    uses = text(spec.get("uses"))
    given = at(spec, "with") or {}
    if is_unknown(uses) or is_unknown(given):
        return (Unrecognised(what="which action runs is not seen"),)
    if uses.startswith("aquasecurity/trivy-action"):
        return _trivy_action(given)
    if uses.startswith("actions/checkout"):
        return (
            Checkout(repository=text(at(given, "repository")), directory=text(at(given, "path"))),
        )
    return (Unrecognised(what=f"what the action {uses} does is not seen"),)


def _trivy_action(given: Mapping[str, Any]) -> tuple[Part, ...]:
    listed = tuple(name.strip().lower() for name in text(at(given, "severity")).split(",") if name)
    kind = text(at(given, "scan-type")) or "image"
    is_image = kind == "image"
    return (
        Scan(
            tool="trivy",
            subject=ScanSubject.IMAGE if is_image else ScanSubject.DEPENDENCIES,
            image=text(at(given, "image-ref")) if is_image else "",
            archive=path_from(CLONE, text(at(given, "input"))),
            directory="" if is_image else path_from(CLONE, text(at(given, "scan-ref")) or "."),
            stops_at=(listed or SEVERITIES)
            if text(at(given, "exit-code")) not in ("", "0")
            else (),
            defeated_by="",
        ),
    )


SCRIPT_STEPS: Mapping[str, Reader] = {
    "Run": _run,
    "Test": _run,
    "Container": _run,
    "Background": _background,
    "ShellScript": _shell_script,
    "RunTests": _selected_tests,
    "Plugin": _plugin,
    "Action": _action,
}
"""Types of steps that run what somebody wrote."""
