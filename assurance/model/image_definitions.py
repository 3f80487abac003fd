"""What images are declared to be made of: Dockerfiles, in Docker's words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assurance.model.subjects import Location, Subject

_TESTS = re.compile(r"^(tests?|__tests__|spec|e2e|cypress|conftest\.py|.*[._-](test|spec)s?\.\w+)$")


def is_test(name: str) -> bool:
    """Whether a file or directory is one that the tools of Python and JavaScript take for tests."""
    return bool(_TESTS.match(name))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Invoked:
    """A command that a RUN instruction carries out.

    Attributes:
        words: Program and arguments.
        text: As it is written.
    """

    words: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Instruction:
    """One instruction.

    Attributes:
        keyword: `RUN`, `COPY`, `USER`, …
        words: Its arguments; of one in shell form, the line as one word.
        exec_form: Whether they are written as a JSON array.
        flags: Such as `--from=build`, without what belongs to the arguments.
        commands: Of RUN, what it carries out; unknown where it is not readable as shell.
        location: Where it stands.
    """

    keyword: str
    words: tuple[str, ...]
    exec_form: bool
    flags: tuple[str, ...]
    commands: tuple[Invoked, ...]
    location: Location

    def flag(self, name: str) -> str:
        """Return the value of a flag such as `from`; empty where it is not there."""
        start = f"--{name}="
        return next((flag.removeprefix(start) for flag in self.flags if flag.startswith(start)), "")

    def __str__(self) -> str:
        return " ".join((self.keyword, *self.flags, *self.words))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ImageStage:
    """One stage of a build.

    Attributes:
        name: Empty where it has none.
        base: What it starts from: an image, or the name of an earlier stage.
        is_on_stage: Whether the base is an earlier stage.
        instructions: Its own, in order.
        location: Where it begins.
    """

    name: str
    base: str
    is_on_stage: bool
    instructions: tuple[Instruction, ...]
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ImageDefinition:
    """The Dockerfile of one application.

    Attributes:
        subject: The file.
        application: Whose image it is.
        role: `backend` or `frontend`.
        fault: What keeps it from being read; empty where nothing does.
        stages: In order; the last is the image.
        shipped: What the image is made of: the instructions of the last stage, after those of the
            stages that it starts from.
        base: What the image starts from in the end.
        test_paths: What a copy of the whole context would bring of tests.
    """

    subject: Subject
    application: str
    role: str
    fault: str
    stages: tuple[ImageStage, ...]
    shipped: tuple[Instruction, ...]
    base: str
    test_paths: tuple[str, ...]
