"""Steps that check: scanners, approvals, verifications, policies.

A scanner's step always succeeds unless `advanced.fail_on_severity` names a severity
(https://developer.harness.io/docs/security-testing-orchestration/get-started/key-concepts/fail-pipelines-by-severity).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assurance.model.actions import Command, Part
from assurance.model.checks import (
    Approval,
    DynamicScan,
    PolicyCheck,
    QualityAnalysis,
    Scan,
    ScanSubject,
    Verification,
)
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.actions_scripts import Reader
from assurance.readers.command_context import path_from
from assurance.readers.projects import Projects
from assurance.readers.severities import at_and_above
from assurance.readers.shell_state import CLONE
from assurance.readers.written_values import at, text, texts, truth, whole

_CODE = (
    *("Bandit", "Brakeman", "Checkmarx", "CheckmarxOne", "CodeQL", "Coverity", "DataTheorem"),
    *("FortifyOnDemand", "GitHubAdvancedSecurity", "HarnessSAST", "Reapsaw", "Semgrep"),
    *("ShiftLeft", "Veracode", "Sast"),
)
_DEPENDENCIES = (
    *("AquaTrivy", "Snyk", "Grype", "Owasp", "OsvScanner", "BlackDuck", "Mend", "Anchore", "Fossa"),
    *("NexusIQ", "JfrogXray", "AquaSecurity", "PrismaCloud", "Sysdig", "HarnessSCA", "Wiz"),
    *("Clair", "AWSECR", "Qualys", "Tenable", "Sca", "CortexCloud", "Traceable"),
)
_CONFIGURATION = ("Checkov", "Prowler", "AWSSecurityHub", "CustomIngest", "Gitleaks")
_DYNAMIC = ("Zap", "Burp", "Nikto", "Nmap", "Metasploit", "Nessus", "Openvas", "Sniper")
_CONFIGS = {
    "code": ScanSubject.CODE,
    "iac": ScanSubject.CONFIGURATION,
    "sast": ScanSubject.CODE,
}


def _scanner(step_type: str) -> Reader:
    """Return the reading of a scanner of the security module."""

    def read(spec: Mapping[str, Any], _: Projects) -> tuple[Part, ...]:
        kind = text(at(spec, "target", "type"))
        stops = at_and_above(_threshold(spec))
        if is_unknown(kind) or kind == "instance" or (not kind and step_type in _DYNAMIC):
            return (_dynamic(step_type, spec, stops),)
        subject = _subject(step_type, kind, text(spec.get("config")))
        is_archive = text(at(spec, "image", "type")) == "local_archive"
        workspace = text(at(spec, "target", "workspace"))
        archive = (workspace or text(at(spec, "image", "name"))) if is_archive else ""
        is_image = subject is ScanSubject.IMAGE
        return (
            Scan(
                tool=step_type,
                subject=subject,
                image=_image(spec) if is_image and not is_archive else "",
                archive=path_from(CLONE, archive),
                directory="" if is_image or not workspace else path_from(CLONE, workspace),
                stops_at=stops,
                defeated_by="",
            ),
        )

    return read


def _threshold(spec: Mapping[str, Any]) -> str:
    found = at(spec, "advanced", "fail_on_severity")
    return text(at(spec, "settings", "fail_on_severity") if found is None else found)


def _subject(step_type: str, kind: str, config: str) -> ScanSubject:
    if kind == "container":
        return ScanSubject.IMAGE
    if kind == "configuration" or step_type in _CONFIGURATION:
        return ScanSubject.CONFIGURATION
    if step_type in _CODE or config in _CONFIGS:
        return _CONFIGS.get(config, ScanSubject.CODE)
    if step_type in _DEPENDENCIES:
        return ScanSubject.DEPENDENCIES
    found: ScanSubject = unknown(f"what {step_type} looks for in a repository is not known")
    return found


def _image(spec: Mapping[str, Any]) -> str:
    domain, name, tag = (text(at(spec, "image", key)) for key in ("domain", "name", "tag"))
    if any(is_unknown(part) for part in (domain, name, tag)):
        found: str = unknown("which image is scanned is not seen")
        return found
    path = f"{domain}/{name}" if domain and domain not in name else name
    return f"{path}:{tag}" if tag else path


def _dynamic(step_type: str, spec: Mapping[str, Any], stops: tuple[str, ...]) -> DynamicScan:
    instance = at(spec, "instance") or {}
    protocol, domain = text(at(instance, "protocol")), text(at(instance, "domain"))
    address = f"{protocol or 'https'}://{domain}" if domain else ""
    address = address or text(at(spec, "target", "name"))
    return DynamicScan(tool=step_type, address=address, stops_at=stops, defeated_by="")


def _security(spec: Mapping[str, Any], projects: Projects) -> tuple[Part, ...]:
    """Read the older step for all scanners, with its free settings."""
    settings = at(spec, "settings") or {}
    kind = text(at(settings, "scan_type"))
    tool = text(at(settings, "product_name"))
    target = {"containerImage": "container", "instance": "instance"}.get(kind, "repository")
    given = {
        "target": {"type": target, "name": text(at(settings, "instance_domain"))},
        "image": {
            "name": text(at(settings, "container_project")),
            "domain": text(at(settings, "container_domain")),
            "tag": text(at(settings, "container_tag")),
        },
        "advanced": {"fail_on_severity": at(settings, "fail_on_severity")},
    }
    names = {name.lower(): name for name in (*_CODE, *_DEPENDENCIES, *_DYNAMIC)}
    if tool.lower() in ("sonarqube", "sonar"):
        return _quality({"advanced": given["advanced"]}, projects)
    return _scanner(names.get(tool.replace("-", "").lower(), tool))(given, projects)


def _quality(spec: Mapping[str, Any], _: Projects) -> tuple[Part, ...]:
    """Read `Sonarqube`: findings of the gate stop it at a severity, or the scanner waits for it."""
    stops: Any = at_and_above(_threshold(spec))
    cli = text(at(spec, "advanced", "args", "cli"))
    waits = not is_unknown(cli) and "sonar.qualitygate.wait=true" in cli
    enforces: bool = True if waits else stops if is_unknown(stops) else bool(stops)
    return (
        QualityAnalysis(
            tool="sonarqube",
            directory=path_from(CLONE, text(at(spec, "target", "workspace"))),
            enforces_gate=enforces,
            defeated_by="",
        ),
    )


def _approval(spec: Mapping[str, Any], _: Projects) -> tuple[Part, ...]:
    approvers = at(spec, "approvers")
    minimum = whole(at(approvers, "minimumCount"), "how many must approve")
    excludes = at(approvers, "disallowPipelineExecutor")
    history = at(spec, "includePipelineExecutionHistory")
    return (
        Approval(
            kind="HarnessApproval",
            groups=texts(at(approvers, "userGroups")),
            minimum=0 if minimum is None else minimum,
            excludes_executor=truth(excludes, "whether the executor may approve"),
            approves_itself=at(spec, "autoApproval") is not None,
            shows_history=truth(history, "whether the history is shown"),
            message=text(at(spec, "approvalMessage")),
            timeout="",
        ),
    )


def _approval_elsewhere(kind: str) -> Reader:
    """Return the reading of an approval that another system decides about."""

    def read(_: Mapping[str, Any], __: Projects) -> tuple[Part, ...]:
        outside: Any = unknown(f"who approves, and what they see, is decided outside ({kind})")
        return (
            Approval(
                kind=kind,
                groups=outside,
                minimum=outside,
                excludes_executor=outside,
                approves_itself=False,
                shows_history=outside,
                message=outside,
                timeout="",
            ),
        )

    return read


def _verify(spec: Mapping[str, Any], _: Projects) -> tuple[Part, ...]:
    inner = at(spec, "spec")
    return (
        Verification(
            kind=text(spec.get("type")),
            duration=text(at(inner, "duration")),
            sensitivity=text(at(inner, "sensitivity")),
        ),
    )


def _policy(spec: Mapping[str, Any], _: Projects) -> tuple[Part, ...]:
    return (PolicyCheck(policy_sets=texts(spec.get("policySets"))),)


def _quiet(step_type: str) -> Reader:
    def read(_: Mapping[str, Any], __: Projects) -> tuple[Part, ...]:
        return (Command(text=step_type, directory="", hides=""),)

    return read


CHECK_STEPS: Mapping[str, Reader] = {
    **{name: _scanner(name) for name in (*_CODE, *_DEPENDENCIES, *_CONFIGURATION, *_DYNAMIC)},
    "Security": _security,
    "Sonarqube": _quality,
    "HarnessApproval": _approval,
    **{
        name: _approval_elsewhere(name)
        for name in ("JiraApproval", "ServiceNowApproval", "CustomApproval")
    },
    "Verify": _verify,
    "Policy": _policy,
    "SscaEnforcement": _policy,
    "CdSscaEnforcement": _policy,
    **{
        name: _quiet(name)
        for name in (
            *("SscaOrchestration", "CdSscaOrchestration", "SlsaVerification", "ModelScan", "Syft"),
            *("SscaArtifactSigning", "SscaArtifactVerification", "DockerContentTrust", "Http"),
            *("SscaCompliance", "ChangeAdvisor", "TerraformPlan", "TerragruntPlan", "K8sDryRun"),
            *("K8sDiff", "AwsCdkDiff", "AwsCdkSynth", "EventListener", "DownloadManifests"),
        )
    },
}
"""Types of steps that check, or only look."""
