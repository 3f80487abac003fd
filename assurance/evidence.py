"""Evidence: raw documents with a source, a time and a digest, and the store that keeps them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from assurance.errors import EvidenceError

Json = Any


def canonical(body: Json) -> bytes:
    """Return the one byte form of a JSON value: sorted keys, no spaces, UTF-8."""
    try:
        return orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # a number of more than 64 bits, or half a surrogate pair
        text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return text.encode(errors="surrogatepass")


def digest(body: Json) -> str:
    """Return `sha256:` and the hexadecimal digest of the canonical form."""
    return "sha256:" + hashlib.sha256(canonical(body)).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One piece of evidence.

    Attributes:
        kind: Which collector made it: `terraform`, `checkov`.
        source: What it was read from, relative to the system's directory.
        environment: Whose it is, or empty where it belongs to the whole system.
        layer: `declared`, `deployed`, `observed` or `exercised`.
        collected_at: When, as RFC 3339 in UTC.
        body: The facts, untouched by judgement.
        digest: Of the body.
    """

    kind: str
    source: str
    environment: str
    layer: str
    collected_at: str
    body: Json
    digest: str

    @classmethod
    def of(
        cls, kind: str, body: Json, *, source: str, environment: str, layer: str, collected_at: str
    ) -> Document:
        """Seal a body into a document."""
        return cls(
            kind=kind,
            source=source,
            environment=environment,
            layer=layer,
            collected_at=collected_at,
            body=body,
            digest=digest(body),
        )

    @property
    def name(self) -> str:
        """The file name in a store: readable, and unique by content, source and owner."""
        place = self.source.replace("/", "-").strip(".-") or "root"
        mark = digest([self.source, self.environment, self.digest]).removeprefix("sha256:")[:8]
        return "_".join(filter(None, (self.kind, self.environment, place, mark))) + ".json"


class EvidenceStore:
    """A directory of documents, one JSON file each; reading verifies every digest."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def clear(self) -> None:
        """Remove the documents of an earlier run."""
        for file in self.directory.glob("*.json"):
            file.unlink()

    def write(self, document: Document) -> Path:
        """Keep a document and return its file."""
        self.directory.mkdir(parents=True, exist_ok=True)
        target = self.directory / document.name
        fields = {name: getattr(document, name) for name in Document.__slots__}
        target.write_text(json.dumps(fields, sort_keys=True, indent=1, ensure_ascii=False) + "\n")
        return target

    def read(self) -> Iterator[Document]:
        """Yield the documents in order of file name.

        Raises:
            EvidenceError: There is none, one does not parse, or one was changed after collection.
        """
        files = sorted(self.directory.glob("*.json"))
        if not files:
            raise EvidenceError(
                "there is no evidence here.",
                file=self.directory,
                remedy="name the `evidence` directory of an earlier run's reports.",
            )
        for file in files:
            yield _verified(file)


def _verified(file: Path) -> Document:
    try:
        document = Document(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise EvidenceError(
            f"this is not an evidence document ({error}).",
            file=file,
            remedy="collect the evidence again.",
        ) from error
    if digest(document.body) != document.digest:
        raise EvidenceError(
            "the evidence was changed after it was collected: its digest does not match.",
            file=file,
            remedy="collect the evidence again, or take the original from the archive.",
        )
    return document
