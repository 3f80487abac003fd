"""Lists, objects and `jsonencode()` as they are written: what stands between their brackets."""

from __future__ import annotations

from assurance.collectors.terraform.hcl import SourceFile, Token

_CLOSING = {"[": "]", "{": "}", "(": ")"}
_DEEPER = frozenset({"open", "enter", "quote", "heredoc"})
_HIGHER = frozenset({"close", "leave", "unquote", "unheredoc"})


def word(source: SourceFile, token: Token) -> str:
    """The text of a token."""
    return source.text[token[1] : token[2]]


def inside(source: SourceFile, tokens: list[Token]) -> tuple[str, list[Token]] | None:
    """The opening bracket of a constructor and what is inside; None where it is none."""
    tokens = _trimmed(tokens)
    if tokens and word(source, tokens[0]) == "jsonencode":
        tokens = tokens[1:]
    elif tokens and word(source, tokens[0]) == "(":
        return None
    if not tokens or tokens[0][0] != "open" or tokens[-1][0] != "close":
        return None
    opening = word(source, tokens[0])
    content = tokens[1:-1]
    if _CLOSING.get(opening) != word(source, tokens[-1]) or not _balanced(content):
        return None
    first = next((each for each in content if each[0] != "newline"), None)
    loops = first is not None and opening != "(" and word(source, first) == "for"
    return None if loops else (opening, content)


def parts(
    source: SourceFile, tokens: list[Token], ends: tuple[str, ...] = (",",)
) -> list[list[Token]]:
    """The items between separators, empty ones left out."""
    items: list[list[Token]] = [[]]
    depth = 0
    for each in tokens:
        depth += (each[0] in _DEEPER) - (each[0] in _HIGHER)
        ends_here = word(source, each) in ends or (each[0] == "newline" and "newline" in ends)
        if depth == 0 and ends_here:
            items.append([])
        else:
            items[-1].append(each)
    return [item for item in items if _trimmed(item)]


def pairs(source: SourceFile, tokens: list[Token]) -> dict[str, list[Token]]:
    """The values of an object by key; keys that are expressions are left out."""
    found: dict[str, list[Token]] = {}
    for item in parts(source, tokens, (",", "newline")):
        entry = _trimmed(item)
        at = next((n for n, each in enumerate(entry) if word(source, each) in ("=", ":")), None)
        if at is None:
            continue
        key = entry[:at]
        kinds = [each[0] for each in key]
        if kinds == ["name"]:
            found[word(source, key[0])] = entry[at + 1 :]
        elif kinds == ["quote", "literal", "unquote"]:
            found[word(source, key[1])] = entry[at + 1 :]
    return found


def _trimmed(tokens: list[Token]) -> list[Token]:
    kept = [n for n, each in enumerate(tokens) if each[0] != "newline"]
    return tokens[kept[0] : kept[-1] + 1] if kept else []


def _balanced(tokens: list[Token]) -> bool:
    depth = 0
    for each in tokens:
        depth += (each[0] in _DEEPER) - (each[0] in _HIGHER)
        if depth < 0:
            return False
    return depth == 0
