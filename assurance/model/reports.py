"""What a report is made of: everything that a run found, in records without behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assurance.model.judgements import Judgement, Layer, Outcome
from assurance.model.requirements import Framework, Requirement, Waiver
from assurance.model.subjects import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class StepText:
    """A step as it stands in a feature file, with its own keyword (`Given`, `And`, …)."""

    keyword: str
    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioText:
    """A scenario as it stands in a feature file.

    Attributes:
        requirement: The id that its rule is tagged with.
        layers: The layers that it is tagged with.
        feature: Title of the feature.
        feature_description: The free text under the title.
        feature_line: Where the feature starts.
        rule: Title of the rule.
        rule_line: Where the rule starts.
        title: Its own, unique in the file.
        tags: All tags that apply, with their `@`.
        steps: Its steps, those of the backgrounds first.
        location: File, relative to the directory of the features, and line.
    """

    requirement: str
    layers: tuple[Layer, ...]
    feature: str
    feature_description: str
    feature_line: int
    rule: str
    rule_line: int
    title: str
    tags: tuple[str, ...]
    steps: tuple[StepText, ...]
    location: Location


class StepStatus(StrEnum):
    """Cucumber's words for what became of a step."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    UNDEFINED = "undefined"
    AMBIGUOUS = "ambiguous"
    PENDING = "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRun:
    """What became of one step of a scenario run.

    Attributes:
        step: Which step.
        status: A step that was never reached is `skipped`.
        seconds: How long it took.
        message: What went wrong, or why it was skipped.
    """

    step: StepText
    status: StepStatus
    seconds: float
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioRun:
    """One scenario on one layer of one environment, carried out or not.

    Attributes:
        scenario: Which scenario.
        environment: Where.
        layer: On which evidence.
        outcome: The worst outcome of its judgements; `error` when it broke before judging,
            `notchecked` when it was deselected or its layer or environment is not part of the run.
        steps: All its steps, also those that never ran.
        seconds: How long it took, set-up included.
        message: Why it broke or did not take place.
    """

    scenario: ScenarioText
    environment: str
    layer: Layer
    outcome: Outcome
    steps: tuple[StepRun, ...]
    seconds: float
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the rows of one requirement come to.

    Attributes:
        requirement: Its id.
        outcome: The worst of what was looked at; `notchecked` when nothing was.
        layers: The worst outcome of each of its layers.
    """

    requirement: str
    outcome: Outcome
    layers: Mapping[str, Outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The proof of bite of one requirement.

    Attributes:
        requirement: Its id.
        tried: How many counterexamples were tried on this system.
        caught: How many of them were caught.
        faults: What keeps the requirement from being proven to bite, one sentence each.
        idle: Counterexamples that nothing in this system matches.
    """

    requirement: str
    tried: int
    caught: int
    faults: tuple[str, ...]
    idle: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentEntry:
    """A document of the evidence, as the report lists it."""

    kind: str
    source: str
    environment: str
    layer: str
    collected_at: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that limits what the evidence can say.

    Attributes:
        is_fault: Whether it is a fault of the suite or its tools, which no verdict may rest on.
        text: What happened, in one sentence.
        location: Where.
        environment: Whose evidence it is; empty for the whole system.
    """

    is_fault: bool
    text: str
    location: Location | None
    environment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The header of a report: all that may differ between two runs on the same evidence.

    Attributes:
        system: Name of the system.
        started: RFC 3339, UTC.
        seconds: How long the run took.
        version: Of the suite.
        tools: Name → version of what evaluated the evidence.
        environments: Those that were judged.
        layers: Those that were judged.
        exit_status: 0, 1 or 6.
        bite: Whether the proof of bite was part of the run.
    """

    system: str
    started: str
    seconds: float
    version: str
    tools: Mapping[str, str]
    environments: tuple[str, ...]
    layers: tuple[Layer, ...]
    exit_status: int
    bite: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A run, ready to be written in any format.

    Attributes:
        run: The header.
        requirements: The whole catalogue, in order.
        frameworks: The control frameworks that the catalogue maps to.
        summaries: Requirement id → what it comes to.
        proofs: Requirement id → proof of bite; empty when it was not part of the run.
        rows: The closed ledger.
        scenarios: Everything that stands in the feature files.
        runs: What became of every scenario, on every layer and environment it is meant for.
        waivers: All waivers of the system.
        documents: The evidence.
        unread: Managed resource types of the system that no reader knows, with their number:
            what this suite did not look at.
        notes: What limits what the evidence can say, faults first.
    """

    run: Run
    requirements: tuple[Requirement, ...]
    frameworks: tuple[Framework, ...]
    summaries: Mapping[str, Summary]
    proofs: Mapping[str, Proof]
    rows: tuple[Judgement, ...]
    scenarios: tuple[ScenarioText, ...]
    runs: tuple[ScenarioRun, ...]
    waivers: tuple[Waiver, ...]
    documents: tuple[DocumentEntry, ...]
    unread: Mapping[str, int]
    notes: tuple[Note, ...] = ()
