"""The files of a system written as another hand, another editor or another tool would write them.

What YAML says stays the same; its text does not.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import yaml

Write = Callable[[dict[str, Any]], str]


class _Dumper(yaml.SafeDumper):
    """Writes nothing twice that it can refer to."""


class _Plain(yaml.SafeDumper):
    """Writes everything out."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


class _Quoted(_Plain):
    """Puts every text in double quotes, keys as well."""


class _Single(_Plain):
    """Puts every text in single quotes."""


class _Literal(_Plain):
    """Writes every text of several lines as a block."""


def _style(style: str) -> Callable[[yaml.SafeDumper, str], yaml.Node]:
    return lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Quoted.add_representer(str, _style('"'))
_Single.add_representer(str, _style("'"))
_Literal.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style="|" if "\n" in text else None
    ),
)


def shared(node: Any, known: dict[str, Any] | None = None) -> Any:
    """The same with one object for all that is equal, to which a writer can refer."""
    known = {} if known is None else known
    if isinstance(node, dict):
        node = {key: shared(value, known) for key, value in node.items()}
    elif isinstance(node, list):
        node = [shared(value, known) for value in node]
    else:
        return node
    return known.setdefault(json.dumps(node), node) if node else node


def reversed_keys(node: Any) -> Any:
    """The same with the keys of every mapping from the last to the first."""
    if isinstance(node, dict):
        return {key: reversed_keys(node[key]) for key in reversed(node)}
    return [reversed_keys(each) for each in node] if isinstance(node, list) else node


def commented(text: str) -> str:
    """A text without blocks, with a comment before every line that begins an item, and after it."""
    lines = []
    for number, line in enumerate(text.splitlines()):
        if line.lstrip().startswith(("- ", '"')) and line.endswith((":", "true", "false")):
            lines.append(f"{' ' * (len(line) - len(line.lstrip()))}# line {number}: why it is so")
            lines.append(f"{line}  # and {number} more: {{}} [] & * !")
        else:
            lines.append(line)
    return "\n".join(["# A file with much to say.", "", *lines, "", "# The end.", ""])


def _dump(values: Any, dumper: type[yaml.SafeDumper], **options: Any) -> str:
    text: str = yaml.dump(values, Dumper=dumper, sort_keys=False, allow_unicode=True, **options)
    return text


TEXTS: dict[str, Write] = {
    "anchors": lambda values: _dump(shared(values), _Dumper),
    "flow style": lambda values: _dump(values, _Plain, default_flow_style=True),
    "JSON": lambda values: json.dumps(values, indent=2),
    "double quotes": lambda values: _dump(values, _Quoted, width=10**6),
    "single quotes": lambda values: _dump(values, _Single),
    "folded lines": lambda values: _dump(values, _Quoted, width=30),
    "blocks, deep indentation": lambda values: _dump(values, _Literal, indent=6),
    "keys from the last": lambda values: _dump(reversed_keys(values), _Plain),
    "comments": lambda values: commented(_dump(values, _Quoted, width=10**6)),
    "document markers": lambda values: f"---\n{_dump(values, _Plain)}...\n",
    "line ends of Windows": lambda values: _dump(values, _Quoted).replace("\n", "\r\n"),
}
"""How a file can be written, by name."""
