"""Schedule expressions of AWS → the longest time between two occasions, in days."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import Any

from assurance.model.unknown import unknown

_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_CRON = re.compile(r"cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)")
_PER_DAY = {"minute": 1440, "hour": 24, "day": 1}
_MONTH = 31
_YEAR = 12


def days_between(expression: str) -> int:
    """Return the longest time between two occasions of a `rate()` or `cron()`, in whole days.

    https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
    """
    rate = _RATE.fullmatch(expression)
    if rate:
        return math.ceil(int(rate[1]) / _PER_DAY[rate[2]])
    cron = _CRON.fullmatch(expression)
    months = _months(cron[4]) if cron and cron[6] == "*" else 0
    if not cron or not months:
        return unreadable(expression)
    return months if months > _MONTH else _within_a_month(cron[3], cron[5])


def unreadable(expression: str) -> Any:
    """Return the unknown interval of an expression that is beyond this reader."""
    return unknown(f"the schedule {expression} is not understood")


def _within_a_month(day_of_month: str, day_of_week: str) -> int:
    if day_of_week not in ("*", "?"):
        return 7 if "#" not in day_of_week and "L" not in day_of_week.upper() else 35
    if day_of_month in ("*", "?"):
        return 1
    step = re.fullmatch(r"(?:\*|1)/(\d+)", day_of_month)
    return int(step[1]) if step else _MONTH


def _months(field: str) -> int:
    """Return the longest time between two months of a cron field in days; 0 where it is odd."""
    step = re.fullmatch(r"(?:\*|\d+)/(\d+)", field)
    if field == "*":
        return _MONTH
    if step:
        return int(step[1]) * _MONTH
    if not re.fullmatch(r"\d+(,\d+)*", field):
        return 0
    months = sorted(int(month) for month in field.split(","))
    months.append(months[0] + _YEAR)
    return max(after - before for before, after in pairwise(months)) * _MONTH
