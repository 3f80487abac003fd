"""What a caller asks for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assurance.collectors.browser.steps import Journey


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserRequest:
    """A frontend.

    Attributes:
        base_url: Where clients reach it.
        pages: Paths of pages that stand for all; the first is where people begin.
        api: What the paths of the API begin with.
        journeys: What people do with it.
        trust: Certificates of authorities in PEM that browsers trust, beside those they know.
    """

    base_url: str
    pages: tuple[str, ...]
    api: str
    journeys: tuple[Journey, ...] = ()
    trust: Path | None = None
