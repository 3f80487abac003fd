"""Collects what a run needs, in parallel and started early, and reuses what has not changed.

What fails to collect is kept as a fault of its kind and environment, so the rest is still judged.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assurance.collectors.checkov import CheckovRequest, Evaluated, Written, start_checkov, written
from assurance.collectors.checkov.bite import POLICY_PROOF, policy_proof
from assurance.errors import AssuranceError, EvidenceError, NotCollected
from assurance.evidence import Document, EvidenceStore
from assurance.evidence_cache import Cache
from assurance.model.judgements import Layer
from assurance.sources import Source

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What kept a document from being collected.

    Attributes:
        kind: Of the document.
        environment: Whose it would have been.
        error: The reason.
    """

    kind: str
    environment: str
    error: AssuranceError


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a run judges.

    Attributes:
        documents: Everything collected, sorted by kind, environment and source.
        faults: What could not be collected.
    """

    documents: tuple[Document, ...]
    faults: tuple[Fault, ...] = ()

    def of(self, kind: str, environment: str) -> tuple[Document, ...]:
        """Return the documents of a kind that belong to an environment."""
        return tuple(
            document
            for document in self.documents
            if document.kind == kind and document.environment == environment
        )

    def fault(self, kind: str, environment: str) -> AssuranceError | None:
        """Return what kept evidence of a kind from an environment or the whole system, if any."""
        owners = (environment, "")
        return next(
            (
                fault.error
                for fault in self.faults
                if fault.kind == kind and fault.environment in owners
            ),
            None,
        )


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Collection:
    """A collection under way."""

    def __init__(
        self,
        sources: tuple[Source, ...],
        policies: CheckovRequest | None,
        progress: Progress,
        cache: Cache | None = None,
        *,
        bite: bool = False,
    ) -> None:
        """Start to collect.

        Args:
            sources: Where the documents come from.
            policies: What checkov is to judge; None where its layer is not judged.
            progress: Told what is done, one line each.
            cache: Where evidence is kept between runs; None keeps nothing.
            bite: Whether the policies are put to the proof as well.
        """
        self._sources = sources
        self._progress = progress
        self._cache = cache
        self._pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="collect")
        self._bodies: dict[str, Future[tuple[Any, str]]] = {}
        for source in sources:
            if source.identity not in self._bodies:
                self._bodies[source.identity] = self._pool.submit(self._collect, source)
        self._checkov = self._pool.submit(self._run_checkov, policies) if policies else None
        self._proof = self._pool.submit(self._prove, policies) if policies and bite else None

    def _collect(self, source: Source) -> tuple[Any, str]:
        return self._kept(f"{source.kind} {source.name}".rstrip(), source.key, source.collect)

    def _run_checkov(self, request: CheckovRequest) -> tuple[Any, str]:
        """Let checkov start up while Terraform still evaluates, unless all of that is kept."""
        kept = self._cache is not None and all(
            self._cache.has(source.key) for source in self._sources if source.kind == "terraform"
        )
        early = [] if kept else [start_checkov(request)]
        try:
            evaluated, source = self._evaluated()
            entities = self._written(request)
            return self._kept(
                "checkov",
                request.cache_key(evaluated, entities),
                lambda: (early or [start_checkov(request)])[0].result(evaluated, source, entities),
            )
        finally:
            for run in early:
                run.stop()

    def _prove(self, request: CheckovRequest) -> tuple[Any, str]:
        """Break copies of the system's own resources, and see which policies turn red."""
        assert self._checkov is not None
        body, _ = self._checkov.result()
        evaluated, _ = self._evaluated()
        entities = self._written(request)
        return self._kept(
            "proof of policies",
            f"proof-{request.cache_key(evaluated, entities)}",
            lambda: policy_proof(request, evaluated, body["results"], entities),
        )

    def proof(self) -> Document | None:
        """Wait for what the proof of the policies found; None where it was not asked for.

        Raises:
            AssuranceError: It could not be carried out.
        """
        if self._proof is None:
            return None
        body, collected_at = self._proof.result()
        return _of_checkov(POLICY_PROOF, body, collected_at)

    def _evaluated(self) -> tuple[list[Evaluated], list[Path]]:
        """Return what Terraform evaluated, and the roots that it could not."""
        evaluated, written = [], []
        for source in self._sources:
            if source.kind == "terraform":
                collected = self._bodies[source.identity]
                if collected.exception() is None:
                    body, _ = collected.result()
                    evaluated.append(Evaluated(environment=source.environment, body=body))
                else:
                    written.append(source.path)
        return evaluated, written

    def _written(self, request: CheckovRequest) -> tuple[Written, ...]:
        """Return the definitions and Dockerfiles that were collected."""
        bodies = [
            self._bodies[source.identity]
            for source in self._sources
            if source.kind in ("harness", "docker")
        ]
        return written(
            (body.result()[0] for body in bodies if body.exception() is None), request.system
        )

    def _kept(self, what: str, key: str, collect: Callable[[], Any]) -> tuple[Any, str]:
        cache = self._cache if key else None
        kept = cache.get(key) if cache else None
        if kept is not None:
            self._progress(f"{what}: unchanged, evidence of {kept[1]}")
            return kept
        self._progress(f"{what}: collecting")
        begun = datetime.now(UTC)
        body, collected_at = _collected(what, collect), _now()
        if cache:
            cache.put(key, body, collected_at)
        seconds = (datetime.now(UTC) - begun).total_seconds()
        self._progress(f"{what}: collected in {seconds:.1f} s")
        return body, collected_at

    def result(self) -> Evidence:
        """Wait for everything and return it."""
        documents: list[Document] = []
        faults: list[Fault] = []
        for source in self._sources:
            try:
                body, collected_at = self._bodies[source.identity].result()
            except EvidenceError as error:
                fault = Fault(kind=source.kind, environment=source.environment, error=error)
                faults.append(fault)
            else:
                documents.append(_document(source, body, collected_at))
        if self._checkov is not None:
            try:
                documents.append(_of_checkov("checkov", *self._checkov.result()))
            except AssuranceError as error:
                faults.append(Fault(kind="checkov", environment="", error=error))
        self._pool.shutdown(wait=False)
        return Evidence(
            # As a store gives them back, so that stored evidence is judged byte for byte alike.
            documents=tuple(sorted(documents, key=lambda document: document.name)),
            faults=tuple(faults),
        )


def _collected(what: str, collect: Callable[[], Any]) -> Any:
    """Collect; a defect of a collector costs its own evidence, never the rest of the audit."""
    try:
        return collect()
    except AssuranceError:
        raise
    except Exception as error:  # whatever broke, the other evidence is still judged
        raise NotCollected(
            f"{what}: the collector broke: {type(error).__name__}: {error}.",
            remedy="report it, with what it was collecting.",
        ) from error


def stored_evidence(directory: Path) -> Evidence:
    """Return the evidence that an earlier run stored."""
    return Evidence(documents=tuple(EvidenceStore(directory).read()))


def _document(source: Source, body: Any, collected_at: str) -> Document:
    return Document.of(
        source.kind,
        body,
        source=source.name,
        environment=source.environment,
        layer=source.layer,
        collected_at=collected_at,
    )


def _of_checkov(kind: str, body: Any, collected_at: str) -> Document:
    return Document.of(
        kind, body, source="", environment="", layer=Layer.DECLARED, collected_at=collected_at
    )
