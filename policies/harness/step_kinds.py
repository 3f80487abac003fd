"""What kinds of steps there are, by the `type` that Harness gives them."""

from __future__ import annotations

from definition_block import Block

# Steps of Harness's security testing that carry `advanced.fail_on_severity`.
SCANS = frozenset(
    (
        *(
            "Anchore",
            "AquaSecurity",
            "AquaTrivy",
            "AWSECR",
            "AWSSecurityHub",
            "Bandit",
            "BlackDuck",
        ),
        *("Brakeman", "Burp", "Checkmarx", "CheckmarxOne", "Checkov", "Clair", "CodeQL"),
        *("CortexCloud", "Coverity", "CustomIngest", "DataTheorem", "FortifyOnDemand", "Fossa"),
        *("GitHubAdvancedSecurity", "Gitleaks", "Grype", "HarnessSAST", "HarnessSCA", "JfrogXray"),
        *("Mend", "Metasploit", "Nessus", "NexusIQ", "Nikto", "Nmap", "Openvas", "OsvScanner"),
        *("Owasp", "PrismaCloud", "Prowler", "Qualys", "Reapsaw", "Sast", "Sca", "Security"),
        *("Semgrep", "ShiftLeft", "Sniper", "Snyk", "Sonarqube", "Sysdig", "Tenable", "Traceable"),
        *("Veracode", "Wiz", "Zap"),
    )
)
APPROVALS = frozenset(("HarnessApproval", "JiraApproval", "ServiceNowApproval", "CustomApproval"))
TESTS = frozenset(("RunTests", "Test"))
VERDICTS = frozenset(("Verify", "Policy"))
# Each captures the state that a rollback returns to.
SETUPS = frozenset(("EcsBlueGreenCreateService", "EcsServiceSetup"))
COMMANDS = frozenset(("Run", "RunTests", "Test", "Background", "Plugin", "Container"))
PUBLICATIONS = frozenset(
    (
        "BuildAndPushECR",
        "BuildAndPushDockerRegistry",
        "BuildAndPushACR",
        "BuildAndPushGAR",
        "BuildAndPushGCR",
    )
)


def kind(step: Block) -> str:
    """The type of a step; an expression is `Unresolved`."""
    return step.text("type")


def gate(step: Block) -> str:
    """What a step holds back when it fails, in words; empty when it holds nothing back."""
    found = kind(step)
    for kinds, words in (
        (SCANS, "scan"),
        (APPROVALS, "approval"),
        (TESTS, "test"),
        (VERDICTS, "verdict"),
    ):
        if found in kinds:
            return words
    reports = found in COMMANDS and step.block("spec").given("reports")
    return "test" if reports else ""
