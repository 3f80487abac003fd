"""The end of an audit: closes the ledger and puts together what the reports are made of."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from assurance import __version__
from assurance.audit import Audit
from assurance.bite import prove, with_policies
from assurance.collectors.checkov.bite import POLICY_PROOF
from assurance.features import without_scenario
from assurance.ledger import absent, exit_status, summarise
from assurance.model.judgements import Judgement, Layer, Outcome
from assurance.model.reports import DocumentEntry, Note, Proof, Report, Run
from assurance.model.subjects import Location
from assurance.verifiers import SCENARIO, never_judged
from assurance.waiving import waive


def close(audit: Audit, today: date) -> Report:
    """Close the ledger of an audit and return everything.

    Args:
        audit: All of whose scenarios have run.
        today: The day that decides which waivers have expired.
    """
    requirements = audit.catalogue.requirements
    faults = (
        *_requirements_without_scenario(audit),
        *_never_carried_out(audit),
        *never_judged(audit),
    )
    rows = audit.ledger.close(requirements, faults)
    rows = waive(rows, audit.catalogue.waivers, today)
    proofs, notes = _proofs(audit, rows), _notes(audit)
    by_id: dict[str, list[Judgement]] = {requirement.id: [] for requirement in requirements}
    for row in rows:
        by_id[row.requirement].append(row)
    return Report(
        run=_run(audit, exit_status(rows, faulty=any(note.is_fault for note in notes)), proofs),
        requirements=requirements,
        frameworks=tuple(audit.catalogue.frameworks.values()),
        summaries={
            requirement.id: summarise(requirement, by_id[requirement.id])
            for requirement in requirements
        },
        proofs=proofs,
        rows=rows,
        scenarios=audit.scenarios,
        runs=tuple(audit.runs),
        waivers=tuple(audit.catalogue.waivers),
        documents=_documents(audit),
        unread=_unread(audit),
        notes=notes,
    )


_LIMITS = {"checkov": "errors", POLICY_PROOF: ""}
"""Where documents of a kind say what limits them, if not in their diagnostics."""


def _notes(audit: Audit) -> tuple[Note, ...]:
    """Return what limits the evidence: faults of policies, what Terraform could not evaluate."""
    notes = []
    for document in audit.evidence.documents:
        is_policies = document.kind == "checkov"
        for found in document.body.get(_LIMITS.get(document.kind, "diagnostics"), ()):
            text = ": ".join(filter(None, (found["summary"], found.get("detail"))))
            place = Location(file=found["file"], line=found.get("line") or None)
            notes.append(
                Note(
                    is_fault=is_policies,
                    text=text,
                    location=place if found["file"] else None,
                    environment=document.environment,
                )
            )
    return tuple(
        sorted(notes, key=lambda note: (not note.is_fault, note.environment, str(note.location)))
    )


def _requirements_without_scenario(audit: Audit) -> tuple[Judgement, ...]:
    return tuple(
        absent(
            requirement,
            environment,
            layer,
            "",
            f"the requirement has no scenario for this layer ({requirement.location})",
        )
        for requirement, layer in without_scenario(audit.catalogue.requirements, audit.scenarios)
        if layer in audit.scope.layers
        for environment in audit.selected
    )


def _never_carried_out(audit: Audit) -> Iterable[Judgement]:
    """Yield an error for each scenario that nothing ran: bound to no test, or not collected."""
    there = {(run.scenario.location, run.environment, run.layer) for run in audit.runs}
    for text in audit.scenarios:
        for occasion in audit.occasions(text):
            key = (text.location, occasion.environment.name, occasion.layer)
            if occasion.counterexample is None and key not in there:
                yield absent(
                    audit.catalogue.requirement(text.requirement),
                    occasion.environment,
                    occasion.layer,
                    text.title,
                    f"the scenario was never carried out (features/{text.location})",
                )


def _proofs(audit: Audit, rows: Sequence[Judgement]) -> Mapping[str, Proof]:
    """Return the proof of bite of every requirement whose verdict rests on scenarios."""
    if not audit.bite:
        return {}
    titles = {(text.requirement, text.title) for text in audit.scenarios}
    passing: dict[str, set[str]] = {}
    for row in rows:
        if row.outcome is Outcome.PASS and (row.requirement, row.scenario) in titles:
            passing.setdefault(row.requirement, set()).add(row.scenario)
    tried = {trial.requirement for trial in audit.trials}
    policies = _proven_policies(audit, rows)
    return {
        requirement.id: with_policies(
            prove(requirement.id, audit.trials, passing.get(requirement.id, ())),
            policies.get(requirement.id, {}),
        )
        for requirement in audit.catalogue.requirements
        if requirement.id in passing.keys() | tried | policies.keys()
    }


def _proven_policies(
    audit: Audit, rows: Sequence[Judgement]
) -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """Return for every requirement what became of those of its policies that pass something."""
    proof = audit.policy_proof
    if proof is None:
        return {}
    found: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in rows:
        if row.scenario == SCENARIO and row.outcome is Outcome.PASS:
            entry = proof.body["policies"].get(row.step)
            if entry is not None:
                found.setdefault(row.requirement, {})[row.step] = entry
    return found


def _run(audit: Audit, status: int, proofs: Mapping[str, Proof]) -> Run:
    unproven = any(proof.faults for proof in proofs.values())
    return Run(
        system=audit.settings.name,
        started=audit.started.strftime("%Y-%m-%dT%H:%M:%SZ"),
        seconds=round(time.monotonic() - audit.clock, 3),
        version=__version__,
        tools=_tools(audit),
        environments=tuple(environment.name for environment in audit.selected),
        layers=tuple(layer for layer in Layer if layer in audit.judged_layers),
        exit_status=1 if unproven else status,
        bite=audit.bite,
    )


def _tools(audit: Audit) -> Mapping[str, str]:
    tools = {}
    for document in audit.evidence.documents:
        body = document.body
        if document.kind == "terraform":
            tools[body["engine"]] = str(body["engine_version"])
        elif "version" in body:
            tools[document.kind] = str(body["version"])
        tools.update(body.get("tools", {}))
    return dict(sorted(tools.items()))


def _documents(audit: Audit) -> tuple[DocumentEntry, ...]:
    names = DocumentEntry.__slots__
    return tuple(
        DocumentEntry(**{name: getattr(document, name) for name in names})
        for document in audit.evidence.documents
    )


def _unread(audit: Audit) -> Mapping[str, int]:
    """Count the managed resources of types that no reader asked for."""
    counted: Counter[str] = Counter()
    for view in audit.views:
        counted.update(
            resource.type
            for resource in view.state.resources
            if resource.is_managed and resource.type not in view.state.asked
        )
    return dict(sorted(counted.items()))
