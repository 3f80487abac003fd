"""The operations of the API."""

from workshop.api import enrolments, features, modules
from workshop.operations import Operation

OPERATIONS: tuple[Operation, ...] = (
    *modules.OPERATIONS,
    *enrolments.OPERATIONS,
    *features.OPERATIONS,
)
