"""What must hold of fields that Terraform and the pipelines share."""

from __future__ import annotations

from assurance.model.findings import Finding, each
from assurance.model.ownership import Field, WrittenResource


def has_one_writer_a_field(resource: WrittenResource) -> Finding:
    """Two writers undo each other's work, each for ever."""
    return each(
        resource.fields, _is_single, expected="each field has one writer", none="no shared field"
    )


def _is_single(field: Field) -> Finding:
    writers = " and ".join(field.writers)
    return Finding(
        holds=len(field.writers) == 1,
        expected="",
        actual=f"{field.name} is written by {writers}",
    )
