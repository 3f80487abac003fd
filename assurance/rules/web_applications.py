"""What makes a site an application of its own."""

from __future__ import annotations

from assurance.model.findings import Finding
from assurance.model.web_applications import Icon, Manifest, OfflinePage, WebApplication
from assurance.rules.lists import listing

_OWN_WINDOW = ("standalone", "fullscreen", "minimal-ui", "window-controls-overlay")
_WANTED = (192, 512)
"""Pixels of the icons that browsers ask for before they offer to install a site.

https://web.dev/articles/install-criteria
"""

_SAYS_SOMETHING = 15
"""Characters below which an offline page says nothing."""


def has_manifest(site: WebApplication) -> Finding:
    """It says its name, where it starts, and that it has a window of its own."""
    lacking = _lacking(site.manifest) if site.manifest else ["a manifest"]
    return Finding(
        holds=not lacking,
        expected="a manifest with name, start_url and a display of its own",
        actual=f"without {listing(lacking)}" if lacking else "all of it",
    )


def _lacking(manifest: Manifest) -> list[str]:
    present = {
        "name": manifest.name,
        "start_url": manifest.start,
        "display": manifest.display in _OWN_WINDOW,
    }
    return [name for name, there in present.items() if not there]


def has_icons(site: WebApplication) -> Finding:
    """Its icons are images of the sizes that it says, large enough, and one may be masked."""
    icons = site.manifest.icons if site.manifest else ()
    faults = [f"{icon.path} is not what it says" for icon in icons if not _is_true(icon)]
    usual = [icon for icon in icons if "any" in icon.purposes]
    faults += [
        f"none of {wanted} pixels"
        for wanted in _WANTED
        if not any(icon.width >= wanted and icon.height >= wanted for icon in usual)
    ]
    if not any("maskable" in icon.purposes for icon in icons):
        faults.append("none that may be masked")
    return Finding(
        holds=not faults,
        expected="true icons of 192 and 512 pixels, and one that may be masked",
        actual=listing(faults) or f"{len(icons)} icons",
    )


def _is_true(icon: Icon) -> bool:
    measured = f"{icon.width}x{icon.height}"
    return icon.is_image and (not icon.width or measured in icon.sizes or "any" in icon.sizes)


def has_worker(site: WebApplication) -> Finding:
    """A service worker becomes active."""
    return Finding(
        holds=bool(site.worker),
        expected="an active service worker",
        actual=site.worker or "none",
    )


def opens_without_network(site: WebApplication) -> Finding:
    """Its first page is the same without a network; every other one says at least where one is."""
    first, rest = site.offline[:1], site.offline[1:]
    faults = [
        f"{page.path} shows {listing(page.headings) or 'nothing'}"
        for page in first
        if not _says_something(page) or page.headings != page.online
    ]
    faults += [f"{page.path} shows nothing" for page in rest if not _says_something(page)]
    return Finding(
        holds=bool(first) and not faults,
        expected="the first page as it is, and something on every other",
        actual=listing(faults) or ("all of it" if first else "there is no service worker"),
    )


def _says_something(page: OfflinePage) -> bool:
    return page.opens and bool(page.headings) and len(page.text) >= _SAYS_SOMETHING


def updates_after_release(site: WebApplication) -> Finding:
    """A newer release is installed, and serves the site at the latest when it is opened again."""
    update = site.update
    arrives = update is not None and update.installed and not update.still_waits
    return Finding(
        holds=arrives,
        expected="a newer release is installed, and serves when the site is opened again",
        actual=_fate(site),
    )


def tells_of_release(site: WebApplication) -> Finding:
    """Who has the site open is told of a newer release, unless it takes over by itself."""
    update = site.update
    return Finding(
        holds=update is not None and (bool(update.told) or update.is_taken),
        expected="a word about the newer release, or its taking over",
        actual=_fate(site),
    )


def _fate(site: WebApplication) -> str:
    update = site.update
    if update is None:
        return "there is no service worker"
    if not update.installed:
        return "a newer release is not installed"
    said = f"it says: {listing(update.told)}" if update.told else "it says nothing"
    waits = "the old release still serves" if update.still_waits else "the newer release serves"
    return "it takes over by itself" if update.is_taken else f"{said}; {waits}"
