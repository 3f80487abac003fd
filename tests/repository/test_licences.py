"""Every locked dependency has a licence that goes with Apache-2.0."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

LOCK = Path(__file__).parents[2] / "requirements" / "lock.txt"
PERMISSIVE = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|Unlicense|Public Domain|0BSD|"
    r"ZPL|Zope|HPND|CC0|CNRI",
    re.IGNORECASE,
)
COPYLEFT = re.compile(r"\b(A?GPL|GNU (Affero )?General Public)", re.IGNORECASE)
READ_BY_HAND = {"axe-playwright-python": "MIT; the axe-core in it MPL-2.0"}
"""Packages whose metadata name no licence, and the one that stands in their source."""


def locked() -> list[str]:
    return re.findall(r"^([A-Za-z0-9._-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE)


def licence(package: str) -> str:
    found = metadata(package)
    classifiers = [text for text in found.get_all("Classifier", []) if "License" in text]
    fields = [*found.get_all("License-Expression", []), *found.get_all("License", [])]
    return " ".join([*(text[:200] for text in fields), *classifiers])


@pytest.mark.parametrize("package", locked())
def test_the_licence_is_permissive(package: str) -> None:
    try:
        text = READ_BY_HAND.get(package) or licence(package)
    except PackageNotFoundError:
        pytest.skip("not installed on this platform")

    assert PERMISSIVE.search(text), f"{package}: {text!r}"
    assert not COPYLEFT.search(text), f"{package}: {text!r}"
