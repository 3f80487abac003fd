"""Cursors of paged lists: where the page before ended. A client can forge one, but gain nothing."""

import base64
import binascii
import json
import uuid
from dataclasses import dataclass
from datetime import datetime

from workshop.problems import Fault, Problem

Value = str | int | datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """The order of a list, and the last entry that was shown: its sort value and its id."""

    order: str
    value: Value
    id: uuid.UUID


def write(cursor: Cursor) -> str:
    """The text that a client hands back."""
    value = cursor.value.isoformat() if isinstance(cursor.value, datetime) else cursor.value
    packed = json.dumps([cursor.order, value, cursor.id.hex], separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).rstrip(b"=").decode()


def read(text: str | None, kinds: dict[str, type[Value]]) -> Cursor | None:
    """The cursor in a text; `kinds` says which orders there are and what each sorts by."""
    if text is None:
        return None
    try:
        return _unpack(text, kinds)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        fault = Fault(pointer="/query/cursor", detail="not a cursor of this list")
        raise Problem(422, "invalid-input", "The cursor is not valid.", errors=(fault,)) from error


def _unpack(text: str, kinds: dict[str, type[Value]]) -> Cursor:
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError from error
    order, value, hexadecimal = json.loads(packed)
    kind = kinds[order]
    if kind is datetime:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError
        return Cursor(order=order, value=moment, id=uuid.UUID(hexadecimal))
    if type(value) is not kind or (isinstance(value, str) and not _is_storable(value)):
        raise ValueError
    if isinstance(value, int) and abs(value) >= 2**31:
        raise ValueError
    return Cursor(order=order, value=value, id=uuid.UUID(hexadecimal))


def _is_storable(value: str) -> bool:
    """Whether PostgreSQL could hold the text: no NUL, and no half of a surrogate pair."""
    return not any(character == "\x00" or "\ud800" <= character <= "\udfff" for character in value)
