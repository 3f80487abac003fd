"""What must hold of the repository."""

from __future__ import annotations

from assurance.model.findings import Finding
from assurance.model.repositories import RepositoryPart


def has_its_own_place(part: RepositoryPart) -> Finding:
    """The description places it, it is there, and nothing else is."""
    expected = "the system description places it in a directory of its own, which holds it"
    places = ", ".join(part.directories)
    if not places:
        actual = f"the system description does not say where the {part.kind} are"
        return Finding(holds=False, expected=expected, actual=actual)
    if part.shared:
        actual = f"{places} holds other parts too: {', '.join(sorted(set(part.shared)))}"
        return Finding(holds=False, expected=expected, actual=actual)
    actual = f"{places}: {part.files or 'no'} files of {part.kind} in the repository"
    return Finding(holds=part.files > 0, expected=expected, actual=actual)
