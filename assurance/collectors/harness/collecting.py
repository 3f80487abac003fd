"""Collects the definitions of a system: every file is read, and no fault costs more than itself."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from assurance.collectors.harness.entities import (
    FILE,
    TYPES,
    entity,
    make_unique,
    misspelt,
    roots_of,
    unread_file,
)
from assurance.collectors.harness.files import Unreadable, definition_files, diagnostic, text_of
from assurance.collectors.harness.manifests import (
    Reference,
    file_of,
    inline_documents,
    record,
    references,
)
from assurance.collectors.harness.other_readings import (
    definitions_after_the_first,
    words_of_older_yaml,
)
from assurance.collectors.harness.published_schema import compare
from assurance.collectors.harness.request import HarnessRequest
from assurance.collectors.harness.yaml_documents import Document, Fault
from assurance.collectors.harness.yaml_text import read_documents

FORMAT = "harness-definitions/1"
_NO_DIRECTORY = Fault(
    message="there is no such directory of definitions",
    line=1,
    remedy="Correct `directories` under [pipelines] in assurance.toml.",
)


def collect_harness(request: HarnessRequest) -> dict[str, Any]:
    """Return the body of the evidence: a record for every entity, manifest and unreadable file."""
    collecting = _Collecting(request.absolute())
    with _without_collector():
        collecting.read_directories()
        make_unique(collecting.records)
        collecting.read_manifests()
        make_unique(collecting.records)
        collecting.compare()
    return {
        "format": FORMAT,
        "root": ", ".join(collecting.relative(path) for path in collecting.request.directories),
        "tools": {"pyyaml": yaml.__version__},
        "diagnostics": sorted(
            collecting.diagnostics, key=lambda found: (found["file"], found["line"] or 0)
        ),
        "resources": sorted(collecting.records, key=lambda found: str(found["address"])),
    }


@contextmanager
def _without_collector() -> Iterator[None]:
    """Spare the search for garbage while a great many objects are made that all stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


class _Collecting:
    """What has been found so far."""

    def __init__(self, request: HarnessRequest) -> None:
        self.request = request
        self.records: list[dict[str, Any]] = []
        self.diagnostics: list[dict[str, Any]] = []
        self._strangers: dict[Path, dict[str, Any]] = {}
        self._read: dict[Path, tuple[Document, ...]] = {}

    def relative(self, path: Path) -> str:
        """Return a path as the evidence writes it."""
        inside = path.is_relative_to(self.request.system)
        return path.relative_to(self.request.system).as_posix() if inside else path.as_posix()

    def read_directories(self) -> None:
        """Read every file of every directory once."""
        for directory in self.request.directories:
            if not directory.is_dir():
                self._unread(directory, _NO_DIRECTORY)
            for path in definition_files(directory):
                if path not in self._read:
                    self._read_file(path)

    def _read_file(self, path: Path) -> None:
        self._read[path] = ()
        try:
            documents = read_documents(text_of(path))
        except Unreadable as fault:
            self._unread(path, Fault(message=fault.reason, line=fault.line, remedy=fault.remedy))
            return
        self._read[path] = documents
        for document in documents:
            self._read_document(path, document)
        if any(map(roots_of, documents)):
            self._note_other_readings(path, documents)
        if not documents:
            self._stranger(path, 1, "the file is empty")

    def _note_other_readings(self, path: Path, documents: tuple[Document, ...]) -> None:
        for fault in (*definitions_after_the_first(documents), *words_of_older_yaml(documents)):
            self._note("warning", path, fault.line, fault.message, fault.remedy)

    def _read_document(self, path: Path, document: Document) -> None:
        for fault in document.faults:
            if not fault.is_fatal:
                self._note("warning", path, fault.line, fault.message, fault.remedy)
        fatal = [fault for fault in document.faults if fault.is_fatal]
        if fatal:
            self._unread(path, *fatal)
            return
        roots = roots_of(document)
        for root in roots:
            self._read_entity(path, document, root)
        if not roots:
            self._read_other(path, document)

    def _read_entity(self, path: Path, document: Document, root: str) -> None:
        if isinstance(document.values[root], dict):
            self.records.append(entity(document, root, self.relative(path)))
            return
        line = document.lines[f"/{root}"]
        message, remedy = f"`{root}` holds no fields", f"Write the fields of the {root} under it."
        self._unread(path, Fault(message=message, line=line, remedy=remedy))

    def _read_other(self, path: Path, document: Document) -> None:
        meant = misspelt(document)
        if meant:
            written, name = meant
            message = f"`{written}` is not the name of an entity; `{name}` is"
            line = document.lines.get(f"/{written}", document.line)
            self._unread(path, Fault(message=message, line=line, remedy=f"Write `{name}`."))
        elif document.values is None:
            self._stranger(path, document.line, "the document is empty")
        else:
            self._stranger(path, document.line, "not a Harness definition")

    def _unread(self, path: Path, *faults: Fault) -> None:
        file = self.relative(path)
        for fault in faults:
            self._note("error", path, fault.line, fault.message, fault.remedy)
        said = [f"{fault.message} (line {fault.line})" for fault in faults]
        self.records.append(unread_file(file, faults[0].line, said))

    def _stranger(self, path: Path, line: int, summary: str) -> None:
        """Note a file without an entity, unless a definition turns out to name it."""
        known = ", ".join(TYPES)
        detail = f"It was left out. The key at the root of a definition is one of: {known}."
        self._strangers[path] = diagnostic("warning", self.relative(path), line, summary, detail)

    def _note(self, severity: str, path: Path, line: int, summary: str, detail: str) -> None:
        self.diagnostics.append(diagnostic(severity, self.relative(path), line, summary, detail))

    def read_manifests(self) -> None:
        """Read the manifests that are named; then the files that nobody named are strange."""
        for holder in list(self.records):
            for reference in references(holder):
                self._read_manifest(reference)
        self.diagnostics += self._strangers.values()

    def _read_manifest(self, reference: Reference) -> None:
        path = self.request.system / str(reference.holder["file"])
        if reference.content:
            documents = inline_documents(reference)
        else:
            found = file_of(reference.path, path, self.request)
            if found is None:
                return
            path, documents = found, self._documents(found)
            self._strangers.pop(path, None)
        for document in documents:
            if document.is_readable and isinstance(document.values, dict):
                self.records.append(record(reference, document, self.relative(path)))

    def compare(self) -> None:
        """Hold every definition against the published schema, if there is one."""
        directory = self.request.schema
        if directory is None:
            return
        for found in self.records:
            deviations = compare(found, directory)
            if deviations is not None:
                found["deviations"] = deviations

    def _documents(self, path: Path) -> tuple[Document, ...]:
        """Read a file outside the directories of definitions, or remember what was read."""
        if path not in self._read:
            records, strangers = self.records, self._strangers
            self.records, self._strangers = [], {}
            self._read_file(path)
            unread = [found for found in self.records if found["type"] == FILE]
            self.records, self._strangers = records + unread, strangers
        return self._read[path]
