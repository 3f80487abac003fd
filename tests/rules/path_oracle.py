"""A second opinion about paths: runs a small pipeline with every possible sequence of choices.

It reads the definitions as they are written, knows nothing of rows or states, and tries each choice
that a run can take: what fails with which error, what a person answers, which conditions hold. Its
time is exponential; that is the point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

ERRORS = ("Timeout", "Connectivity", "Unknown")
Item = dict[str, Any]


class Stop(Exception):
    """The pipeline ends here."""


class Back(Exception):
    """A rollback of `what` was asked for, with the gate as it stood."""

    def __init__(self, what: str, waiting: str) -> None:
        super().__init__(what)
        self.what = what
        self.waiting = waiting


@dataclass
class Now:
    """How things stand: has something failed, and is the gate `done`, or waited for since when."""

    failed: bool
    waiting: str


class Script:
    """One sequence of choices; what is beyond its end takes the first option."""

    def __init__(self, choices: list[int]) -> None:
        self.choices = choices
        self.taken: list[tuple[int, int]] = []
        self.price = 0

    def choose(self, *options: tuple[int, Any]) -> Any:
        """Return what the script chooses of options, each led by what choosing it costs."""
        place = len(self.taken)
        index = self.choices[place] if place < len(self.choices) else 0
        self.taken.append((index, len(options)))
        price, value = options[index]
        self.price += price
        return value


def scripts(run: Callable[[Script], Any]) -> Iterator[tuple[Script, Any]]:
    """Run something with every sequence of choices that there is."""
    choices: list[int] = []
    while True:
        script = Script(choices)
        yield script, run(script)
        taken = script.taken
        while taken and taken[-1][0] + 1 == taken[-1][1]:
            taken.pop()
        if not taken:
            return
        choices = [index for index, _ in taken[:-1]] + [taken[-1][0] + 1]


def cheapest_offence(pipeline: Item, *, follows: bool) -> int | None:
    """Return how many unusual things the cheapest offending run needs; None where none offends."""
    found = None
    for script, offends in scripts(lambda script: Run(pipeline, script, follows=follows).offends()):
        if offends and (found is None or script.price < found):
            found = script.price
    return found


class Run:
    """One run of a pipeline. Steps named `target`, `gate` and `undo` are what their name says."""

    def __init__(self, pipeline: Item, script: Script, *, follows: bool) -> None:
        self.pipeline = pipeline
        self.script = script
        self.follows = follows
        self.offended = False

    def offends(self) -> bool:
        now = Now(failed=False, waiting="done" if self.follows else "old")
        try:
            self.items(self.pipeline["stages"], now, ())
        except (Stop, Back):
            return self.offended
        return self.offended or (self.follows and not now.failed and now.waiting != "done")

    def items(
        self, items: list[Item], now: Now, levels: tuple[Any, ...], *, shaken: bool = False
    ) -> None:
        for item in items:
            if shaken and not now.failed and self.script.choose((0, False), (1, True)):
                now.failed = True
            ((kind, node),) = item.items()
            if kind == "parallel":
                self.beside(node, now, levels, shaken=shaken)
            elif kind == "stage":
                self.stage(node, now)
            elif kind == "stepGroup":
                self.group(node, now, levels, shaken=shaken)
            else:
                self.step(node, now, levels)

    def beside(self, nodes: list[Item], now: Now, levels: tuple[Any, ...], *, shaken: bool) -> None:
        ends = []
        fails = [self.can_fail(node, now, levels, shaken=shaken) for node in nodes]
        for index, node in enumerate(nodes):
            own = Now(now.failed, "done" if now.waiting == "done" else "old")
            others = any(fails[:index] + fails[index + 1 :])
            self.items([node], own, levels, shaken=shaken or others)
            ends.append(own)
        now.failed = any(end.failed for end in ends)
        if any(end.waiting == "new" for end in ends):
            now.waiting = "new"
        elif any(end.waiting == "done" for end in ends):
            now.waiting = "done"

    def can_fail(self, node: Item, now: Now, levels: tuple[Any, ...], *, shaken: bool) -> bool:
        def tried(script: Script) -> bool:
            other = Run(self.pipeline, script, follows=self.follows)
            own = Now(False, now.waiting)
            try:
                other.items([node], own, levels, shaken=shaken)
            except Back:
                return True
            except Stop:
                return False
            return own.failed

        return any(failed for _, failed in scripts(tried))

    def runs(self, node: Item, now: Now, key: str) -> bool:
        when = node.get("when", {})
        status = when.get(key, "Success")
        if (status == "Success" and now.failed) or (status == "Failure" and not now.failed):
            return False
        if node.get("strategy", {}).get("repeat", {}).get("items") == []:
            return False
        if "condition" in when:
            return bool(self.script.choose((0, True), (1, False)))
        return True

    def stage(self, node: Item, now: Now) -> None:
        if self.pipeline.get("allowStageExecutions") and self.script.choose((0, False), (1, True)):
            return
        if not self.runs(node, now, "pipelineStatus"):
            return
        own = Now(False, now.waiting)
        levels = (node.get("failureStrategies", []),)
        execution = node["spec"]["execution"]
        whole = False
        try:
            self.items(execution["steps"], own, levels)
        except Back as back:
            whole = back.what == "pipeline"
            own = Now(False, back.waiting)
            try:
                self.items(execution.get("rollbackSteps", []), own, levels)
            except Back as again:
                own.waiting = again.waiting
            own.failed = True
        now.waiting = own.waiting
        now.failed = now.failed or own.failed
        if whole:
            raise Back("pipeline", now.waiting)

    def group(self, node: Item, now: Now, levels: tuple[Any, ...], *, shaken: bool) -> None:
        if not self.runs(node, now, "stageStatus"):
            return
        inner = (node.get("failureStrategies", []), *levels)
        own = Now(now.failed and self.script.choose((0, True), (0, False)), now.waiting)
        try:
            self.items(node["steps"], own, inner, shaken=shaken)
        except Back as back:
            if back.what != "group":
                raise
            own = Now(False, back.waiting)
            try:
                self.items(node.get("rollbackSteps", []), own, inner)
            except Back as again:
                own.waiting = again.waiting
            if self.script.choose((0, True), (0, False)):
                raise Back("stage", own.waiting) from None
            own.failed = True
        now.waiting = own.waiting
        now.failed = now.failed or own.failed

    def step(self, node: Item, now: Now, levels: tuple[Any, ...]) -> None:
        if not self.runs(node, now, "stageStatus"):
            return
        kind = node["identifier"].split("_")[0]
        if kind == "target" and not self.follows and now.waiting != "done":
            self.offended = True
        if kind == ("target" if self.follows else "undo"):
            now.waiting = "new"
        failing = self.failures(node, (node.get("failureStrategies", []), *levels))
        answer = self.script.choose((0, None), *((1, answer) for answer in failing))
        if answer is None:
            now.waiting = "done" if kind == "gate" else now.waiting
        else:
            self.fail(answer, now)

    def failures(self, node: Item, levels: tuple[Any, ...]) -> list[Item]:
        errors = (*ERRORS, *(("ApprovalRejection",) if node["type"] == "HarnessApproval" else ()))
        found: list[Item] = []
        for error in errors:
            answer = _answer(error, levels)
            if answer not in found:
                found.append(answer)
        return found

    def fail(self, answer: Item | None, now: Now) -> None:
        kind = (answer or {}).get("type", "MarkAsFailure")
        spec = (answer or {}).get("spec", {})
        if kind == "ManualIntervention":
            late = spec["onTimeout"]["action"]
            asked = ("MarkAsSuccess", "MarkAsFailure", "Abort", "StageRollback", "PipelineRollback")
            options = [{"type": each} for each in asked]
            self.fail(self.script.choose(*((0, each) for each in (*options, late))), now)
        elif kind == "Retry":
            self.fail(spec["onRetryFailure"]["action"], now)
        elif kind == "Ignore":
            now.failed = now.failed or self.script.choose((0, False), (0, True))
        elif kind == "Abort":
            raise Stop
        elif kind == "MarkAsFailure":
            now.failed = True
        elif kind != "MarkAsSuccess":
            what = {"StepGroupRollback": "group", "PipelineRollback": "pipeline"}.get(kind, "stage")
            raise Back(what, now.waiting)


def _answer(error: str, levels: tuple[Any, ...]) -> Item:
    for strategies in levels:
        for strategy in strategies:
            failure = strategy["onFailure"]
            if error in failure["errors"] or "AllErrors" in failure["errors"]:
                return dict(failure["action"])
    return {"type": "MarkAsFailure"}
