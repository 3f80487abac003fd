"""What is judged: a subject, and the place where a reader finds it."""

from __future__ import annotations

from dataclasses import field

from assurance.model.records import record


@record(kw_only=True)
class Location:
    """A place in a file (`file`, `line` from 1), or an ARN or URL in `file` without a line."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


@record(kw_only=True)
class Subject:
    """The one thing judged.

    Attributes:
        id: Its name in its layer: a Terraform address, an ARN, a pipeline path. Unique in a view.
        location: Where it is written or found.
        evidence: Digest of the document that it was read from.
        existence: Empty, or the reason why it cannot be known whether it exists.
        parts: Ids of other inventory entries that this subject stands for as well, such as the
            rules of a security group.
    """

    id: str
    location: Location
    evidence: str = ""
    existence: str = ""
    parts: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        return self.id
