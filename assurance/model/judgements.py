"""Outcomes and judgements: the rows of the ledger."""

from __future__ import annotations

from enum import StrEnum

from assurance.model.records import record
from assurance.model.requirements import Layer
from assurance.model.subjects import Location

__all__ = ["Judgement", "Layer", "Outcome", "Reason", "worst"]


class Outcome(StrEnum):
    """XCCDF's words, worst first; `error` and `unknown` are never counted as passed."""

    FAIL = "fail"
    ERROR = "error"
    UNKNOWN = "unknown"
    NOTCHECKED = "notchecked"
    WAIVED = "waived"
    NOTAPPLICABLE = "notapplicable"
    PASS = "pass"  # noqa: S105  the outcome, not a password

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Outcome).index(self)


class Reason(StrEnum):
    """The registered reasons for `notchecked`."""

    UNBUILT = "verifier not built"
    LAYER = "layer not selected"
    ENVIRONMENT = "environment not selected"
    PLACE = "the environment is not looked at on this layer"
    DESELECTED = "scenario deselected"
    TOOL = "a tool is missing"
    PLAN = "no plan was given"
    ENGINE = "no container engine holds the images"
    ADDRESS = "no base URL was given"
    PLAIN = "the address is plain HTTP, and nothing is described there that could end TLS"
    API = "no OpenAPI document was named"
    ISSUER = "nothing that issues tokens was given"
    BACKEND = "no address of the backend itself was given"
    TWIN = "no twin without its database was given"
    FLAGS = "no instance without its flag service was given"
    EVALUATIONS = "no evaluation of a flag was seen in traces"
    METRICS = "no address of metrics was given"
    LOGS = "no logs were given"
    TRACES = "no traces were given"
    BROWSER = "no browser is installed"
    PAGES = "no pages of a frontend were named"
    JOURNEYS = "no journeys of people were named"
    SIGN_IN = "nobody said how people sign in there"
    RATE = "no rate that may be exceeded was given"


def worst(outcomes: tuple[Outcome, ...]) -> Outcome:
    """Return the worst outcome; of none, `error`: nothing was judged.

    What is not applicable says nothing about the rest, so it counts only where all is so.
    """
    concerned = tuple(o for o in outcomes if o is not Outcome.NOTAPPLICABLE) or outcomes
    return min(concerned, key=lambda outcome: outcome.rank, default=Outcome.ERROR)


@record(kw_only=True)
class Judgement:
    """One row: requirement × environment × layer × scenario × step × subject → outcome.

    Attributes:
        requirement: Its id.
        environment: Where.
        layer: On which evidence.
        scenario: Title of the scenario, or of the verifier beside the scenarios.
        step: The sentence that was judged.
        subject: The id of the thing judged.
        outcome: The verdict on it.
        expected: What the requirement wants, in words and values.
        actual: What the evidence shows; for the outcomes without a finding, the reason.
        location: File and line, ARN or URL.
        evidence: Digest of the document that was judged.
        waiver: Who approved the exception, until when and why; only for `waived`.
    """

    requirement: str
    environment: str
    layer: Layer
    scenario: str
    step: str
    subject: str
    outcome: Outcome
    expected: str
    actual: str
    location: Location | None = None
    evidence: str = ""
    waiver: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What makes the row one of its kind, and its place in the ledger."""
        return (
            self.requirement,
            self.environment,
            self.layer,
            self.scenario,
            self.step,
            self.subject,
        )
