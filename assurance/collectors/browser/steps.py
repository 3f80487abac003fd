"""What a person does with a frontend, in the words of assistive technology."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """An element as assistive technology tells of it.

    Attributes:
        role: Its ARIA role.
        name: Its accessible name, or a part of it.
        exact: Whether the name is all of it.
    """

    role: str
    name: str
    exact: bool = False

    def __str__(self) -> str:
        """Return how a person would call it."""
        return f'{self.role} "{self.name}"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step.

    Attributes:
        action: `open`, `click`, `check`, `fill`, `see` or `sign_in`.
        path: Of the page that is opened.
        element: What is acted on, or seen.
        value: What is typed.
        variable: The environment variable that holds what is typed.
        writes: Whether it asks the API to change something.
        when_shown: Whether it is left out where the element is not there.
    """

    action: str
    path: str = ""
    element: Element | None = None
    value: str = ""
    variable: str = ""
    writes: bool = False
    when_shown: bool = False

    def __str__(self) -> str:
        """Return the step as a sentence."""
        return f"{self.action.replace('_', ' ')} {self.element or self.path}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """What somebody wants, from the first page to what they see at the end.

    Attributes:
        name: In the file of journeys.
        steps: In order; `sign_in` stands for the steps below.
        sign_in: What signs a person in, in this environment; empty where nobody said.
    """

    name: str
    steps: tuple[Step, ...]
    sign_in: tuple[Step, ...] = ()

    @property
    def whole(self) -> tuple[Step, ...]:
        """All steps, those of signing in at their place."""
        return tuple(
            inner
            for step in self.steps
            for inner in (self.sign_in if step.action == "sign_in" else (step,))
        )

    @property
    def needs_sign_in(self) -> bool:
        """Whether nobody said how to do one of its steps."""
        return not self.sign_in and any(step.action == "sign_in" for step in self.steps)
