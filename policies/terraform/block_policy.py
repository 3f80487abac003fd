"""The shape of a Python policy: a name, the requirement it serves, a remedy, and one function.

The function answers with the violation in words, or None when there is none; what it cannot decide
it leaves to `Unresolved`, and what is not its subject to `NotSubject`. Both become checkov's
UNKNOWN, which its own reports leave out: neither may show as passed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from checkov.common.models.enums import CheckCategories, CheckResult
from checkov.terraform.checks.data.base_check import BaseDataCheck
from checkov.terraform.checks.resource.base_resource_check import BaseResourceCheck
from terraform_block import Block, Unresolved

Judge = Callable[[Block], "str | None"]


class NotSubject(Exception):
    """The block is of another kind than the policy speaks of."""


def _verdict(judge: Judge, configuration: Mapping[str, object]) -> tuple[CheckResult, str]:
    try:
        violation = judge(Block(configuration))
    except Unresolved as unresolved:
        return CheckResult.UNKNOWN, f"unresolved: {unresolved}"
    except NotSubject as reason:
        return CheckResult.UNKNOWN, f"not a subject: {reason}"
    if violation:
        return CheckResult.FAILED, violation
    return CheckResult.PASSED, ""


class ResourcePolicy(BaseResourceCheck):
    """A policy on resources of the given types."""

    def __init__(
        self,
        *,
        policy: str,
        requirement: str,
        name: str,
        remedy: str,
        resources: tuple[str, ...],
        reads: tuple[str, ...],
        judge: Judge,
        category: CheckCategories = CheckCategories.GENERAL_SECURITY,
        omitted: str = "",
    ) -> None:
        self.requirement = requirement
        self.omitted = omitted
        self._reads = reads
        self._judge = judge
        super().__init__(
            name=name,
            id=policy,
            categories=(category,),
            supported_resources=resources,
            guideline=f"{requirement}: {remedy}",
        )

    def scan_resource_conf(self, conf: dict[str, list[Any]]) -> CheckResult:
        """Judge one resource and keep the violation's words in `details`."""
        self.evaluated_keys = list(self._reads)
        result, words = _verdict(self._judge, conf)
        self.details = [words] if words else []
        return result


class DocumentPolicy(BaseDataCheck):
    """A policy on `aws_iam_policy_document` data sources."""

    def __init__(
        self,
        *,
        policy: str,
        requirement: str,
        name: str,
        remedy: str,
        judge: Judge,
        omitted: str = "",
    ) -> None:
        self.requirement = requirement
        self.omitted = omitted
        self._judge = judge
        super().__init__(
            name=name,
            id=policy,
            categories=(CheckCategories.IAM,),
            supported_data=("aws_iam_policy_document",),
            guideline=f"{requirement}: {remedy}",
        )

    def scan_data_conf(self, conf: dict[str, list[Any]]) -> CheckResult:
        """Judge one document and keep the violation's words in `details`."""
        self.evaluated_keys = ["statement"]
        result, words = _verdict(self._judge, conf)
        self.details = [words] if words else []
        return result
