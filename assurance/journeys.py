"""The file that says what people do with a frontend: steps on elements, by role and name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assurance.collectors.browser.steps import Element, Journey, Step
from assurance.errors import SettingsError
from assurance.settings_schema import check_keys

_ACTIONS = ("click", "check", "fill", "see")


def load_journeys(file: Path, environment: str) -> tuple[Journey, ...]:
    """Return the journeys with the steps by which people sign in to an environment.

    Raises:
        SettingsError: The file cannot be read, is not TOML or has an unknown key.
    """
    content, text = _content(file)
    check_keys(content, text, file, part="journeys")
    known = content.get("sign_in", {}).get(environment)
    sign_in = tuple(_step(fields) for fields in known["steps"]) if known else ()
    return tuple(
        Journey(
            name=fields["name"],
            steps=tuple(_step(step) for step in fields["steps"]),
            sign_in=sign_in,
        )
        for fields in content["journeys"]
    )


def _content(file: Path) -> tuple[Mapping[str, Any], str]:
    try:
        text = file.read_text(encoding="utf-8")
        return tomllib.loads(text), text
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        raise SettingsError(
            f"the journeys cannot be read: {error}.",
            file=file,
            line=int(line[1]) if line else None,
            remedy="name a TOML file of journeys.",
        ) from error


def _step(fields: Mapping[str, Any]) -> Step:
    action = next(name for name in ("open", "sign_in", *_ACTIONS) if name in fields)
    return Step(
        action=action,
        path=fields.get("open", ""),
        element=Element(**fields[action]) if action in _ACTIONS else None,
        value=fields.get("value", ""),
        variable=fields.get("from", ""),
        writes=fields.get("writes", False),
        when_shown=fields.get("when_shown", False),
    )
