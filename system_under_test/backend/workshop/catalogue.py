"""Questions to the catalogue, as statements."""

from functools import lru_cache
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Select,
    bindparam,
    func,
    literal_column,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import joinedload

from workshop import schemas
from workshop.cursors import Cursor, Value
from workshop.schemas import ModuleQuery
from workshop.tables import Base, Enrolment, Module
from workshop.tokens import Caller, Role

PUBLISHED = "published"
# Reading asks for rows: what nobody changes needs neither objects nor their bookkeeping.
MODULES = Base.metadata.tables["modules"].c
LESSONS = Base.metadata.tables["lessons"].c
SHOWN = tuple(MODULES[name] for name in schemas.ModuleSummary.model_fields)
ORDERS: dict[str, tuple[Column[Any], bool]] = {  # column, descending
    "title": (MODULES.title, False),
    "newest": (MODULES.created_at, True),
    "popular": (MODULES.enrolment_count, True),
}
KINDS: dict[str, type[Value]] = {
    name: column.type.python_type for name, (column, _) in ORDERS.items()
}


def page_of_modules(query: ModuleQuery, order: str, cursor: Cursor | None) -> Select[Any]:
    """One page of published modules and the first entry of the next, by which it is known."""
    statement = _first_page(order, query.level, query.limit + 1)
    if query.topic:
        statement = statement.where(MODULES.topic == query.topic)
    if query.q:
        statement = statement.where(MODULES.title.icontains(query.q, autoescape=True))
    if cursor:
        column, descending = ORDERS[order]
        here, last = tuple_(column, MODULES.id), (cursor.value, cursor.id)
        statement = statement.where(here < last if descending else here > last)
    return statement


@lru_cache(maxsize=128)  # to put the same statement together again costs as much as to ask it
def _first_page(order: str, level: str | None, limit: int) -> Select[Any]:
    column, descending = ORDERS[order]
    keys = (column.desc(), MODULES.id.desc()) if descending else (column, MODULES.id)
    statement = select(*SHOWN).where(MODULES.state == PUBLISHED).order_by(*keys).limit(limit)
    return statement.where(MODULES.level == level) if level else statement


def visible_module(slug: str, caller: Caller | None) -> Select[tuple[Module]]:
    """The module of that name, if the caller may see it: drafts are their author's and admins'."""
    found = select(Module).where(MODULES.slug == slug)
    return found.where(*_visible(caller))


def whole_module(caller: Caller | None) -> Select[Any]:
    """The module of the name `slug` with its lessons as one row, if the caller may see it."""
    if caller is None:
        return PUBLISHED_MODULE
    return ANY_MODULE.where(*_visible(caller))


def _visible(caller: Caller | None) -> tuple[ColumnElement[bool], ...]:
    if caller and caller.has(Role.ADMIN):
        return ()
    seen: ColumnElement[bool] = MODULES.state == PUBLISHED
    if caller and caller.has(Role.AUTHOR):
        seen = seen | (MODULES.author == caller.subject)
    return (seen,)


def _lessons() -> ColumnElement[Any]:
    """The lessons of a module in their order, as JSON."""
    members = (part for name in schemas.Lesson.model_fields for part in (name, LESSONS[name]))
    lesson = func.json_build_object(*members)
    listed = func.json_agg(aggregate_order_by(lesson, LESSONS.position))
    found = select(func.coalesce(listed, literal_column("'[]'::json"), type_=JSON))
    return found.where(LESSONS.module_id == MODULES.id).scalar_subquery().label("lessons")


ANY_MODULE = select(*SHOWN, MODULES.version, _lessons()).where(MODULES.slug == bindparam("slug"))
PUBLISHED_MODULE = ANY_MODULE.where(*_visible(None))


def with_lessons(statement: Select[tuple[Module]]) -> Select[tuple[Module]]:
    """The same modules with their lessons."""
    return statement.options(joinedload(Module.lessons))


def recommended_for(learner: str) -> Select[tuple[Module]]:
    """The popular modules that a learner does not take yet."""
    taken = select(Enrolment.module_id).where(Enrolment.learner == learner)
    return (
        select(Module)
        .where(Module.state == PUBLISHED, Module.id.not_in(taken))
        .order_by(Module.enrolment_count.desc(), Module.id.desc())
        .limit(5)
    )
