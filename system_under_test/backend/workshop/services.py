"""What the operations work with, put together once for each process."""

from dataclasses import dataclass
from typing import cast

from flask import current_app

from workshop.database import Database
from workshop.drain import Drain
from workshop.flags.features import Features
from workshop.limits import RateLimit
from workshop.metrics import Metrics
from workshop.settings import Settings
from workshop.tokens import Verifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The parts of a running service."""

    settings: Settings
    database: Database
    verifier: Verifier
    limit: RateLimit
    features: Features
    metrics: Metrics
    drain: Drain


def services() -> Services:
    """The parts of the application that handles this request."""
    return cast("Services", current_app.extensions["workshop"])
