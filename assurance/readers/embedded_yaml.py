"""YAML that stands as a text inside a definition, as the inputs of a trigger do."""

from __future__ import annotations

from typing import Any

import yaml

from assurance.model.unknown import unknown


def decoded_yaml(text: Any) -> Any:
    """Return the content of a text in YAML; unknown where it cannot be read.

    What is no text is returned as it is. Aliases are not followed: nobody needs them in inputs, and
    a few of them can stand for more than memory holds.
    """
    if not isinstance(text, str):
        return text
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader)):
            return unknown("the inputs use aliases of YAML, which are not followed")
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        first = str(error).splitlines()[0]
        return unknown(f"the inputs are not YAML: {first}")
