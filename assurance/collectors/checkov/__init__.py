"""checkov as a sensor: one process for the whole run, its verdicts an evidence document.

The body has the format `checkov/1`: `version`, `results` (policy, outcome, why, resource, file,
line, root, environment, guideline, name), `errors` (file, summary), `policies_loaded`, and `types`
(policy → the types of resources that it judges). Outcomes are pass, fail, unknown, skipped and
notapplicable.
"""

from __future__ import annotations

from assurance.collectors.checkov.evidence import FORMAT
from assurance.collectors.checkov.request import CheckovRequest, Evaluated
from assurance.collectors.checkov.run import CheckovRun, start_checkov
from assurance.collectors.checkov.written import Written, written

__all__ = [
    "FORMAT",
    "CheckovRequest",
    "CheckovRun",
    "Evaluated",
    "Written",
    "start_checkov",
    "written",
]
