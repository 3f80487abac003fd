"""The catalogue: reading it is open to anyone, writing it to authors, each in their own modules."""

import uuid
from datetime import UTC, datetime
from typing import Any

from flask import request
from sqlalchemy import Row, delete, exists, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from workshop import catalogue, cursors, tables
from workshop.operations import ANYONE, Answer, Operation, only, operation
from workshop.problems import Problem
from workshop.schemas import (
    Module,
    ModuleChange,
    ModulePage,
    ModulePath,
    ModuleQuery,
    ModuleSummary,
    NewModule,
)
from workshop.services import Services
from workshop.tokens import Caller, Role

PATH = "/api/v1/modules"
WRITERS = only(Role.AUTHOR, Role.ADMIN)
IF_MATCH = {"If-Match": "ETag of the version that the change is meant for"}
IF_NONE_MATCH = {"If-None-Match": "ETag of the version that the client has"}
ETAG = {"ETag": "Version of the module"}
NOT_FOUND = {404: "There is no such module, or the caller may not see it."}
NOT_OWN = {403: "The module belongs to another author."}
CHANGED = {412: "The module is not in the version that If-Match names."}


@operation(
    "GET",
    PATH,
    access=ANYONE,
    query_model=ModuleQuery,
    answers={200: ModulePage},
    response_headers={"X-Catalogue-Order": "The order of this list"},
)
def list_modules(parts: Services, caller: Caller | None, query: ModuleQuery) -> Answer:
    """List the published modules."""
    cursor = cursors.read(query.cursor, catalogue.KINDS)
    # A list goes on in the order in which it began, whatever the flag says by now.
    order = query.order or (cursor.order if cursor else _order_for(parts, caller))
    if cursor and cursor.order != order:
        raise Problem(422, "invalid-input", "The cursor belongs to another order.")
    with parts.database.asking() as connection:
        found = connection.execute(catalogue.page_of_modules(query, order, cursor)).all()
    shown = found[: query.limit]
    following = None
    if len(found) > query.limit:
        value = getattr(shown[-1], catalogue.ORDERS[order][0].key)
        following = cursors.write(cursors.Cursor(order=order, value=value, id=shown[-1].id))
    items = [ModuleSummary.model_validate(module) for module in shown]
    page = ModulePage(items=items, next_cursor=following)
    return Answer(body=page, headers={"X-Catalogue-Order": order})


@operation(
    "GET",
    PATH + "/{slug}",
    access=ANYONE,
    path_model=ModulePath,
    answers={200: Module, 304: None},
    problems=NOT_FOUND,
    request_headers=IF_NONE_MATCH,
    response_headers=ETAG,
)
def show_module(parts: Services, caller: Caller | None, path: ModulePath) -> Answer:
    """Show a module with its lessons."""
    with parts.database.asking() as connection:
        found = connection.execute(catalogue.whole_module(caller), {"slug": path.slug})
        module = found.one_or_none()
    if module is None:
        raise _absent()
    tag = _tag(module)
    if request.if_none_match.contains_weak(tag):
        return Answer(status=304, headers=_etag(module))
    return Answer(body=Module.model_validate(module), headers=_etag(module))


@operation(
    "POST",
    PATH,
    access=WRITERS,
    body_model=NewModule,
    answers={201: Module},
    problems={409: "Another module has this slug."},
    response_headers={**ETAG, "Location": "Path of the module"},
)
def create_module(parts: Services, caller: Caller, body: NewModule) -> Answer:
    """Create a module; it belongs to the caller."""
    fields = body.model_dump(exclude={"lessons"})
    module = tables.Module(
        **fields,
        id=uuid.uuid4(),
        author=caller.subject,
        minutes=sum(lesson.minutes for lesson in body.lessons),
        lesson_count=len(body.lessons),
    )
    lessons = [
        {"module_id": module.id, "position": position, **lesson.model_dump()}
        for position, lesson in enumerate(body.lessons, start=1)
    ]
    try:
        with parts.database.writing() as session:
            session.add(module)
            session.flush()
            session.execute(insert(tables.Lesson), lessons)
            made = _find(session, body.slug, caller)
            shown, headers = Module.model_validate(made), _etag(made)
    except IntegrityError as error:
        raise _taken(error, "Another module has this slug.") from error
    headers["Location"] = f"{PATH}/{body.slug}"
    return Answer(status=201, body=shown, headers=headers)


@operation(
    "PATCH",
    PATH + "/{slug}",
    access=WRITERS,
    path_model=ModulePath,
    body_model=ModuleChange,
    answers={200: Module},
    problems={**NOT_FOUND, **NOT_OWN, **CHANGED},
    request_headers=IF_MATCH,
    response_headers=ETAG,
)
def change_module(parts: Services, caller: Caller, path: ModulePath, body: ModuleChange) -> Answer:
    """Change a module of the caller's own; an admin may change any."""
    try:
        with parts.database.writing() as session:
            module = _find_own(session, path.slug, caller)
            for name, value in body.model_dump(exclude_unset=True).items():
                setattr(module, name, value)
            module.updated_at = datetime.now(UTC)
            session.flush()
            shown, headers = Module.model_validate(module), _etag(module)
    except StaleDataError as error:
        raise _overtaken() from error
    return Answer(body=shown, headers=headers)


@operation(
    "DELETE",
    PATH + "/{slug}",
    access=WRITERS,
    path_model=ModulePath,
    answers={204: None},
    problems={**NOT_FOUND, **NOT_OWN, **CHANGED, 409: "Somebody is enrolled in the module."},
    request_headers=IF_MATCH,
)
def delete_module(parts: Services, caller: Caller, path: ModulePath) -> Answer:
    """Delete a module of the caller's own that nobody is enrolled in."""
    occupied = "Somebody is enrolled in this module."
    try:
        with parts.database.writing() as session:
            module = _find_own(session, path.slug, caller)
            taken = select(exists().where(tables.Enrolment.module_id == module.id))
            if session.scalar(taken):
                raise Problem(409, "conflict", occupied)
            session.execute(delete(tables.Module).where(tables.Module.id == module.id))
    except IntegrityError as error:  # somebody enrolled between the question and the deletion
        raise _taken(error, occupied) from error
    return Answer(status=204)


OPERATIONS: tuple[Operation, ...] = (
    list_modules,
    show_module,
    create_module,
    change_module,
    delete_module,
)


def _order_for(parts: Services, caller: Caller | None) -> str:
    return parts.features.catalogue_order(caller.subject if caller else None)


def _find(session: Session, slug: str, caller: Caller | None) -> tables.Module:
    statement = catalogue.with_lessons(catalogue.visible_module(slug, caller))
    found = session.scalars(statement.execution_options(populate_existing=True))
    module = found.unique().one_or_none()
    if module is None:
        raise _absent()
    return module


def _absent() -> Problem:
    return Problem(404, "not-found", "There is no such module.")


def _find_own(session: Session, slug: str, caller: Caller) -> tables.Module:
    module = _find(session, slug, caller)
    if module.author != caller.subject and not caller.has(Role.ADMIN):
        raise Problem(403, "forbidden", "This module belongs to another author.")
    wanted = request.if_match
    if wanted and not wanted.star_tag and not wanted.contains(_tag(module)):
        raise _overtaken()
    return module


def _tag(module: tables.Module | Row[Any]) -> str:
    # The count of enrolments changes without the version, and is part of what is shown.
    return f"{module.version}-{module.enrolment_count}"


def _etag(module: tables.Module | Row[Any]) -> dict[str, str]:
    return {"ETag": f'"{_tag(module)}"', "Vary": "Authorization"}


def _overtaken() -> Problem:
    return Problem(412, "precondition-failed", "The module has changed since it was read.")


def _taken(error: IntegrityError, detail: str) -> Exception:
    """A conflict where a unique or foreign key says so; anything else is a defect."""
    state = getattr(error.orig, "sqlstate", "")
    return Problem(409, "conflict", detail) if state in {"23505", "23503"} else error
