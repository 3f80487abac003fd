"""`ledger.json`: the whole ledger for machines.

Two runs on the same evidence differ only under `run`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from assurance.model.judgements import Judgement, Outcome
from assurance.model.reports import Report
from assurance.model.requirements import Requirement


def ledger_json(report: Report) -> str:
    """Return the document, with sorted keys."""
    document = {
        "run": _run(report),
        "summary": _summary(report.rows),
        "environments": _environments(report),
        "requirements": [_requirement(report, entry) for entry in report.requirements],
        "judgements": [_judgement(row) for row in report.rows],
    }
    return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _run(report: Report) -> dict[str, Any]:
    run = report.run
    return {
        "system": run.system,
        "started": run.started,
        "seconds": run.seconds,
        "version": run.version,
        "tools": dict(run.tools),
        "environments": list(run.environments),
        "layers": list(run.layers),
        "exit_status": run.exit_status,
        "bite": run.bite,
        "evidence": [
            {name: getattr(entry, name) for name in entry.__slots__} for entry in report.documents
        ],
    }


def _summary(rows: Iterable[Judgement]) -> dict[str, int]:
    counted = Counter(row.outcome for row in rows)
    return {str(outcome): counted[outcome] for outcome in Outcome}


def _environments(report: Report) -> dict[str, dict[str, int]]:
    found: dict[str, list[Judgement]] = {}
    for row in report.rows:
        found.setdefault(row.environment, []).append(row)
    return {name: _summary(rows) for name, rows in found.items()}


def _requirement(report: Report, entry: Requirement) -> dict[str, Any]:
    summary = report.summaries[entry.id]
    proof = report.proofs.get(entry.id)
    return {
        "id": entry.id,
        "title": entry.title,
        "severity": entry.severity,
        "outcome": summary.outcome,
        "layers": dict(summary.layers),
        "bite": {
            "tried": proof.tried if proof else 0,
            "caught": proof.caught if proof else 0,
        },
    }


def _judgement(row: Judgement) -> dict[str, Any]:
    return {
        "requirement": row.requirement,
        "environment": row.environment,
        "layer": row.layer,
        "scenario": row.scenario,
        "step": row.step,
        "subject": row.subject,
        "outcome": row.outcome,
        "expected": row.expected,
        "actual": row.actual,
        "location": str(row.location) if row.location else None,
        "evidence": row.evidence,
        "waiver": row.waiver,
    }
