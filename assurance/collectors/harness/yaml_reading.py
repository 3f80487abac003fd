"""Makes documents of the events of a YAML parser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from yaml import events

from assurance.collectors.harness.scalars import OLDER_WORDS, TAGS, scalar, tagged
from assurance.collectors.harness.yaml_copies import DEEPEST, Copies, copy_into
from assurance.collectors.harness.yaml_documents import Document, Fault, escape

_MERGE = "<<"
_PLAIN_KEY = "Write a plain word as the key."


@dataclass(slots=True, eq=False)
class _Frame:
    """A mapping or list that is being read."""

    container: Any
    pointer: str
    anchor: str | None
    is_list: bool
    key: str | None = None
    key_line: int = 0

    @property
    def awaits_key(self) -> bool:
        """Whether what comes next is the key of an entry."""
        return not self.is_list and self.key is None


class Reading:
    """Takes events and makes documents of them.

    Attributes:
        documents: Those that have ended.
        handlers: What takes an event of each type; called for each, one after the other.
    """

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self._document = Document()
        self._is_open = False
        self._frames: list[_Frame] = []
        self._anchors: dict[str, tuple[Any, str] | None] = {}
        self._copies = Copies()
        self._skipped = 0
        self.handlers: Mapping[type, Callable[[Any], None]] = {
            events.StreamStartEvent: lambda _: None,
            events.StreamEndEvent: lambda _: None,
            events.ScalarEvent: self._scalar,
            events.MappingStartEvent: self._start_mapping,
            events.SequenceStartEvent: self._start_list,
            events.MappingEndEvent: self._end,
            events.SequenceEndEvent: self._end,
            events.AliasEvent: self._alias,
            events.DocumentStartEvent: self._start_document,
            events.DocumentEndEvent: self._end_document,
        }

    def break_off(self, fault: Fault) -> None:
        """End with a fault of syntax, in the document that is open or in one of its own."""
        if not self._is_open:
            self._document = Document(line=fault.line)
        self._document.faults.append(fault)
        self.documents.append(self._document)

    def _start_document(self, event: Any) -> None:
        self._document = Document(line=event.start_mark.line + 1)
        self._frames, self._anchors, self._skipped = [], {}, 0
        self._is_open = True

    def _end_document(self, _: Any) -> None:
        self.documents.append(self._document)
        self._is_open = False

    def _scalar(self, event: Any) -> None:
        if self._skipped:
            return
        if event.value in OLDER_WORDS and event.implicit[0]:
            self._document.older_words.setdefault(event.start_mark.line + 1, event.value)
        if self._frames:
            frame = self._frames[-1]
            if frame.key is None and not frame.is_list:
                self._key(frame, event)
                return
        value: Any
        if event.tag is not None:
            value = self._tagged(event)
        else:
            value = scalar(event.value) if event.implicit[0] else event.value
        pointer = self._place(value, event.start_mark.line + 1)
        if event.anchor is not None:
            self._anchors[event.anchor] = (value, pointer)

    def _tagged(self, event: Any) -> Any:
        if event.tag in TAGS:
            return tagged(event.value, event.tag)
        self._note_tag(event)
        return event.value

    def _note_tag(self, event: Any) -> None:
        if event.tag not in (None, "!"):
            message = f"the tag {event.tag} is not read"
            remedy = "Write the value without a tag."
            line = event.start_mark.line + 1
            self._document.add_fault(line, message, remedy, is_fatal=False)

    def _key(self, frame: _Frame, event: Any) -> None:
        key, line = event.value, event.start_mark.line + 1
        if event.anchor is not None:
            self._anchors[event.anchor] = (key, "")
        if key in frame.container:
            first = self._document.lines.get(f"{frame.pointer}/{escape(key)}", "?")
            self._document.add_fault(
                line,
                f'the key "{key}" is written twice, at lines {first} and {line}',
                "Keep one of the two; programs differ in which of them counts.",
            )
        frame.key, frame.key_line = key, line

    def _place(self, value: Any, line: int) -> str:
        """Put a value where it belongs, and return its pointer."""
        pointer = ""
        if not self._frames:
            self._document.values = value
        else:
            frame = self._frames[-1]
            if frame.is_list:
                pointer = f"{frame.pointer}/{len(frame.container)}"
                frame.container.append(value)
            else:
                key, line = frame.key or "", frame.key_line
                pointer = f"{frame.pointer}/{escape(key)}"
                frame.container[key] = value
                frame.key = None
        self._document.lines[pointer] = line
        return pointer

    def _start_mapping(self, event: Any) -> None:
        self._start(event, _Frame({}, "", event.anchor, is_list=False))

    def _start_list(self, event: Any) -> None:
        self._start(event, _Frame([], "", event.anchor, is_list=True))

    def _start(self, event: Any, frame: _Frame) -> None:
        line = event.start_mark.line + 1
        if self._skipped or not self._may_open(line):
            self._skipped += 1
            return
        if event.tag is not None:
            self._note_tag(event)
        frame.pointer = self._place(frame.container, line)
        self._frames.append(frame)
        if event.anchor is not None:
            self._anchors[event.anchor] = None

    def _may_open(self, line: int) -> bool:
        """Whether a mapping or list can be read here; what cannot is left out as a whole."""
        if self._frames and self._frames[-1].awaits_key:
            self._no_key(line, "a key that is not text")
            return False
        if len(self._frames) >= DEEPEST:
            message = f"nested more than {DEEPEST} levels deep"
            self._document.add_fault(line, message, "Flatten the structure.")
            self._frames[-1].key = None
            return False
        return True

    def _no_key(self, line: int, message: str) -> None:
        self._document.add_fault(line, message, _PLAIN_KEY)
        self._frames[-1].key, self._frames[-1].key_line = "?", line

    def _end(self, _: Any) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        frame = self._frames.pop()
        if not frame.is_list and _MERGE in frame.container:
            self._merge(frame)
        if frame.anchor is not None:
            self._anchors[frame.anchor] = (frame.container, frame.pointer)

    def _merge(self, frame: _Frame) -> None:
        """Take over from the mappings under `<<` what the mapping does not say itself."""
        given, source = frame.container.pop(_MERGE), f"{frame.pointer}/{_MERGE}"
        several = given if isinstance(given, list) else [given]
        for number, mapping in enumerate(several):
            place = f"{source}/{number}" if isinstance(given, list) else source
            for key, value in mapping.items() if isinstance(mapping, dict) else ():
                if key not in frame.container:
                    at = f"/{escape(key)}"
                    frame.container[key] = copy_into(
                        self._document, value, place + at, frame.pointer + at
                    )

    def _alias(self, event: Any) -> None:
        if self._skipped:
            return
        line, name = event.start_mark.line + 1, event.anchor
        if self._frames and self._frames[-1].awaits_key:
            self._no_key(line, "a key that is an alias")
            return
        found = self._anchors.get(name)
        if found is None:
            what = "stands inside what it repeats" if name in self._anchors else "repeats nothing"
            remedy = f"Define &{name} before it is used."
            self._document.add_fault(line, f"the alias *{name} {what}", remedy)
            self._place(None, line)
            return
        self._repeat(line, *found)

    def _repeat(self, line: int, value: Any, source: str) -> None:
        why_not = self._copies.why_not(value, len(self._frames))
        if not why_not:
            pointer = self._place(value, line)
            self._replace(copy_into(self._document, value, source, pointer))
            return
        self._place(None, line)
        if not any(fault.message == why_not for fault in self._document.faults):
            self._document.add_fault(line, why_not, "Write the values out, or split the file.")

    def _replace(self, value: Any) -> None:
        """Put another value where the last one was put."""
        if self._frames:
            container = self._frames[-1].container
            last = -1 if isinstance(container, list) else next(reversed(container))
            container[last] = value
