"""Fills an empty catalogue with the modules of catalogue.json."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from workshop.tables import Lesson, Module

CATALOGUE = Path(__file__).with_name("catalogue.json")
NAMESPACE = uuid.UUID("6f2c4a52-9d0f-4b5e-8a3c-2f6f0d9c7e11")
FIRST_DAY = datetime(2026, 1, 5, 9, tzinfo=UTC)


def seed(engine: Engine) -> int:
    """Add the bundled modules if there are none, and say how many were added."""
    modules = json.loads(CATALOGUE.read_text(encoding="utf-8"))["modules"]
    with Session(engine) as session, session.begin():
        if session.scalar(select(func.count()).select_from(Module)):
            return 0
        for day, entry in enumerate(modules):
            created = FIRST_DAY + timedelta(days=7 * day)
            session.add(_module(entry, created))
    return len(modules)


def _module(entry: dict[str, object], created: datetime) -> Module:
    fields = dict(entry)
    lessons = fields.pop("lessons")
    assert isinstance(lessons, list)
    return Module(
        **fields,
        # The same on every machine, so that links and tests may name a module.
        id=uuid.uuid5(NAMESPACE, str(entry["slug"])),
        state="published",
        author="grace",
        minutes=sum(lesson["minutes"] for lesson in lessons),
        lesson_count=len(lessons),
        created_at=created,
        updated_at=created,
        lessons=[Lesson(position=at, **lesson) for at, lesson in enumerate(lessons, start=1)],
    )
