"""What of a file is read here, and otherwise by Harness or by the tools around it.

Words such as `yes` and `on` are text in YAML 1.2 and truth values in YAML 1.1; and in Git Harness
keeps each definition in a file of its own.
https://yaml.org/type/bool.html and
https://developer.harness.io/docs/platform/git-experience/git-experience-overview
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from assurance.collectors.harness.yaml_documents import Document, Fault

_WRITTEN: Final = re.compile(r"(?im)(?:^|[:,\[{-])[ \t]*(yes|no|on|off)[ \t]*(?=[:,\]}]|$|[ \t]#)")
"""Where one of the words may stand as a plain key or value."""


def words_of_older_yaml(text: str, documents: tuple[Document, ...]) -> Iterator[Fault]:
    """Yield the keys and values that YAML 1.1 takes for true or false, once a line."""
    lines = _lines_with_words(text)
    for document in documents if lines else ():
        for pointer, line in document.lines.items():
            word = lines.get(line)
            if word and word in _said_at(document.values, pointer):
                del lines[line]
                yield Fault(
                    message=f"`{word}` is text here, and true or false to programs of YAML 1.1",
                    line=line,
                    remedy="Write true or false, or put the word in quotes.",
                    is_fatal=False,
                )


def _lines_with_words(text: str) -> dict[int, str]:
    found: dict[int, str] = {}
    line, seen = 1, 0
    for match in _WRITTEN.finditer(text):
        line += text.count("\n", seen, match.start(1))
        seen = match.start(1)
        found.setdefault(line, match[1])
    return found


def _said_at(values: Any, pointer: str) -> tuple[str, ...]:
    """Return the key at a pointer, and its value where that is text."""
    key, value = "", values
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        value = _inside(value, key)
    return (key, value) if isinstance(value, str) else (key,)


def _inside(value: Any, key: str) -> Any:
    if isinstance(value, Mapping):
        return value.get(key)
    return value[int(key)] if isinstance(value, list) and int(key) < len(value) else None


def definitions_after_the_first(documents: tuple[Document, ...]) -> Iterator[Fault]:
    """Yield the documents of a file that follow its first one."""
    for number, document in enumerate(documents[1:], start=2):
        if document.values is not None:
            yield Fault(
                message=f"document {number} of the file: Harness keeps one definition a file",
                line=document.line,
                remedy="Give each definition a file of its own.",
                is_fatal=False,
            )
