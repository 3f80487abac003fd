"""The process that evaluates Rego: reads requests on its input, one JSON line each, and answers.

It is a process of its own because the interpreter is native code: a policy on which it breaks must
not take the command along. What it prints is caught, for it names the line of an error.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from typing import Any

from regopy import Interpreter, RegoError, set_default_log_level

_PLACE = re.compile(r"(?:^|\n)([^\n]+)\n-- policy:(\d+):")


def main() -> int:
    """Answer every request until the input ends."""
    with tempfile.TemporaryFile() as printed, os.fdopen(os.dup(1), "w") as answers:
        os.dup2(printed.fileno(), 1)
        os.dup2(printed.fileno(), 2)
        set_default_log_level("Error")
        for line in sys.stdin:
            printed.seek(0)
            printed.truncate()
            answers.write(json.dumps(_answer(json.loads(line), printed.fileno())) + "\n")
            answers.flush()
    return 0


def _answer(request: Mapping[str, Any], printed: int) -> dict[str, Any]:
    try:
        return {"denials": list(_denials(request))}
    except (RegoError, ValueError, TypeError, KeyError) as error:
        said = os.pread(printed, 100_000, 0).decode(errors="replace")
        found = _PLACE.search(said)
        if found:
            return {"fault": found[1].strip(), "line": int(found[2])}
        return {"fault": str(error).strip().splitlines()[0] or type(error).__name__, "line": None}


def _denials(request: Mapping[str, Any]) -> Iterator[list[str]]:
    interpreter = Interpreter()
    interpreter.add_module("policy", request["text"])
    for payload in request["payloads"]:
        interpreter.set_input(payload)
        yield _messages(interpreter, f"data.{request['package']}.deny")


def _messages(interpreter: Any, deny: str) -> list[str]:
    """Return what a policy says: an empty or false `deny` says nothing."""
    try:
        found = _value(interpreter, f"found = {deny}")
    except json.JSONDecodeError:  # the interpreter writes some sets and texts in no JSON
        found = _value(interpreter, f"found = count([message | {deny}[message]])")
        return ["a message that cannot be read"] * int(found)
    if found is None or found is False:
        return []
    if found is True:
        return ["denied"]
    return sorted(str(message) for message in found)


def _value(interpreter: Any, query: str) -> Any:
    output = interpreter.query(query)
    text = str(output)
    if "(error" in text or "<error>" in text:
        raise ValueError("the interpreter cannot evaluate it")
    return json.loads(text)["bindings"]["found"] if text != "undefined" else None


if __name__ == "__main__":
    sys.exit(main())
