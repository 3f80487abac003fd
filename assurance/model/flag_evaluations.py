"""What is seen of feature flags from outside, in the words of OpenFeature."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Decision:
    """What one evaluation of a flag came to.

    Attributes:
        value: That it took, or the name of its variant; empty where neither was told.
        reason: In lower case, such as `split` or `error`; empty where it was not told.
        provider: What decided; empty where it was not told.
        error: Its type; empty where there was none.
    """

    value: str
    reason: str
    provider: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SeenEvaluation:
    """A flag that an operation evaluated.

    Attributes:
        flag: Its key.
        usual: What it came to as clients meet the system.
        without: What it came to where the flag service cannot be reached.
    """

    subject: Subject
    flag: str
    usual: tuple[Decision, ...]
    without: tuple[Decision, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RequestWithoutFlags:
    """A request to an instance that cannot reach its flag service.

    Attributes:
        usual: The status where the flag service answers; 0 where nothing came.
        status: The status without it; 0 where nothing came.
        is_flagged: Whether flags were evaluated for it, so that the answers may differ.
    """

    subject: Subject
    usual: int
    status: int
    is_flagged: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FlagsInUse:
    """Everything that was seen of flags.

    Attributes:
        given: What the run was given to see them.
    """

    given: frozenset[str]
    evaluations: tuple[SeenEvaluation, ...]
    requests: tuple[RequestWithoutFlags, ...]
