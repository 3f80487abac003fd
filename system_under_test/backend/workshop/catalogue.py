"""Questions to the catalogue, as statements."""

from typing import Any

from sqlalchemy import ColumnElement, Select, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from workshop.cursors import Cursor, Value
from workshop.schemas import ModuleQuery
from workshop.tables import Enrolment, Module
from workshop.tokens import Caller, Role

PUBLISHED = "published"
ORDERS: dict[str, tuple[InstrumentedAttribute[Any], bool]] = {  # column, descending
    "title": (Module.title, False),
    "newest": (Module.created_at, True),
    "popular": (Module.enrolment_count, True),
}
KINDS: dict[str, type[Value]] = {
    name: column.type.python_type for name, (column, _) in ORDERS.items()
}


def page_of_modules(query: ModuleQuery, order: str, cursor: Cursor | None) -> Select[tuple[Module]]:
    """One page of published modules and the first entry of the next, by which it is known."""
    column, descending = ORDERS[order]
    statement = select(Module).where(Module.state == PUBLISHED)
    if query.level:
        statement = statement.where(Module.level == query.level)
    if query.topic:
        statement = statement.where(Module.topic == query.topic)
    if query.q:
        statement = statement.where(Module.title.icontains(query.q, autoescape=True))
    if cursor:
        here, last = tuple_(column, Module.id), (cursor.value, cursor.id)
        statement = statement.where(here < last if descending else here > last)
    keys = (column.desc(), Module.id.desc()) if descending else (column, Module.id)
    return statement.order_by(*keys).limit(query.limit + 1)


def visible_module(slug: str, caller: Caller | None) -> Select[tuple[Module]]:
    """The module of that name, if the caller may see it: drafts are their author's and admins'."""
    found = select(Module).where(Module.slug == slug)
    if caller and caller.has(Role.ADMIN):
        return found
    seen: ColumnElement[bool] = Module.state == PUBLISHED
    if caller and caller.has(Role.AUTHOR):
        seen = seen | (Module.author == caller.subject)
    return found.where(seen)


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
