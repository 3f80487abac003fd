"""The shape of a policy on Dockerfiles: a name, the requirement, a remedy, and one function.

The function yields every instruction that violates it, with the violation in words; None in place
of an instruction stands for one that is missing. What it cannot decide it leaves to `Unresolved`,
which becomes checkov's UNKNOWN: its own reports leave that out, but it does not show as passed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from checkov.common.models.enums import CheckCategories, CheckResult
from checkov.dockerfile.base_dockerfile_check import BaseDockerfileCheck
from dockerfile_reading import Dockerfile, Instruction, Unresolved

Violation = tuple[Instruction | None, str]
Judge = Callable[[Dockerfile], Iterable[Violation]]


class DockerfilePolicy(BaseDockerfileCheck):
    """A policy on a whole Dockerfile."""

    def __init__(
        self,
        *,
        policy: str,
        requirement: str,
        name: str,
        remedy: str,
        judge: Judge,
        category: CheckCategories = CheckCategories.APPLICATION_SECURITY,
        omitted: str = "",
    ) -> None:
        self.requirement = requirement
        self.omitted = omitted
        self._judge = judge
        super().__init__(
            name=name,
            id=policy,
            categories=(category,),
            supported_instructions=("*",),
            guideline=f"{requirement}: {remedy}",
        )

    def scan_resource_conf(self, conf: Any) -> Any:
        """Judge one file and keep the words in `details`; checkov reports every line by itself."""
        result, lines, words = self._judged(conf)
        self.details = [words] if words else []
        return result, lines

    def _judged(
        self, conf: Mapping[str, Sequence[Mapping[str, Any]]]
    ) -> tuple[CheckResult, list[Mapping[str, Any]] | None, str]:
        try:
            violations = list(self._judge(Dockerfile(conf)))
        except Unresolved as unresolved:
            return CheckResult.UNKNOWN, None, f"unresolved: {unresolved}"
        if not violations:
            return CheckResult.PASSED, None, ""
        lines = [found.raw for found, _ in violations if found is not None]
        words = "; ".join(_words(found, said) for found, said in violations)
        return CheckResult.FAILED, lines or None, words


def _words(found: Instruction | None, said: str) -> str:
    return said if found is None else f"line {found.raw['startline'] + 1}: {said}"
