"""What an application tells of itself, in the words of OpenTelemetry and Prometheus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sample:
    """A number of a metric, with how much it rose while requests were sent.

    Attributes:
        family: The name of its metric.
        kind: Of its metric: `counter`, `histogram`, …
        name: Its own.
        labels: What it counts.
        rise: How much it rose.
    """

    family: str
    kind: str
    name: str
    labels: Mapping[str, str]
    rise: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sent:
    """Requests that were sent meanwhile.

    Attributes:
        route: The template of their path.
        status: What they were answered.
        count: How many.
    """

    route: str
    status: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MetricsPage:
    """A page of metrics.

    Attributes:
        media: Its content type.
        fault: Why it cannot be had or read.
        samples: What rose.
        sent: What was sent.
    """

    subject: Subject
    media: str
    fault: str
    samples: tuple[Sample, ...]
    sent: tuple[Sent, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Span:
    """A piece of work within a trace."""

    name: str
    kind: str
    id: str
    parent: str
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LogLine:
    """A line of a log.

    Attributes:
        text: As it was written, or its beginning.
        structured: Whether it is an object of JSON.
        fields: Of that, those within others by their last name.
    """

    text: str
    structured: bool
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FollowedRequest:
    """A request that carried a trace context, and what it left behind.

    Attributes:
        status: What it was answered.
        trace: Its trace id.
        parent: The span id that it carried.
        returned: Trace ids in its answer.
        begun: Trace ids in the answer to the same request without a context.
        spans: Of its trace.
        lines: Of logs, which name its trace.
    """

    subject: Subject
    status: int
    trace: str
    parent: str
    returned: tuple[str, ...]
    begun: tuple[str, ...]
    spans: tuple[Span, ...]
    lines: tuple[LogLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FailedRequest:
    """A request with personal data in it that failed in the service.

    Attributes:
        trace: Its trace id.
        person: The personal data.
        lines: Of logs, which name its trace.
    """

    subject: Subject
    trace: str
    person: str
    lines: tuple[LogLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Surface:
    """A place where the system shows something: responses, logs, a page.

    Attributes:
        name: Of it.
        looked_at: How many answers, lines or pages were searched.
        unanswered: How many were asked for beside these and never came.
        found: Kinds of secrets that were seen there.
    """

    subject: Subject
    name: str
    looked_at: int
    unanswered: int
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Telemetry:
    """Everything that an application told of itself.

    Attributes:
        given: What the run was given to listen to.
    """

    given: frozenset[str]
    pages: tuple[MetricsPage, ...]
    requests: tuple[FollowedRequest, ...]
    failures: tuple[FailedRequest, ...]
    surfaces: tuple[Surface, ...]
