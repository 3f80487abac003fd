"""What a script says with its output variables and its exit status."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from assurance.model.actions import Output
from assurance.model.checks import TRIED_VALUES, Decision
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.shell import last_values
from assurance.readers.shell_state import CLONE
from assurance.readers.shell_trials import status_of
from assurance.readers.shell_words import Script, Unreadable
from assurance.readers.written_values import at, text, texts_by_name

_OUTPUT = re.compile(r"<\+([^<>]*\boutputVariables\.\w+)>")


def environment(spec: Mapping[str, Any]) -> dict[str, str]:
    """Return the variables that a step sets for its script."""
    return {
        **texts_by_name(spec.get("envVariables")),
        **texts_by_name(spec.get("environmentVariables")),
    }


def script_of(spec: Mapping[str, Any]) -> str:
    """Return the script of a step; empty where it has none, or none that is seen."""
    found = spec.get("command")
    written = text(at(spec, "source", "spec", "script") if found is None else found)
    return "" if is_unknown(written) else written


def declared_outputs(spec: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Return the output variables that a step declares and that can be read."""
    found = spec.get("outputVariables")
    if not isinstance(found, list | tuple):
        return ()
    return tuple(
        item
        for item in found
        if isinstance(item, dict) and not any(is_unknown(value) for value in item.values())
    )


def read_outputs(spec: Mapping[str, Any]) -> tuple[Output, ...]:
    """Return the output variables, with the values that the script is seen to give them."""
    declared = declared_outputs(spec)
    try:
        known = last_values(script_of(spec), environment(spec), CLONE) if declared else {}
    except Unreadable:
        known = {}
    return tuple(_output(item, known) for item in declared)


def _output(item: Mapping[str, Any], known: Mapping[str, str]) -> Output:
    name = text(at(item, "name"))
    taken = text(at(item, "value")) or name
    unseen: str = unknown(f"the value of the output {name} is decided by the run")
    return Output(name=name, value=known.get(taken, unseen))


def read_decision(spec: Mapping[str, Any], *, stops_on_error: bool) -> tuple[Decision, ...]:
    """Return the decision of a script about an output of an earlier step, if it makes one."""
    text_of, variables = script_of(spec), environment(spec)
    for expression, rest, given in _about(text_of, variables):
        try:
            script = Script(rest)
        except Unreadable:
            continue
        found = {
            value: status_of(script, given(value), stops_on_error=stops_on_error)
            for value in TRIED_VALUES
        }
        if None not in found.values() and len({bool(status) for status in found.values()}) > 1:
            fails = tuple(value for value, status in found.items() if status)
            return (Decision(about=expression, fails_on=fails),)
    return ()


def _about(script: str, variables: Mapping[str, str]) -> Iterator[tuple[str, str, Any]]:
    """Yield each output that a script depends on, the script, and its variables for a value."""
    for name, value in variables.items():
        found = _OUTPUT.fullmatch(value.strip())
        if found is not None:
            yield found[1], script, lambda tried, name=name: {**variables, name: tried}
    for expression in dict.fromkeys(_OUTPUT.findall(script)):
        rest = script.replace(f"<+{expression}>", "${tried}")
        yield expression, rest, lambda tried: {**variables, "tried": tried}
