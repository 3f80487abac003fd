"""The shapes of requests and answers: validated, serialized and documented from here."""

import re
import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

Level = Literal["beginner", "intermediate", "advanced"]
State = Literal["draft", "published"]
Order = Literal["title", "newest", "popular"]

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
# PostgreSQL keeps no NUL, a title is one line, and a text has neither at its edges only.
LINE = r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$"
TEXT = r"^[^\x00]*$"

Slug = Annotated[str, Field(pattern=SLUG, min_length=1, max_length=80)]


def _whole(given: object) -> object:
    """JSON knows one kind of number: 5.0 is a whole one."""
    return int(given) if isinstance(given, float) and given.is_integer() else given


def _digits(given: object) -> object:
    """An address spells a whole number in one way: 1_0, +1, 1.0 and a blank before it are none."""
    if isinstance(given, str) and not re.fullmatch(r"-?[0-9]+", given):
        message = "not a whole number"
        raise ValueError(message)
    return given


Whole = Annotated[int, BeforeValidator(_whole)]
Number = Annotated[int, BeforeValidator(_digits)]
Moment = Annotated[
    datetime,
    PlainSerializer(
        lambda moment: moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        return_type=str,
    ),
    Field(json_schema_extra={"format": "date-time"}),
]


class Answered(BaseModel):
    """What the service sends; every member is always there."""

    model_config = ConfigDict(
        from_attributes=True, extra="forbid", json_schema_serialization_defaults_required=True
    )


class Given(BaseModel):
    """What a client sends as JSON; nothing is converted, nothing unknown is passed over."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Asked(BaseModel):
    """What a client sends in the address, where everything is text."""

    model_config = ConfigDict(extra="forbid")


class ModulePath(Asked):
    """Path of one module."""

    slug: Slug


class EnrolmentPath(Asked):
    """Path of one enrolment."""

    id: uuid.UUID


class LessonPath(EnrolmentPath):
    """Path of one lesson in an enrolment."""

    position: Number = Field(ge=1, le=50)


class Page(Asked):
    """Which page of a list."""

    limit: Number = Field(default=20, ge=1, le=100)
    cursor: str | None = Field(
        default=None,
        min_length=1,
        max_length=512,
        pattern=r"^[A-Za-z0-9_-]+$",
        description="`next_cursor` of the page before",
    )


class ModuleQuery(Page):
    """Which modules, in which order."""

    level: Level | None = None
    topic: str | None = Field(default=None, min_length=1, max_length=40, pattern=SLUG)
    q: str | None = Field(
        default=None, min_length=1, max_length=80, pattern=LINE, description="Words of the title"
    )
    order: Order | None = Field(default=None, description="Left out, a feature flag decides")


class EnrolmentQuery(Page):
    """Whose enrolments."""

    learner: str | None = Field(
        default=None, min_length=1, max_length=120, pattern=LINE, description="For admins only"
    )


class NewLesson(Given):
    """A lesson of a new module."""

    title: str = Field(min_length=1, max_length=120, pattern=LINE)
    body: str = Field(min_length=1, max_length=8000, pattern=TEXT)
    minutes: Whole = Field(ge=1, le=600)


class NewModule(Given):
    """A new module with its lessons."""

    slug: Slug
    title: str = Field(min_length=1, max_length=120, pattern=LINE)
    summary: str = Field(min_length=1, max_length=500, pattern=LINE)
    level: Level
    topic: str = Field(min_length=1, max_length=40, pattern=SLUG)
    state: State = "draft"
    lessons: list[NewLesson] = Field(min_length=1, max_length=50)


def _at_least_one(schema: dict[str, Any]) -> None:
    """Say what the validator demands; the defaults only stand for "left out"."""
    schema["minProperties"] = 1
    for member in schema["properties"].values():
        del member["default"]


class ModuleChange(Given):
    """The members of a module that are to change."""

    model_config = ConfigDict(json_schema_extra=_at_least_one)

    title: str = Field(default="", min_length=1, max_length=120, pattern=LINE)
    summary: str = Field(default="", min_length=1, max_length=500, pattern=LINE)
    level: Level = "beginner"
    topic: str = Field(default="", min_length=1, max_length=40, pattern=SLUG)
    state: State = "draft"

    @model_validator(mode="after")
    def _changes_something(self) -> "ModuleChange":
        if not self.model_fields_set:
            message = "nothing to change"
            raise ValueError(message)
        return self


class NewEnrolment(Given):
    """Which module the caller wants to take."""

    module: Slug


class ModuleSummary(Answered):
    """A module as lists show it."""

    id: uuid.UUID
    slug: str
    title: str
    summary: str
    level: Level
    topic: str
    minutes: int
    lesson_count: int
    enrolment_count: int
    state: State
    created_at: Moment
    updated_at: Moment


class Lesson(Answered):
    """A lesson."""

    position: int
    title: str
    body: str
    minutes: int


class Module(ModuleSummary):
    """A module with its lessons."""

    lessons: list[Lesson]


class ModulePage(Answered):
    """A page of modules."""

    items: list[ModuleSummary]
    next_cursor: str | None


class Recommendations(Answered):
    """Modules that the caller might like."""

    items: list[ModuleSummary]


class EnrolledModule(Answered):
    """A module as an enrolment shows it."""

    slug: str
    title: str
    level: Level
    minutes: int
    lesson_count: int


class Enrolment(Answered):
    """An enrolment and its progress."""

    id: uuid.UUID
    module: EnrolledModule
    learner: str
    enrolled_at: Moment
    completed_at: Moment | None
    completed_lessons: list[int]
    progress: int = Field(ge=0, le=100, description="Percent of the lessons that are completed")


class EnrolmentPage(Answered):
    """A page of enrolments, newest first."""

    items: list[Enrolment]
    next_cursor: str | None


class FeatureSet(Answered):
    """What the feature flags decide for the caller."""

    recommendations: bool
    catalogue_order: Order
    variants: dict[str, str]
