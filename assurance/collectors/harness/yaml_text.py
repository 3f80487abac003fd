"""Text of YAML 1.2 as plain values, with the line of every node.

The events come from libyaml. What is made of them here differs from a usual loader: scalars
follow the core schema of 1.2, a key that is written twice is a fault that names both lines,
aliases are copied up to a limit, and a fault costs its document only.
"""

from __future__ import annotations

import yaml
from yaml._yaml import CParser

from assurance.collectors.harness.yaml_documents import Document, Fault
from assurance.collectors.harness.yaml_reading import Reading

_SYNTAX = "Correct the syntax at this line; the rest of the file was not read."
_TAB = "not valid YAML: the line is indented by a tab"
_SPACES = "Indent it by spaces; YAML takes no tab for that, and the rest of the file was not read."


def read_documents(text: str) -> tuple[Document, ...]:
    """Return the documents of a text; the one at which its syntax ends has a fault that says so."""
    reading = Reading()
    try:
        parser, handlers = CParser(text), reading.handlers
        while (event := parser.get_event()) is not None:
            handlers[type(event)](event)
    except yaml.YAMLError as error:
        reading.break_off(_syntax_fault(error, text))
    return tuple(reading.documents)


def _syntax_fault(error: yaml.YAMLError, text: str) -> Fault:
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        if _is_indented_by_tab(text, line):
            return Fault(message=_TAB, line=line, remedy=_SPACES)
        said = ", ".join(part for part in (error.problem, error.context) if part)
        return Fault(message=f"not valid YAML: {said}", line=line, remedy=_SYNTAX)
    # libyaml tells of a control character without its place.
    before = text[: next((i for i, c in enumerate(text) if _is_control(c)), 0)]
    return Fault(
        message="not valid YAML: a control character that text does not contain",
        line=before.count("\n") + 1,
        remedy="Remove the character; the file was not read.",
    )


def _is_indented_by_tab(text: str, line: int) -> bool:
    written = text.split("\n", line)[line - 1 : line]
    return any("\t" in each[: len(each) - len(each.lstrip())] for each in written)


def _is_control(character: str) -> bool:
    code = ord(character)
    return (code < ord(" ") and character not in "\t\n\r") or code in range(0x7F, 0xA0)
