"""What decides whether a stage or step runs, how often, and what follows when it fails.

In Harness's words (https://developer.harness.io/docs/platform/pipelines/); what an expression
decides is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assurance.model.records import record
from assurance.model.subjects import Location


class Status(StrEnum):
    """What must have happened so far for a stage or a step to run."""

    SUCCESS = "Success"
    FAILURE = "Failure"
    ALL = "All"


@record(kw_only=True, eq=False)
class Condition:
    """When a stage, group or step runs.

    Attributes:
        status: One of `Status`, of the pipeline so far for a stage, else of the stage so far.
        expression: What must be true besides, as it is written; empty for nothing.
        location: Where it is written.
    """

    status: Status
    expression: str
    location: Location


class Reaction(StrEnum):
    """What Harness does about a failure."""

    IGNORE = "Ignore"
    MARK_AS_SUCCESS = "MarkAsSuccess"
    MARK_AS_FAILURE = "MarkAsFailure"
    ABORT = "Abort"
    RETRY = "Retry"
    RETRY_GROUP = "RetryStepGroup"
    ROLL_BACK_STAGE = "StageRollback"
    ROLL_BACK_GROUP = "StepGroupRollback"
    ROLL_BACK_PIPELINE = "PipelineRollback"
    ASK = "ManualIntervention"
    TAKE_DEFAULTS = "ProceedWithDefaultValues"


@record(kw_only=True, eq=False)
class Response:
    """What is done about a failure, and what after that did not help.

    Attributes:
        reaction: One of `Reaction`.
        retries: How often a retry is tried; 0 for everything else.
        otherwise: After the last retry, or when nobody intervened in time; None where unstated.
    """

    reaction: Reaction
    retries: int
    otherwise: Response | None


@record(kw_only=True, eq=False)
class FailureStrategy:
    """The response to some kinds of error.

    Attributes:
        errors: Such as `AllErrors`, `Timeout`, `ApprovalRejection`.
        response: What is done.
        level: Where it is stated: `step`, `group` or `stage`.
        location: Where it is written.
    """

    errors: tuple[str, ...]
    response: Response
    level: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Loop:
    """A repetition of a stage, group or step.

    Attributes:
        kind: `matrix`, `repeat` or `parallelism`.
        count: How many times it runs; unknown where an expression decides, and may be 0.
        axes: The values by the expression that stands for them, such as `matrix.service`.
        at_once: How many run at the same time; 0 for all.
    """

    kind: str
    count: int
    axes: Mapping[str, tuple[str, ...]]
    at_once: int
