"""Enrolments and progress: a learner sees and changes their own, an admin sees all."""

import uuid
from collections.abc import Sequence

from sqlalchemy import Select, delete, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, joinedload, selectinload

from workshop import catalogue, cursors
from workshop.operations import Answer, Operation, only, operation
from workshop.problems import Problem
from workshop.schemas import (
    EnrolledModule,
    Enrolment,
    EnrolmentPage,
    EnrolmentPath,
    EnrolmentQuery,
    LessonPath,
    NewEnrolment,
)
from workshop.services import Services
from workshop.tables import Completion, Module
from workshop.tables import Enrolment as Row
from workshop.tokens import Caller, Role

PATH = "/api/v1/enrolments"
LEARNERS = only(Role.LEARNER, Role.ADMIN)
LEARNER = only(Role.LEARNER)
NOT_FOUND = {404: "There is no such enrolment, or it is somebody else's."}
NO_LESSON = {404: "There is no such enrolment or lesson, or the enrolment is somebody else's."}


@operation(
    "GET",
    PATH,
    access=LEARNERS,
    query_model=EnrolmentQuery,
    answers={200: EnrolmentPage},
    problems={403: "Only an admin may see the enrolments of somebody else."},
)
def list_enrolments(parts: Services, caller: Caller, query: EnrolmentQuery) -> Answer:
    """List the caller's enrolments, newest first; an admin may name another learner."""
    learner = query.learner or caller.subject
    if learner != caller.subject and not caller.has(Role.ADMIN):
        raise Problem(403, "forbidden", "Only an admin may see the enrolments of somebody else.")
    cursor = cursors.read(query.cursor, catalogue.KINDS)
    statement = _with_all(select(Row).where(Row.learner == learner))
    if cursor:
        if cursor.order != "newest":
            raise Problem(422, "invalid-input", "The cursor belongs to another list.")
        here = tuple_(Row.enrolled_at, Row.id)
        statement = statement.where(here < (cursor.value, cursor.id))
    statement = statement.order_by(Row.enrolled_at.desc(), Row.id.desc()).limit(query.limit + 1)
    with parts.database.reading() as session:
        found = session.scalars(statement).all()
    return Answer(body=_page(found, query.limit))


@operation(
    "POST",
    PATH,
    access=LEARNER,
    body_model=NewEnrolment,
    answers={201: Enrolment, 200: Enrolment},
    problems={404: "There is no published module of this name."},
    response_headers={"Location": "Path of the enrolment"},
)
def enrol(parts: Services, caller: Caller, body: NewEnrolment) -> Answer:
    """Enrol the caller in a module.

    Doing so again changes nothing and answers 200 with the enrolment that is there.
    """
    with parts.database.writing() as session:
        module = session.scalars(
            select(Module.id).where(Module.slug == body.module, Module.state == "published")
        ).one_or_none()
        if module is None:
            raise Problem(404, "not-found", "There is no such module.")
        fresh = session.scalar(
            insert(Row)
            .values(id=uuid.uuid4(), learner=caller.subject, module_id=module)
            .on_conflict_do_nothing(index_elements=["learner", "module_id"])
            .returning(Row.id)
        )
        statement = select(Row).where(Row.learner == caller.subject, Row.module_id == module)
        shown = _show(session.scalars(_with_all(statement)).one())
    if fresh:
        parts.metrics.enrolled(parts.features.choose(caller.subject).variants)
    headers = {"Location": f"{PATH}/{shown.id}"}
    return Answer(status=201 if fresh else 200, body=shown, headers=headers)


@operation(
    "GET",
    PATH + "/{id}",
    access=LEARNERS,
    path_model=EnrolmentPath,
    answers={200: Enrolment},
    problems=NOT_FOUND,
)
def show_enrolment(parts: Services, caller: Caller, path: EnrolmentPath) -> Answer:
    """Show an enrolment and its progress."""
    with parts.database.reading() as session:
        return Answer(body=_show(_find(session, path, caller)))


@operation(
    "DELETE",
    PATH + "/{id}",
    access=LEARNERS,
    path_model=EnrolmentPath,
    answers={204: None},
    problems=NOT_FOUND,
)
def leave(parts: Services, caller: Caller, path: EnrolmentPath) -> Answer:
    """Give up an enrolment, and its progress with it."""
    with parts.database.writing() as session:
        enrolment = _find(session, path, caller)
        session.execute(delete(Row).where(Row.id == enrolment.id))
    return Answer(status=204)


@operation(
    "PUT",
    PATH + "/{id}/lessons/{position}",
    access=LEARNER,
    path_model=LessonPath,
    answers={200: Enrolment},
    problems=NO_LESSON,
)
def complete_lesson(parts: Services, caller: Caller, path: LessonPath) -> Answer:
    """Note that a lesson is completed; doing so again changes nothing."""
    with parts.database.writing() as session:
        enrolment = _find_for_progress(session, path, caller)
        session.execute(
            insert(Completion)
            .values(enrolment_id=enrolment.id, position=path.position)
            .on_conflict_do_nothing()
        )
        return Answer(body=_settle(session, path, caller))


@operation(
    "DELETE",
    PATH + "/{id}/lessons/{position}",
    access=LEARNER,
    path_model=LessonPath,
    answers={200: Enrolment},
    problems=NO_LESSON,
)
def reopen_lesson(parts: Services, caller: Caller, path: LessonPath) -> Answer:
    """Note that a lesson is not completed after all; doing so again changes nothing."""
    with parts.database.writing() as session:
        enrolment = _find_for_progress(session, path, caller)
        session.execute(
            delete(Completion).where(
                Completion.enrolment_id == enrolment.id, Completion.position == path.position
            )
        )
        return Answer(body=_settle(session, path, caller))


OPERATIONS: tuple[Operation, ...] = (
    list_enrolments,
    enrol,
    show_enrolment,
    leave,
    complete_lesson,
    reopen_lesson,
)


def _with_all(statement: Select[tuple[Row]]) -> Select[tuple[Row]]:
    return statement.options(
        joinedload(Row.module, innerjoin=True), selectinload(Row.completions)
    ).execution_options(populate_existing=True)


def _find(session: Session, path: EnrolmentPath, caller: Caller) -> Row:
    statement = _with_all(select(Row).where(Row.id == path.id))
    if not caller.has(Role.ADMIN):
        statement = statement.where(Row.learner == caller.subject)
    enrolment = session.scalars(statement).one_or_none()
    if enrolment is None:
        raise Problem(404, "not-found", "There is no such enrolment.")
    return enrolment


def _find_for_progress(session: Session, path: LessonPath, caller: Caller) -> Row:
    """The caller's own enrolment, held so that two changes of its progress take turns."""
    own = (Row.id == path.id, Row.learner == caller.subject)
    session.execute(select(Row.id).where(*own).with_for_update())
    enrolment = session.scalars(_with_all(select(Row).where(*own))).one_or_none()
    if enrolment is None or path.position > enrolment.module.lesson_count:
        raise Problem(404, "not-found", "There is no such enrolment or lesson.")
    return enrolment


def _settle(session: Session, path: LessonPath, caller: Caller) -> Enrolment:
    """Bring `completed_at` in line with the lessons done, and show the enrolment."""
    done = select(func.count()).where(Completion.enrolment_id == path.id).scalar_subquery()
    wanted = select(Module.lesson_count).where(Module.id == Row.module_id).scalar_subquery()
    finished = update(Row).where(Row.id == path.id)
    session.execute(
        finished.where(Row.completed_at.is_(None), done >= wanted).values(completed_at=func.now()),
        execution_options={"synchronize_session": False},
    )
    session.execute(
        finished.where(Row.completed_at.is_not(None), done < wanted).values(completed_at=None),
        execution_options={"synchronize_session": False},
    )
    return _show(_find(session, path, caller))


def _show(row: Row) -> Enrolment:
    done = [completion.position for completion in row.completions]
    return Enrolment(
        id=row.id,
        module=EnrolledModule.model_validate(row.module),
        learner=row.learner,
        enrolled_at=row.enrolled_at,
        completed_at=row.completed_at,
        completed_lessons=done,
        progress=100 * len(done) // row.module.lesson_count,
    )


def _page(found: Sequence[Row], limit: int) -> EnrolmentPage:
    shown = found[:limit]
    following = None
    if len(found) > limit:
        last = cursors.Cursor(order="newest", value=shown[-1].enrolled_at, id=shown[-1].id)
        following = cursors.write(last)
    return EnrolmentPage(items=[_show(row) for row in shown], next_cursor=following)
