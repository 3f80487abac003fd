"""Pipelines broken on purpose, so that a policy has something to deny.

What a policy demands is found by taking it away: every step, every stage, every setting in turn.
What it forbids is found in its own words: a step of every type that it names is added.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest
from typing import Any

from assurance.reshaping.definitions import Definition, Definitions, at, copied, mappings
from assurance.reshaping.reshapes import written_out
from assurance.reshaping.structure import Slot, every_slot

SETTINGS = (
    "failureStrategies",
    "rollbackSteps",
    "timeout",
    "delegateSelectors",
    "advanced",
    "approvers",
    "userGroups",
    "approvalMessage",
    "notificationRules",
    "spec",
)
"""What is taken away, one at a time."""

WORSE: dict[str, Any] = {
    "allowStageExecutions": True,
    "minimumCount": 0,
    "disallowPipelineExecutor": False,
    "tags": ["latest"],
    "fail_on_severity": "none",
    "webhookUrl": "https://chat.example.com/hook",
    "failureStrategies": [{"onFailure": {"errors": ["AllErrors"], "action": {"type": "Ignore"}}}],
    "cloneCodebase": False,
    "command": "echo <+secrets.getValue('token')>",
}
"""What is set instead of what stands there."""

COMMON = frozenset({"spec"})
"""What every policy speaks of, which so says nothing about what it demands."""

_TYPE = re.compile(r"[\"`]([A-Z][A-Za-z0-9]+)[\"`]")

Violation = tuple[str, Definitions]
"""What was broken, in words, and the definitions; the first one is broken."""


def violations(definitions: Definitions, kind: str, text: str) -> Iterator[Violation]:
    """Yield the definitions of a kind as they are, and broken, each as the only one.

    What the policy speaks of comes first, and each way of breaking only once.

    Args:
        definitions: Good ones.
        kind: `pipeline` or `template`.
        text: Of the policy, for the types that it names.
    """
    whole = _smallest_first(
        written_out(definitions, index)
        for index, each in enumerate(definitions)
        if each.kind == kind
    )
    known = {*SETTINGS, *WORSE}
    named = {key for key in known if key in text} - COMMON
    types = set(_TYPE.findall(text))
    broken = _in_turn(
        chain.from_iterable(
            _without_types(each, types, named=named) for named in (True, False) for each in whole
        ),
        chain.from_iterable(_with_types(each, sorted(types)) for each in whole),
        chain.from_iterable(_with_worse(each, named) for each in whole),
        chain.from_iterable(_without_parts(each) for each in whole),
    )
    as_it_is = ((f"{_where(each)}, as it is,", (each,)) for each in whole)
    yield from _in_turn(as_it_is, _once(broken))
    yield from _once(chain.from_iterable(_with_worse(each, known - named) for each in whole))


def _smallest_first(definitions: Iterable[Definition]) -> list[Definition]:
    """Order definitions: what can be shown on a small one need not be shown on a large one."""
    return sorted(definitions, key=lambda each: len(json.dumps(each.values)))


def _in_turn(*sources: Iterator[Violation]) -> Iterator[Violation]:
    """Yield from each source in turn, so that none waits until another has told all it has."""
    missing = object()
    for row in zip_longest(*sources, fillvalue=missing):
        yield from (each for each in row if each is not missing)  # type: ignore[misc]


def _once(found: Iterable[Violation]) -> Iterator[Violation]:
    """Yield the first of those that do the same to definitions of different names."""
    seen: set[str] = set()
    for words, (broken, *others) in found:
        change = words.removeprefix(_where(broken))
        if change not in seen:
            seen.add(change)
            yield words, (broken, *others)


def _without_parts(whole: Definition) -> Iterator[Violation]:
    for slot in every_slot((whole,)):
        alone = len(at(whole.values, slot.items)) == 1  # Harness refuses an empty list
        if slot.kind in ("step", "stage") and not alone:
            (broken,) = copied((whole,))
            del at(broken.values, slot.items)[slot.index]
            yield f"{_where(whole)} without {slot.name}", (broken,)


def _without_types(whole: Definition, types: set[str], *, named: bool) -> Iterator[Violation]:
    """Yield a definition without any step of a type, one of these or another, whatever has it."""
    found = {_type(slot) for slot in every_slot((whole,)) if slot.kind == "step"} - {""}
    for type_ in sorted(found & types if named else found - types):
        (broken,) = copied((whole,))
        for slot in reversed(list(every_slot((broken,)))):
            if slot.kind == "step" and _type(slot) == type_:
                del at(broken.values, slot.items)[slot.index]
        yield f"{_where(whole)} without any {type_}", (broken,)


def _type(slot: Slot) -> str:
    return str(slot.body.get("type", "")) if isinstance(slot.body, dict) else ""


def _with_worse(whole: Definition, keys: set[str]) -> Iterator[Violation]:
    for path, mapping in mappings(whole.values):
        for key in sorted(keys & set(mapping)):
            where = f"{key} of {mapping.get('identifier', _owner(whole, path))}"
            if key in SETTINGS:
                (broken,) = copied((whole,))
                del at(broken.values, path)[key]
                yield f"{_where(whole)} without {where}", (broken,)
            if key in WORSE:
                (broken,) = copied((whole,))
                at(broken.values, path)[key] = WORSE[key]
                yield f"{_where(whole)} with a bad {where}", (broken,)


def _owner(whole: Definition, path: tuple[str | int, ...]) -> str:
    """Return the identifier of what a setting belongs to."""
    named = [
        node["identifier"]
        for end in range(len(path) + 1)
        if isinstance(node := at(whole.values, path[:end]), dict) and "identifier" in node
    ]
    return str(named[-1]) if named else "it"


def _with_types(whole: Definition, types: list[str]) -> Iterator[Violation]:
    """Yield a definition with a step of a type at the top of its first stage with steps."""
    first = next((slot for slot in every_slot((whole,)) if slot.execution == "steps"), None)
    for type_ in types if first else ():
        assert first is not None
        (broken,) = copied((whole,))
        step = {"identifier": "added", "name": "added", "type": type_, "timeout": "5m", "spec": {}}
        at(broken.values, first.items).insert(0, {"step": step})
        yield f"{_where(whole)} with a step {type_}", (broken,)


def _where(whole: Definition) -> str:
    return f'the {whole.kind} "{whole.identifier}"'
