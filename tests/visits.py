"""What a browser noted of a site that is as it should be, for tests of readers and rules."""

from __future__ import annotations

import copy
from typing import Any

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
SEEN = {"title": "Tools", "headings": ["Tools to borrow"], "text": "Saws and planes to borrow"}
PAGE: dict[str, Any] = {
    "path": "/",
    "status": 200,
    "headers": {"content-security-policy": "default-src 'none'; script-src 'self'"},
    "before": copy.deepcopy(SEEN),
    "after": copy.deepcopy(SEEN),
    "injected": {"script": False, "handler": False},
    "scripts": [{"path": "/app.js", "bytes": 100_000}],
    "inline_bytes": 0,
    "calls": [{"method": "GET", "path": "/api/items", "status": 200, "traceparent": TRACE}],
    "errors": [],
}
SCREEN: dict[str, Any] = {
    "path": "/",
    "screen": "phone",
    "rules": 20,
    "violations": [],
    "wider_than_screen": False,
    "keyboard": {"controls": ['a "Tools"'], "unreached": [], "invisible": []},
}
LINK: dict[str, Any] = {
    "path": "/",
    "link": "/about",
    "arrived": True,
    "same_document": True,
    "headings": ["About"],
    "back": {"shown": True, "same_document": True},
    "forward": {"shown": True, "same_document": True},
    "deep": {"path": "/about", "status": 200, "headings": ["About"]},
}
APPLICATION: dict[str, Any] = {
    "manifest": {
        "address": "/manifest.json",
        "status": 200,
        "content": {"short_name": "Tools", "start_url": "/", "display": "standalone"},
        "icons": [
            {
                "path": "/icon.png",
                "status": 200,
                "type": "image/png",
                "sizes": "512x512",
                "purpose": "any maskable",
                "measured": [512, 512],
            }
        ],
    },
    "worker": "/sw.js",
    "offline": [
        {
            "path": "/",
            "opens": True,
            "online": ["Tools to borrow"],
            "headings": ["Tools to borrow"],
            "text": "Saws and planes to borrow",
        },
        {
            "path": "/about",
            "opens": True,
            "online": ["About"],
            "headings": ["You are offline"],
            "text": "This page is not kept here.",
        },
    ],
    "update": {
        "found": True,
        "installed": True,
        "taken": False,
        "told": [{"role": "status", "text": "A new version is ready.", "ways": []}],
        "after_reopening": {"waiting": False, "installing": False},
    },
}
TROUBLE: dict[str, Any] = {
    "path": "/",
    "asks": "GET",
    "trouble": "away",
    "met": ["/api/items"],
    "told": [{"role": "alert", "text": "The library does not answer.", "ways": ["Try again"]}],
    "changed": True,
    "headings": ["Tools to borrow"],
    "text": "Saws and planes to borrow",
    "recovers": True,
}
JOURNEY: dict[str, Any] = {
    "journey": "Borrow",
    "means": "pointer",
    "steps": [{"step": "open /", "outcome": "done", "fault": "", "at": "/"}],
    "completed": True,
    "writes": [{"method": "POST", "path": "/api/items", "status": 201, "traceparent": TRACE}],
    "violations": [],
}
SITE: dict[str, Any] = {"first": "/", "given": {"journeys": True, "sign_in": True}}


def changed(values: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Return a copy with another value at a path of keys and numbers, such as `back.shown`."""
    copied = copy.deepcopy(values)
    place: Any = copied
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in way:
        place = place[part]
    place[last] = value
    return copied
