"""The tables as this version of the service uses them; how they came about is in migrations/."""

import uuid
from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, SmallInteger, String, Text, UniqueConstraint, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """Root of the mapping."""


class Module(Base):
    """A learning module of the catalogue."""

    __tablename__ = "modules"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(500))
    level: Mapped[str] = mapped_column(String(20))
    topic: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20))
    author: Mapped[str] = mapped_column(String(120))
    minutes: Mapped[int]
    lesson_count: Mapped[int] = mapped_column(SmallInteger)
    # Kept by a trigger, so that versions of the service that do not know it keep it right too.
    enrolment_count: Mapped[int] = mapped_column(server_default="0")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.clock_timestamp()
    )
    updated_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.clock_timestamp()
    )

    lessons: Mapped[list["Lesson"]] = relationship(
        order_by="Lesson.position", passive_deletes=True, lazy="raise"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it once


class Lesson(Base):
    """One lesson of a module, known by its position from 1."""

    __tablename__ = "lessons"

    module_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("modules.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text)
    minutes: Mapped[int] = mapped_column(SmallInteger)


class Enrolment(Base):
    """That a learner takes a module; a learner is known by the subject of the token alone."""

    __tablename__ = "enrolments"
    __table_args__ = (UniqueConstraint("learner", "module_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    learner: Mapped[str] = mapped_column(String(120))
    module_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("modules.id"))
    enrolled_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.clock_timestamp()
    )
    completed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    module: Mapped[Module] = relationship(lazy="raise")
    completions: Mapped[list["Completion"]] = relationship(
        order_by="Completion.position", passive_deletes=True, lazy="raise"
    )


class Completion(Base):
    """That a lesson of an enrolment is done."""

    __tablename__ = "completions"

    enrolment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("enrolments.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
