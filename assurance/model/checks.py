"""Checks that a step of a pipeline makes: tests, scans, approvals, verifications.

Each is a part of an `Action`. A check that a command makes carries `defeated_by`: empty where its
failure fails the step, otherwise what lets the step pass all the same (`|| true`); it is unknown
where that cannot be told. What Harness does after a step has failed is not said here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assurance.model.records import record


class TestKind(StrEnum):
    """What a test run exercises, as far as its command says."""

    __test__ = False

    UNIT = "unit"
    INTEGRATION = "integration"
    END_TO_END = "end-to-end"
    LOAD = "load"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TestRun:
    """A run of tests.

    Attributes:
        tool: `pytest`, `jest`, `vitest`, `playwright` …; `npm test` where the script is not seen.
        kind: One of `TestKind`.
        directory: Where it runs, from the root of the clone; empty for the root itself.
        targets: The paths it is given.
        address: The address that it is given to test; empty for none.
        reports: The JUnit reports that it writes, from the root of the clone or absolute.
        coverage: Percent of lines below which it fails; None where it sets no threshold.
        coverage_reports: The coverage reports that it writes, in the same way.
        in_browser: Whether it drives a browser.
        defeated_by: See above.
    """

    __test__ = False

    tool: str
    kind: TestKind
    directory: str
    targets: tuple[str, ...]
    address: str
    reports: tuple[str, ...]
    coverage: float | None
    coverage_reports: tuple[str, ...]
    in_browser: bool
    defeated_by: str


class ScanSubject(StrEnum):
    """What a scan looks at."""

    IMAGE = "image"
    DEPENDENCIES = "dependencies"
    CODE = "code"
    CONFIGURATION = "configuration"


@record(kw_only=True, eq=False)
class Scan:
    """A search for weaknesses in an image or in files.

    Attributes:
        tool: `trivy`, `snyk`, `grype` …
        subject: One of `ScanSubject`.
        image: The image that it scans, as it is written; empty for an archive or files.
        archive: The archive of an image that it scans, as a path; empty for none.
        directory: The files that it scans, from the root of the clone; of an image, where it runs.
        stops_at: The severities whose findings fail it, in lower case: `critical`, `high` …
        defeated_by: See above.
    """

    tool: str
    subject: ScanSubject
    image: str
    archive: str
    directory: str
    stops_at: tuple[str, ...]
    defeated_by: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class QualityAnalysis:
    """An analysis of the quality of code by a server with a quality gate.

    Attributes:
        tool: `sonarqube`.
        directory: The code that it analyses, from the root of the clone.
        enforces_gate: Whether it waits for the quality gate and fails with it.
        defeated_by: See above.
    """

    tool: str
    directory: str
    enforces_gate: bool
    defeated_by: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DynamicScan:
    """A scan of something that runs.

    Attributes:
        tool: `zap`, `nuclei` …
        address: What it scans, as it is written.
        stops_at: The severities whose findings fail it.
        defeated_by: See above.
    """

    tool: str
    address: str
    stops_at: tuple[str, ...]
    defeated_by: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Approval:
    """A wait for people to say yes.

    Attributes:
        kind: Harness's type of step, such as `HarnessApproval`.
        groups: The groups whose members may approve, as they are written.
        minimum: How many must.
        excludes_executor: Whether who runs the pipeline may not.
        approves_itself: Whether it says yes by itself after a time.
        shows_history: Whether the approver sees what the pipeline did so far.
        message: What the approver reads.
        timeout: When it expires, as it is written; empty for the default of the platform.
    """

    kind: str
    groups: tuple[str, ...]
    minimum: int
    excludes_executor: bool
    approves_itself: bool
    shows_history: bool
    message: str
    timeout: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Verification:
    """A comparison of metrics and logs by Harness's `Verify`.

    Attributes:
        kind: `Canary`, `Bluegreen`, `Rolling` …
        duration: For how long, as it is written.
        sensitivity: `HIGH`, `MEDIUM` or `LOW`.
    """

    kind: str
    duration: str
    sensitivity: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SuiteVerification:
    """A run of this suite against an environment, as `tox run -e verify`.

    Attributes:
        environment: The environment that it is told to verify, as it is written; empty for none.
        directory: Where it runs, from the root of the clone.
        reports: The JUnit reports that it writes.
        status_variable: The output variable of the step that holds its exit status; empty where
            the exit status is that of the step.
        defeated_by: See above; keeping the status in an output variable does not defeat it.
    """

    environment: str
    directory: str
    reports: tuple[str, ...]
    status_variable: str
    defeated_by: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PolicyCheck:
    """A step that puts policy sets to something.

    Attributes:
        policy_sets: Their identifiers.
    """

    policy_sets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Decision:
    """A script that fails or succeeds by the value of an expression alone.

    Attributes:
        about: The expression without its brackets, such as the path of an output variable.
        fails_on: Those of `TRIED_VALUES` with which it fails.
    """

    about: str
    fails_on: tuple[str, ...]


TRIED_VALUES = ("0", "1", "2", "4", "6", "127")
"""The exit statuses of this suite, and some that only a broken call has."""
