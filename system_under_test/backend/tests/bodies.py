"""Bodies of requests that several tests send."""

import uuid
from typing import Any

MODULES = "/api/v1/modules"


def new_module(**members: Any) -> dict[str, Any]:
    lesson = {"title": "First", "body": "Read this.", "minutes": 5}
    fresh = {
        "slug": f"m-{uuid.uuid4().hex[:12]}",
        "title": "A module",
        "summary": "About something",
        "level": "beginner",
        "topic": "testing",
        "lessons": [lesson, {**lesson, "title": "Second"}],
    }
    return fresh | members
