"""Searches of files and history for literal credentials, in detect-secrets' words."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.subjects import Location, Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Credential:
    """Something in the form of a credential; never the credential itself.

    Attributes:
        what: Of what kind.
        is_excepted: Whether its line says that it is none.
        location: Where it stands; for history, the commit and the file.
    """

    what: str
    is_excepted: bool
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Searched:
    """A place that was searched.

    Attributes:
        subject: The directory, or the history.
        amount: How much was read, in words.
        is_empty: Whether nothing was there to read.
        credentials: What was found.
    """

    subject: Subject
    amount: str
    is_empty: bool
    credentials: tuple[Credential, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Input:
    """An input of a Terraform module.

    Attributes:
        name: Of the variable.
        is_for_credential: Whether its name promises a credential.
        has_default: Whether its default says something; an empty or null one does not.
        location: Where it is declared.
    """

    name: str
    is_for_credential: bool
    has_default: bool
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scans:
    """What was searched, and what takes credentials."""

    places: tuple[Searched, ...]
    history: tuple[Searched, ...]
    inputs: tuple[Input, ...]
