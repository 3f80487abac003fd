"""Small and large reports, made of records alone, for tests of what renders them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from assurance.ledger import exit_status, summarise
from assurance.model.judgements import Judgement, Layer, Outcome, Reason
from assurance.model.reports import (
    DocumentEntry,
    Note,
    Proof,
    Report,
    Run,
    ScenarioRun,
    ScenarioText,
    StepRun,
    StepStatus,
    StepText,
)
from assurance.model.requirements import (
    Control,
    Framework,
    Parameter,
    Requirement,
    Severity,
    Waiver,
)
from assurance.model.subjects import Location

DIGEST = "sha256:" + "ab" * 32
HOSTILE = "</script><script>alert(1)</script><b>&amp;\x00\x1b[31m\ufffe"
"""Markup, an end of a script, and characters that XML cannot hold."""

CONTROLS = {
    "AC-4": Control(framework="nist-800-53r5", id="AC-4", title="Information Flow Enforcement"),
    "SC-28": Control(framework="nist-800-53r5", id="SC-28", title="Protection at Rest"),
}
FRAMEWORK = Framework(
    id="nist-800-53r5",
    title="NIST SP 800-53 revision 5",
    source="https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final",
    controls=CONTROLS,
)


def requirement(id: str, title: str = "It holds", **changes: object) -> Requirement:
    """Return a requirement on the declared and the deployed layer, the latter unbuilt."""
    area = {"NET": "network", "DAT": "data", "SRC": "source_control"}[id.split("-", maxsplit=1)[0]]
    made = Requirement(
        id=id,
        area=area,
        title=title,
        statement=f"{title}, always.",
        layers=(Layer.DECLARED, Layer.DEPLOYED),
        unbuilt=(Layer.DEPLOYED,),
        severity=Severity.HIGH,
        parameters={},
        when_empty="fail",
        notapplicable={},
        controls=(),
        policies=(),
        remedy="Set it right.",
        counterexamples=(),
        location=Location(file=f"requirements/{area}.yaml", line=1),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def row(
    requirement: str, outcome: Outcome, subject: str = "aws_vpc.main", **changes: object
) -> Judgement:
    """Return a judgement of a step of the scenario `It is so`, in production."""
    made = Judgement(
        requirement=requirement,
        environment="production",
        layer=Layer.DECLARED,
        scenario="It is so",
        step="every thing is so",
        subject=subject,
        outcome=outcome,
        expected="so",
        actual="so" if outcome is Outcome.PASS else "not so",
        location=Location(file="infrastructure/main.tf", line=7),
        evidence=DIGEST,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def left_out(requirement: str, reason: Reason, **changes: object) -> Judgement:
    """Return the row of what was not looked at."""
    nothing = {"scenario": "", "step": "", "location": None, "evidence": "", "actual": reason}
    return row(requirement, Outcome.NOTCHECKED, "system", **(nothing | changes))


def scenario(
    requirement: str, line: int, title: str = "It is so", **changes: object
) -> ScenarioText:
    """Return a scenario of two steps that begins in a line."""
    made = ScenarioText(
        requirement=requirement,
        layers=(Layer.DECLARED,),
        feature="Things",
        feature_description="What all things have in common.",
        feature_line=2,
        rule=f"The rule of {requirement}",
        rule_line=line - 2,
        title=title,
        tags=("@network", f"@{requirement}", "@declared"),
        steps=(
            StepText(keyword="Given", text="at least one thing", line=line + 1),
            StepText(keyword="Then", text="every thing is so", line=line + 2),
        ),
        location=Location(file="network/things.feature", line=line),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def run(
    scenario: ScenarioText,
    outcome: Outcome,
    statuses: Sequence[StepStatus],
    message: str = "",
    step_message: str = "",
    environment: str = "production",
) -> ScenarioRun:
    """Return what became of a scenario whose steps ended so."""
    steps = tuple(
        StepRun(
            step=step,
            status=status,
            seconds=0.25 if status is not StepStatus.SKIPPED else 0.0,
            message=step_message if status not in (StepStatus.PASSED, StepStatus.SKIPPED) else "",
        )
        for step, status in zip(scenario.steps, statuses, strict=True)
    )
    return ScenarioRun(
        scenario=scenario,
        environment=environment,
        layer=Layer.DECLARED,
        outcome=outcome,
        steps=steps,
        seconds=0.5,
        message=message,
    )


def report(
    requirements: Iterable[Requirement], rows: Iterable[Judgement], **changes: object
) -> Report:
    """Return a report of these rows, summarised as a run does it."""
    catalogue, ledger = tuple(requirements), tuple(rows)
    made = Report(
        run=Run(
            system="workshop",
            started="2026-01-02T03:04:05Z",
            seconds=1.5,
            version="0.0.0",
            tools={"checkov": "3.3.30", "terraform-test": "1.11.4"},
            environments=("staging", "production"),
            layers=tuple(Layer),
            exit_status=exit_status(ledger),
            bite=False,
        ),
        requirements=catalogue,
        frameworks=(FRAMEWORK,),
        summaries={
            entry.id: summarise(entry, [row for row in ledger if row.requirement == entry.id])
            for entry in catalogue
        },
        proofs={},
        rows=ledger,
        scenarios=(),
        runs=(),
        waivers=(),
        documents=(document(),),
        unread={},
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def document() -> DocumentEntry:
    """Return an entry of the evidence."""
    return DocumentEntry(
        kind="terraform",
        source="infrastructure/environments/production",
        environment="production",
        layer="declared",
        collected_at="2026-01-02T03:04:00Z",
        digest=DIGEST,
    )


_P, _F, _S, _U = StepStatus.PASSED, StepStatus.FAILED, StepStatus.SKIPPED, StepStatus.UNDEFINED
WAIVER_TEXT = "The old one is being left. (owner ann, approved by bob, until 2026-12-31)"


def every_outcome() -> Report:
    """Return a report in which everything that can become of something has become of something."""
    catalogue = _catalogue()
    rows = _rows()
    made = report(
        catalogue,
        rows,
        scenarios=_scenarios(),
        runs=_runs(),
        waivers=(_waiver(),),
        unread={"aws_eip": 2, "aws_kms_alias": 5},
        notes=(
            Note(
                is_fault=False,
                text=f"no value: {HOSTILE}",
                location=Location(file="infrastructure/main.tf", line=3),
                environment="production",
            ),
        ),
        proofs={
            "NET-01": Proof(requirement="NET-01", tried=4, caught=4, faults=(), idle=("remove x",)),
            "NET-02": Proof(
                requirement="NET-02", tried=2, caught=1, faults=("missed: set a 1",), idle=()
            ),
        },
    )
    return replace(made, run=replace(made.run, bite=True))


def _catalogue() -> tuple[Requirement, ...]:
    days = Parameter(name="days", default=30, value=90, unit="days", meaning="How long")
    return (
        requirement(
            "SRC-01", "Sources are kept", layers=(Layer.DECLARED,), unbuilt=(Layer.DECLARED,)
        ),
        requirement(
            "NET-01",
            "Networks are private",
            severity=Severity.CRITICAL,
            controls=(CONTROLS["AC-4"],),
        ),
        requirement("NET-02", "Networks are recorded", parameters={"days": days}),
        requirement("NET-10", f"Names are {HOSTILE}", severity=Severity.LOW),
        requirement(
            "DAT-01",
            "Data is encrypted",
            controls=(CONTROLS["SC-28"], CONTROLS["AC-4"]),
            policies=("CKV_AWS_16",),
        ),
        requirement("DAT-02", "Data is copied", severity=Severity.MEDIUM),
    )


def _rows() -> tuple[Judgement, ...]:
    deployed = [
        left_out(name, Reason.UNBUILT, layer=Layer.DEPLOYED, environment=environment)
        for name in ("NET-01", "NET-02", "NET-10", "DAT-01", "DAT-02")
        for environment in ("production", "staging")
    ]
    return (
        left_out("SRC-01", Reason.UNBUILT),
        row("NET-01", Outcome.FAIL, "aws_vpc.open"),
        row("NET-01", Outcome.PASS, "aws_vpc.main"),
        row("NET-01", Outcome.PASS, "aws_vpc.main", environment="staging"),
        row("NET-02", Outcome.WAIVED, "aws_vpc.old", waiver=WAIVER_TEXT),
        left_out("NET-02", Reason.DESELECTED, scenario="It is so", environment="staging"),
        row("NET-10", Outcome.FAIL, f'aws_vpc.v["{HOSTILE}"]', expected=HOSTILE, actual=HOSTILE),
        row("NET-10", Outcome.PASS, f'aws_vpc.w["{HOSTILE}"]', expected=HOSTILE, actual=HOSTILE),
        row(
            "NET-10",
            Outcome.ERROR,
            "system",
            step="",
            location=None,
            evidence="",
            environment="staging",
        ),
        row("DAT-01", Outcome.UNKNOWN, "aws_db_instance.a"),
        row(
            "DAT-01",
            Outcome.ERROR,
            "system",
            step="",
            location=None,
            evidence="",
            environment="staging",
        ),
        row(
            "DAT-01",
            Outcome.PASS,
            "aws_db_instance.a",
            scenario="Checkov policies",
            step="CKV_AWS_16",
        ),
        row("DAT-02", Outcome.NOTAPPLICABLE, "aws_dynamodb_table.t"),
        row("DAT-02", Outcome.NOTAPPLICABLE, "aws_dynamodb_table.t", environment="staging"),
        *deployed,
    )


def _scenarios() -> tuple[ScenarioText, ...]:
    return tuple(
        scenario(name, line)
        for name, line in (
            ("NET-01", 10),
            ("NET-02", 20),
            ("NET-10", 30),
            ("DAT-01", 40),
            ("DAT-02", 50),
        )
    )


def _runs() -> tuple[ScenarioRun, ...]:
    """One run of each scenario in each environment; the last is never bound in staging."""
    private, recorded, named, encrypted, copied = _scenarios()
    denied = "its evidence could not be prepared: AccessDenied"
    undefined = "no step is defined for the sentence in line 32"
    return (
        run(private, Outcome.FAIL, (_P, _F), step_message="fail: aws_vpc.open: not so"),
        run(private, Outcome.PASS, (_P, _P), environment="staging"),
        run(recorded, Outcome.FAIL, (_P, _F), step_message="fail: aws_vpc.old: not so"),
        run(recorded, Outcome.NOTCHECKED, (_S, _S), Reason.DESELECTED, environment="staging"),
        run(named, Outcome.FAIL, (_P, _F), step_message=f"fail: {HOSTILE}"),
        run(named, Outcome.ERROR, (_P, _U), undefined, undefined, environment="staging"),
        run(
            encrypted, Outcome.UNKNOWN, (_P, _F), step_message="unknown: aws_db_instance.a: not so"
        ),
        run(encrypted, Outcome.ERROR, (_S, _S), denied, environment="staging"),
        run(copied, Outcome.NOTAPPLICABLE, (_P, _S)),
    )


STATUSES = {"passed": 1, "failed": 5, "undefined": 1, "skipped": 3}
"""What Cucumber's tools must count of the scenarios of `every_outcome`."""


def _waiver() -> Waiver:
    return Waiver(
        requirement="NET-02",
        subject="aws_vpc.old",
        environments=(),
        reason="The old one is being left.",
        owner="ann",
        approver="bob",
        approved=date(2026, 1, 1),
        expires=date(2026, 12, 31),
        location=Location(file="waivers.yaml", line=3),
    )


def passing() -> Report:
    """Return a report in which everything holds."""
    return report([requirement("NET-01")], [row("NET-01", Outcome.PASS)])


def large(judgements: int, *, failing_every: int = 50) -> Report:
    """Return a report of many judgements over 160 requirements, generated and without meaning."""
    names = [f"{area}-{number:02}" for area in ("SRC", "NET", "DAT") for number in range(1, 55)]
    catalogue = [requirement(name, f"Thing {name} is as it must be") for name in names]
    texts = [scenario(name, 10 * (index + 1)) for index, name in enumerate(names)]
    rows = (
        row(
            names[number % len(names)],
            Outcome.FAIL if number % failing_every == 0 else Outcome.PASS,
            f'module.part_{number % 90}.aws_thing.those["key-{number}"]',
            environment="production" if number // len(names) % 3 else "staging",
            expected="encrypted with a customer managed key that is rotated every year",
            actual=f"encrypted with aws_kms_key.number_{number % 700}, rotated every year",
            location=Location(
                file=f"infrastructure/modules/part_{number % 90}/main.tf", line=number
            ),
        )
        for number in range(judgements)
    )
    return report(catalogue, rows, scenarios=tuple(texts))
