"""Who writes which field of what is deployed: Terraform, the pipelines, autoscaling."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Field:
    """A field that something besides Terraform may write.

    Attributes:
        name: In Terraform's words.
        writers: Everything that writes it, in words.
    """

    name: str
    writers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WrittenResource:
    """A resource of Terraform of which others write fields as well."""

    subject: Subject
    fields: tuple[Field, ...]
