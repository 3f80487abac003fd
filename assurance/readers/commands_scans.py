"""Commands that scan images, dependencies, code and running systems.

What a tool does about findings by default is taken from its documentation; most find and succeed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assurance.model.actions import Command, Part
from assurance.model.checks import DynamicScan, QualityAnalysis, Scan, ScanSubject
from assurance.model.unknown import unknown
from assurance.readers.arguments import Arguments, separated
from assurance.readers.command_context import Call
from assurance.readers.severities import SEVERITIES, at_and_above, from_score

_TRIVY = {
    "image": ScanSubject.IMAGE,
    "i": ScanSubject.IMAGE,
    "fs": ScanSubject.DEPENDENCIES,
    "filesystem": ScanSubject.DEPENDENCIES,
    "repo": ScanSubject.DEPENDENCIES,
    "repository": ScanSubject.DEPENDENCIES,
    "rootfs": ScanSubject.DEPENDENCIES,
    "sbom": ScanSubject.DEPENDENCIES,
    "config": ScanSubject.CONFIGURATION,
}
_TRIVY_VALUES = (
    *("--severity", "-s", "--exit-code", "--format", "-f", "--output", "-o", "--scanners"),
    *("--input", "--timeout", "--cache-dir", "--ignorefile", "--template", "-t", "--config", "-c"),
    *("--vuln-type", "--pkg-types", "--skip-dirs", "--skip-files", "--db-repository", "--platform"),
)
_ARCHIVES = ("docker-archive:", "oci-archive:")


def _scan(
    call: Call, subject: ScanSubject, target: str, stops_at: tuple[str, ...], archive: str = ""
) -> tuple[Part, ...]:
    is_image = subject is ScanSubject.IMAGE
    for prefix in _ARCHIVES:
        if target.startswith(prefix):
            archive, target = target.removeprefix(prefix), ""
    return (
        Scan(
            tool=call.program,
            subject=subject,
            image=target if is_image and not archive else "",
            archive=call.path(archive),
            directory=call.directory if is_image else call.path(target or "."),
            stops_at=stops_at,
            defeated_by=call.defeated_by,
        ),
    )


def _nothing(call: Call) -> tuple[Part, ...]:
    return (Command(text=call.invocation.text, directory=call.directory, hides=""),)


def _trivy(call: Call) -> tuple[Part, ...]:
    given = call.arguments
    rest = given.rest(*_TRIVY_VALUES)
    if not rest or rest[0] not in _TRIVY or given.has("--download-db-only"):
        return _nothing(call)
    scanners = separated(given.values("--scanners", "--security-checks"))
    subject = _TRIVY[rest[0]]
    if scanners and "vuln" not in scanners:
        subject = ScanSubject.CONFIGURATION
    listed = given.value("--severity", "-s") or call.variables.get("TRIVY_SEVERITY", "")
    code = given.value("--exit-code") or call.variables.get("TRIVY_EXIT_CODE", "0")
    named = tuple(name.lower() for name in separated((listed,))) or SEVERITIES
    stops: tuple[str, ...] = () if code == "0" else named
    if not code.isdigit() or any(name not in (*SEVERITIES, "unknown") for name in named):
        stops = unknown(f"at what `{call.invocation.text}` stops is decided by the run")
    target = rest[1] if len(rest) > 1 else ""
    return _scan(call, subject, target, stops, given.value("--input"))


def _grype(call: Call) -> tuple[Part, ...]:
    given = call.arguments
    target = (
        given.rest("--fail-on", "-f", "-o", "--output", "--config", "-c", "--scope") or ("",)
    )[0]
    stops = at_and_above(given.value("--fail-on", "-f"))
    for prefix in ("dir:", "sbom:", "file:"):
        if target.startswith(prefix):
            path = target.removeprefix(prefix)
            return _scan(call, ScanSubject.DEPENDENCIES, path if prefix == "dir:" else ".", stops)
    return _scan(call, ScanSubject.IMAGE, target, stops)


def _snyk(call: Call) -> tuple[Part, ...]:
    given = call.arguments
    rest = given.rest("--severity-threshold", "--file", "--org", "--project-name")
    kinds = {
        "container": ScanSubject.IMAGE,
        "code": ScanSubject.CODE,
        "iac": ScanSubject.CONFIGURATION,
    }
    kind = kinds.get(rest[0], ScanSubject.DEPENDENCIES) if rest else ScanSubject.DEPENDENCIES
    words = rest[1:] if rest and rest[0] in kinds else rest
    if words[:1] not in (("test",), ("monitor",)):
        return _nothing(call)
    threshold = at_and_above(given.value("--severity-threshold", otherwise="low"))
    stops = threshold if words[0] == "test" else ()
    return _scan(call, kind, words[1] if len(words) > 1 else "", stops)


def _audit(*option: str, usual: str) -> Callable[[Call], tuple[Part, ...]]:
    """Return the reading of an audit of dependencies that fails at a level and above."""

    def read(call: Call) -> tuple[Part, ...]:
        stops = at_and_above(call.arguments.value(*option, otherwise=usual))
        return _scan(call, ScanSubject.DEPENDENCIES, "", stops)

    return read


def _dependency_check(call: Call) -> tuple[Part, ...]:
    lowest = call.arguments.value("--failOnCVSS", otherwise="never")
    target = call.arguments.value("--scan", "-s")
    return _scan(call, ScanSubject.DEPENDENCIES, target, from_score(lowest))


def _semgrep(call: Call) -> tuple[Part, ...]:
    given = call.arguments
    rest = given.rest("--config", "-c", "--output", "-o", "--severity", "--exclude", "--include")
    stops = SEVERITIES if rest[:1] == ("ci",) or given.has("--error") else ()
    targets = [word for word in rest if word not in ("ci", "scan")]
    return _scan(call, ScanSubject.CODE, targets[0] if targets else "", stops)


def _bandit(call: Call) -> tuple[Part, ...]:
    given = call.arguments
    level = {"-l": "low", "-ll": "medium", "-lll": "high"}
    lowest = given.value("--severity-level", otherwise="low")
    lowest = next((level[word] for word in given.words if word in level), lowest)
    if lowest == "all":
        lowest = "low"
    stops = () if given.has("--exit-zero") else at_and_above(lowest)
    with_value = ("-c", "--configfile", "-f", "--format", "-o", "--output", "-x", "--exclude", "-s")
    targets = given.rest(*with_value, "--severity-level", "--confidence-level", "-t", "-b")
    return _scan(call, ScanSubject.CODE, targets[0] if targets else "", stops)


def _scout(call: Call) -> tuple[Part, ...]:
    """Read `docker scout`, called with `docker` as its program."""
    given = Arguments(call.arguments.words[1:])
    if given.words[:1] not in (("cves",), ("quickview",)):
        return _nothing(call)
    listed = separated(name.lower() for name in given.values("--only-severity"))
    stops = (listed or SEVERITIES) if given.has("--exit-code", "-e") else ()
    target = given.rest("--only-severity", "--format", "--output", "-o")[1:]
    return _scan(call, ScanSubject.IMAGE, target[0] if target else "", stops)


def _sonar(call: Call) -> tuple[Part, ...]:
    waits = [word for word in call.arguments.words if word.startswith("-Dsonar.qualitygate.wait=")]
    sources = [word for word in call.arguments.words if word.startswith("-Dsonar.projectBaseDir=")]
    enforces = bool(waits) and waits[-1].endswith("=true")
    project = call.projects.at(call.directory)
    if not waits:
        text = project.files.get("sonar-project.properties", "") if project else ""
        enforces = "sonar.qualitygate.wait=true" in text.replace(" ", "")
        if project is None:
            enforces = unknown("whether sonar-project.properties waits for the gate is not seen")
    directory = call.path(sources[-1].partition("=")[2]) if sources else call.directory
    return (
        QualityAnalysis(
            tool="sonarqube",
            directory=directory,
            enforces_gate=enforces,
            defeated_by=call.defeated_by,
        ),
    )


def _zap(call: Call) -> tuple[Part, ...]:
    given = call.arguments
    stops: tuple[str, ...] = SEVERITIES
    if given.has("-I"):
        rules = unknown("which alerts of ZAP fail is decided by a file that is not seen")
        stops = rules if given.has("-c", "-u") else ()
    return _dynamic(call, given.value("-t"), stops)


def _nuclei(call: Call) -> tuple[Part, ...]:
    return _dynamic(call, call.arguments.value("-u", "-target", "--target"), ())


def _dynamic(call: Call, address: str, stops: tuple[str, ...]) -> tuple[Part, ...]:
    tool = "zap" if call.program.startswith("zap") else call.program
    return (DynamicScan(tool=tool, address=address, stops_at=stops, defeated_by=call.defeated_by),)


SCAN_COMMANDS: Mapping[str, Callable[[Call], tuple[Part, ...]]] = {
    "trivy": _trivy,
    "grype": _grype,
    "snyk": _snyk,
    "npm audit": _audit("--audit-level", usual="low"),
    "pnpm audit": _audit("--audit-level", usual="low"),
    "yarn audit": _audit("--no-such-option", usual="low"),
    "pip-audit": _audit("--no-such-option", usual="low"),
    "pip_audit": _audit("--no-such-option", usual="low"),
    "safety": _audit("--no-such-option", usual="low"),
    "osv-scanner": _audit("--no-such-option", usual="low"),
    "dependency-check": _dependency_check,
    "dependency-check.sh": _dependency_check,
    "semgrep": _semgrep,
    "bandit": _bandit,
    "docker scout": _scout,
    "sonar-scanner": _sonar,
    "sonar": _sonar,
    "zap-baseline.py": _zap,
    "zap-full-scan.py": _zap,
    "zap-api-scan.py": _zap,
    "nuclei": _nuclei,
}
"""Programs that scan, some with the word that makes them."""
