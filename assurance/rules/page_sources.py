"""What must hold for the pages of a frontend, as their source declares them."""

from __future__ import annotations

from assurance.model.findings import Finding
from assurance.model.page_sources import PageSource
from assurance.rules.lists import listing


def is_generated(page: PageSource) -> Finding:
    """It can be written at build time: nothing in it waits for a request."""
    waits = [f"{each.what} ({each.location.file})" for each in page.hindrances]
    return Finding(
        holds=not waits,
        expected="nothing that is only known when somebody asks",
        actual=listing(waits) or "nothing",
        location=page.hindrances[0].location if page.hindrances else None,
    )


def knows_its_values(page: PageSource) -> Finding:
    """Where it stands for many pages, it says for which."""
    return Finding(
        holds=not page.parameters or page.generates,
        expected="static parameters for every part of its path that varies",
        actual="it says none" if not page.generates and page.parameters else "all are known",
    )
