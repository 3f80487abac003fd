"""The shape of a policy on Harness definitions: a name, a requirement, a remedy, and one function.

The function is asked about every block of the wanted kind, and answers with the violation in words
or with None. What it cannot decide it leaves to `Unresolved`, and what is not its subject to
`NotSubject`. checkov takes one verdict for a file and policy: the worst, with the first line that
it rests on, and every violation in its words. A definition in which nothing is its subject, or in
which something is undecided, becomes checkov's UNKNOWN, which its own reports leave out: neither
may show as passed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from checkov.common.models.enums import CheckCategories, CheckResult
from checkov.yaml_doc.base_yaml_check import BaseYamlCheck
from checkov.yaml_doc.enums import BlockType
from definition_block import Block, Unresolved
from definition_walk import blocks_of

Judge = Callable[[Block], "str | None"]
Verdict = tuple[CheckResult, Mapping[str, Any]]


class NotSubject(Exception):
    """The block is of another kind than the policy speaks of."""


class DefinitionPolicy(BaseYamlCheck):
    """A policy on blocks of the definitions under the given root keys."""

    def __init__(
        self,
        *,
        policy: str,
        requirement: str,
        name: str,
        remedy: str,
        roots: tuple[str, ...],
        blocks: tuple[str, ...],
        judge: Judge,
        category: CheckCategories = CheckCategories.GENERAL_SECURITY,
        omitted: str = "",
    ) -> None:
        self.requirement = requirement
        self.omitted = omitted
        self._blocks = blocks
        self._judge = judge
        super().__init__(
            name=name,
            id=policy,
            categories=(category,),
            supported_entities=roots,
            block_type=BlockType.OBJECT,
        )
        self.guideline = f"{requirement}: {remedy}"

    def scan_entity_conf(self, conf: dict[str, Any], entity_type: str) -> Any:
        """Judge what stands under a root key, and keep the words in `details`."""
        result, place, words = self._worst(conf, entity_type)
        self.details = [words] if words else []
        return result, place

    def _worst(self, conf: object, root: str) -> tuple[CheckResult, Any, str]:
        if not isinstance(conf, dict):
            return CheckResult.UNKNOWN, {}, f"unresolved: {root} is {conf}"
        judged, violations, doubts = 0, [], []
        for block in blocks_of(root, conf, *self._blocks):
            try:
                violation = self._judge(block)
            except NotSubject:
                continue
            except Unresolved as unresolved:
                doubts.append((block, str(unresolved)))
                continue
            judged += 1
            if violation:
                violations.append((block, violation))
        return _verdict(conf, judged, violations, doubts)


Said = list[tuple[Block, str]]


def _verdict(
    conf: Mapping[str, object], judged: int, violations: Said, doubts: Said
) -> tuple[CheckResult, Any, str]:
    violations.sort(key=lambda said: said[0].line)
    if violations:
        return CheckResult.FAILED, violations[0][0].content, _words(violations)
    if doubts:
        return CheckResult.UNKNOWN, doubts[0][0].content, f"unresolved: {_words(doubts)}"
    if not judged:
        return CheckResult.UNKNOWN, conf, "not a subject: nothing in it is what the policy is about"
    return CheckResult.PASSED, conf, ""


def _words(said: Said) -> str:
    return "; ".join(f"{block}: {words}" for block, words in said)
