"""The pages of a frontend, as their source declares them."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.subjects import Location, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Hindrance:
    """What is only known when somebody asks for a page.

    Attributes:
        what: In the framework's words.
        location: Where it is written.
    """

    what: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PageSource:
    """One page.

    Attributes:
        subject: Its file.
        route: The path that it answers.
        parameters: Parts of the path that stand for many pages.
        generates: Whether it says for which values it is generated.
        hindrances: What keeps it from being generated at build time.
    """

    subject: Subject
    route: str
    parameters: tuple[str, ...]
    generates: bool
    hindrances: tuple[Hindrance, ...]
