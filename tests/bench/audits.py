"""The audit of the reference system: how long it takes, and whether it says the same each time."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path

from tests.bench.measuring import ROOT, Cost, Promise, audit, best, run

Tell = Callable[[str], None]
# 0 everything holds, 1 something fails, 6 something is unknown: each is a finished audit.
FINISHED = (0, 1, 6)
FRESH = 1.8
KEPT = 0.7
_ROUNDS = 3


def measure_audits(directory: Path, repetitions: int, tell: Tell) -> list[Promise]:
    """Measure fresh and repeated audits beside checkov alone, and compare what they say."""
    reports = directory / "reports"
    checkov, fresh, digests = [], [], []
    for number in range(max(repetitions, _ROUNDS)):
        if number < _ROUNDS:
            tell(f"checkov alone, run {number + 1} of {_ROUNDS}")
            checkov.append(_checkov())
        if number < _ROUNDS or number < repetitions:
            tell(f"fresh audit, run {number + 1} of {max(repetitions, _ROUNDS)}")
            fresh.append(run(audit("--fresh", "--reports", reports), accepted=FINISHED))
            digests.append(_judgements(reports))
    tell("audit with evidence of an unchanged tree")
    run(audit("--reports", reports), accepted=FINISHED)
    kept = [run(audit("--reports", reports), accepted=FINISHED) for _ in range(_ROUNDS)]
    return [
        _ratio("static audit, everything fresh", FRESH, best(fresh[:_ROUNDS]), best(checkov)),
        _ratio("static audit, nothing changed", KEPT, best(kept), best(checkov)),
        _same(digests, repetitions),
    ]


def _checkov() -> Cost:
    command = Path(sys.executable).with_name("checkov")
    arguments = ["-d", "infrastructure", "--framework", "terraform", "--skip-download"]
    return run([command, *arguments, "--quiet", "--compact"], accepted=(0, 1))


def _judgements(reports: Path) -> str:
    ledger = json.loads((reports / "ledger.json").read_text(encoding="utf-8"))
    del ledger["run"]
    text = json.dumps(ledger, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _ratio(name: str, limit: float, ours: Cost, theirs: Cost) -> Promise:
    ratio = ours.wall / theirs.wall
    return Promise(
        name=name,
        promise=f"≤ {limit} × checkov alone",
        figure=f"{ratio:.2f} ×",
        holds=ratio <= limit,
        lines=(f"audit {_words(ours)}; checkov {_words(theirs)}",),
        figures={"ratio": ratio, "audit": ours.wall, "checkov": theirs.wall},
    )


def _words(cost: Cost) -> str:
    return f"{cost.wall:.1f} s ({cost.processor:.1f} s of processor, {cost.memory:.0f} MB)"


def _same(digests: list[str], repetitions: int) -> Promise:
    different = len(set(digests))
    return Promise(
        name=f"{len(digests)} fresh audits of one tree",
        promise="judgements identical to the byte",
        figure=f"{different} different" if different > 1 else "identical",
        holds=different == 1 and len(digests) >= repetitions,
        figures={"runs": len(digests), "different": different},
    )


def measure_bite(directory: Path, tell: Tell) -> Promise:
    """Try every counterexample on the reference system."""
    tell("proof of bite")
    reports = directory / "bite"
    cost = run(audit("--bite", "--reports", reports), cwd=ROOT, accepted=FINISHED)
    ledger = json.loads((reports / "ledger.json").read_text(encoding="utf-8"))
    bites = [row["bite"] for row in ledger["requirements"]]
    tried, caught = (sum(bite[word] for bite in bites) for word in ("tried", "caught"))
    return Promise(
        name="proof of bite",
        promise="every counterexample caught",
        figure=f"{caught} of {tried}",
        holds=0 < tried == caught,
        lines=(_words(cost),),
        figures={"tried": tried, "caught": caught, "seconds": cost.wall},
    )
