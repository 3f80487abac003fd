"""Where an entity belongs: to the account, an organisation, or a project.

The fields say it, or the path that Git Experience gives the file:
`…/orgs/<org>/projects/<project>/…`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_ORG = re.compile(r"(?:^|/)orgs/([^/]+)/")
_PROJECT = re.compile(r"(?:^|/)orgs/[^/]+/projects/([^/]+)/")


def scope_of(values: Mapping[str, Any], file: str) -> tuple[dict[str, str], str]:
    """Return the organisation and project, empty for none, and what says so.

    The source is `fields`, `path`, or empty where nothing does: then the entity may belong to
    the account, or the file was cut out of its place.
    """
    org, project = (_text(values, name) for name in ("orgIdentifier", "projectIdentifier"))
    if org or project:
        return {"org": org, "project": project}, "fields"
    path_org, path_project = (found.search(file) for found in (_ORG, _PROJECT))
    if path_org:
        return {"org": path_org[1], "project": path_project[1] if path_project else ""}, "path"
    return {"org": "", "project": ""}, ""


def _text(values: Mapping[str, Any], name: str) -> str:
    found = values.get(name)
    return found if isinstance(found, str) else ""
