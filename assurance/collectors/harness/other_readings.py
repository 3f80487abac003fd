"""What of a file is read here, and otherwise by Harness or by the tools around it.

Words such as `yes` and `on` are text in YAML 1.2 and truth values in YAML 1.1; and in Git Harness
keeps each definition in a file of its own.
https://yaml.org/type/bool.html and
https://developer.harness.io/docs/platform/git-experience/git-experience-overview
"""

from __future__ import annotations

from collections.abc import Iterator

from assurance.collectors.harness.yaml_documents import Document, Fault


def words_of_older_yaml(documents: tuple[Document, ...]) -> Iterator[Fault]:
    """Yield the keys and values that YAML 1.1 takes for true or false, once a line."""
    for document in documents:
        for line, word in document.older_words.items():
            yield Fault(
                message=f"`{word}` is text here, and true or false to programs of YAML 1.1",
                line=line,
                remedy="Write true or false, or put the word in quotes.",
                is_fatal=False,
            )


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
