"""What makes a site an application of its own, in the words of W3C's manifest and workers."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Icon:
    """An icon of a manifest.

    Attributes:
        path: Where it is.
        is_image: Whether an image is served there.
        sizes: What the manifest says of its size.
        width: Pixels that it really has; 0 where it is drawn in any size.
        height: Likewise.
        purposes: `any`, `maskable`, `monochrome`.
    """

    path: str
    is_image: bool
    sizes: tuple[str, ...]
    width: int
    height: int
    purposes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A web application manifest; fields are empty where they are not there.

    https://www.w3.org/TR/appmanifest/
    """

    name: str
    start: str
    display: str
    icons: tuple[Icon, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflinePage:
    """A page that was opened without a network, in a browser that was there before.

    Attributes:
        path: Of it.
        opens: Whether anything came.
        online: Its headings with a network.
        headings: Its headings without.
        text: What is visible.
    """

    path: str
    opens: bool
    online: tuple[str, ...]
    headings: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What became of a newer release.

    Attributes:
        installed: Whether the browser found and installed it.
        is_taken: Whether it took over by itself.
        told: What the page said of it.
        still_waits: Whether it does not serve the page even after that was closed.
    """

    installed: bool
    is_taken: bool
    told: tuple[str, ...]
    still_waits: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WebApplication:
    """A site.

    Attributes:
        subject: Its base URL.
        manifest: What it says of itself; None where there is none that can be read.
        worker: The path of its service worker; empty where none becomes active.
        offline: Its pages without a network, the first one first.
        update: What became of a newer release; None without a worker.
    """

    subject: Subject
    manifest: Manifest | None
    worker: str
    offline: tuple[OfflinePage, ...]
    update: Update | None
