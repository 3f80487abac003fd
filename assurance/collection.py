"""Collects what a run needs, in parallel and started early, and reuses what has not changed.

This is the only caller of collectors. What fails to collect is kept as a fault of its
environment, so the rest is still judged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assurance.collectors.checkov import CheckovRequest, Evaluated, start_checkov
from assurance.collectors.checkov.bite import POLICY_PROOF, policy_proof
from assurance.collectors.terraform import TerraformRequest, cache_key, collect_terraform
from assurance.errors import AssuranceError, EvidenceError, NotCollected
from assurance.evidence import Document, EvidenceStore
from assurance.evidence_cache import Cache
from assurance.model.environments import Environment
from assurance.model.judgements import Layer
from assurance.settings import Place, Settings, TerraformRoot

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a run judges.

    Attributes:
        documents: Everything collected, sorted by kind, environment and source.
        faults: For each environment, what could not be collected; under the empty name, what
            belongs to the whole system.
    """

    documents: tuple[Document, ...]
    faults: Mapping[str, tuple[AssuranceError, ...]]

    def of(self, kind: str, environment: str) -> tuple[Document, ...]:
        """Return the documents of a kind that belong to an environment."""
        return tuple(
            document
            for document in self.documents
            if document.kind == kind and document.environment == environment
        )


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Root:
    """One evaluation of a root, which several environments may share."""

    key: str
    body: Future[tuple[Any, str]]


class Collection:
    """A collection under way."""

    def __init__(
        self,
        settings: Settings,
        environments: tuple[Environment, ...],
        policies: CheckovRequest,
        progress: Progress,
        cache: Cache | None = None,
        *,
        bite: bool = False,
    ) -> None:
        """Start to collect the declared layer of the named environments.

        Args:
            settings: The system.
            environments: Those that are judged.
            policies: What checkov is to judge.
            progress: Told what is done, one line each.
            cache: Where evidence is kept between runs; None keeps nothing.
            bite: Whether the policies are put to the proof as well.
        """
        self._settings = settings
        self._progress = progress
        self._cache = cache
        self._pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="collect")
        self._roots: dict[str, _Root] = {}
        self._uses: list[tuple[str, TerraformRoot, _Root]] = []
        for place in settings.places:
            if place.environment in environments:
                self._start(place)
        self._checkov = self._pool.submit(self._run_checkov, policies)
        self._proof = self._pool.submit(self._prove, policies) if bite else None

    def _start(self, place: Place) -> None:
        for root in place.terraform:
            request = TerraformRequest(
                system=self._settings.directory,
                root=root.root,
                variable_files=root.variable_files,
                variables=root.variables,
                plan=root.plan,
                region=place.region or None,
            )
            same = repr(request)
            if same not in self._roots:
                key = cache_key(request)
                future = self._pool.submit(self._evaluate, request, key)
                self._roots[same] = _Root(key=key, body=future)
            self._uses.append((place.environment.name, root, self._roots[same]))

    def _evaluate(self, request: TerraformRequest, key: str) -> tuple[Any, str]:
        name = _relative(request.root, self._settings.directory)
        return self._kept(f"terraform {name}", key, lambda: collect_terraform(request))

    def _run_checkov(self, request: CheckovRequest) -> tuple[Any, str]:
        """Let checkov start up while Terraform still evaluates, unless all of that is kept."""
        kept = self._cache is not None and all(
            self._cache.has(root.key) for root in self._roots.values()
        )
        early = [] if kept else [start_checkov(request)]
        try:
            evaluated, source = self._evaluated()
            return self._kept(
                "checkov",
                request.cache_key(evaluated),
                lambda: (early or [start_checkov(request)])[0].result(evaluated, source),
            )
        finally:
            for run in early:
                run.stop()

    def _prove(self, request: CheckovRequest) -> tuple[Any, str]:
        """Break copies of the system's own resources, and see which policies turn red."""
        body, _ = self._checkov.result()
        evaluated, _ = self._evaluated()
        return self._kept(
            "proof of policies",
            f"proof-{request.cache_key(evaluated)}",
            lambda: policy_proof(request, evaluated, body["results"]),
        )

    def proof(self) -> Document | None:
        """Wait for what the proof of the policies found; None where it was not asked for.

        Raises:
            AssuranceError: It could not be carried out.
        """
        if self._proof is None:
            return None
        body, collected_at = self._proof.result()
        return _declared(POLICY_PROOF, body, "", "", collected_at)

    def _evaluated(self) -> tuple[list[Evaluated], list[Path]]:
        """Return what Terraform evaluated, and the roots that it could not."""
        evaluated, written = [], []
        for environment, root, shared in self._uses:
            if shared.body.exception() is None:
                body, _ = shared.body.result()
                evaluated.append(Evaluated(environment=environment, body=body))
            else:
                written.append(root.root)
        return evaluated, written

    def _kept(self, what: str, key: str, collect: Callable[[], Any]) -> tuple[Any, str]:
        kept = self._cache.get(key) if self._cache else None
        if kept is not None:
            self._progress(f"{what}: unchanged, evidence of {kept[1]}")
            return kept
        self._progress(f"{what}: collecting")
        begun = datetime.now(UTC)
        body, collected_at = _collected(what, collect), _now()
        if self._cache:
            self._cache.put(key, body, collected_at)
        seconds = (datetime.now(UTC) - begun).total_seconds()
        self._progress(f"{what}: collected in {seconds:.1f} s")
        return body, collected_at

    def result(self) -> Evidence:
        """Wait for everything and return it."""
        documents: list[Document] = []
        faults: dict[str, list[AssuranceError]] = {}
        for environment, root, shared in self._uses:
            source = _relative(root.root, self._settings.directory)
            try:
                body, collected_at = shared.body.result()
            except EvidenceError as error:
                faults.setdefault(environment, []).append(error)
                continue
            documents.append(_declared("terraform", body, source, environment, collected_at))
        try:
            body, collected_at = self._checkov.result()
            documents.append(_declared("checkov", body, "", "", collected_at))
        except AssuranceError as error:
            faults.setdefault("", []).append(error)
        self._pool.shutdown(wait=False)
        return Evidence(
            # As a store gives them back, so that stored evidence is judged byte for byte alike.
            documents=tuple(sorted(documents, key=lambda document: document.name)),
            faults={name: tuple(errors) for name, errors in faults.items()},
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
    return Evidence(documents=tuple(EvidenceStore(directory).read()), faults={})


def _declared(kind: str, body: Any, source: str, environment: str, collected_at: str) -> Document:
    return Document.of(
        kind,
        body,
        source=source,
        environment=environment,
        layer=Layer.DECLARED,
        collected_at=collected_at,
    )


def _relative(path: Path, directory: Path) -> str:
    return path.relative_to(directory).as_posix() if path.is_relative_to(directory) else str(path)
