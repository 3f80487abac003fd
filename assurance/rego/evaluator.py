"""The process that evaluates Rego: reads requests on its input, one JSON line each, and answers.

It is a process of its own because the interpreter is native code: a policy on which it breaks must
not take the command along. What it prints is caught, for it names the line of an error.
"""

from __future__ import annotations

import base64
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

from regopy import Interpreter, RegoError, set_default_log_level

_CALL = re.compile(r"\b(?!data\.|input\.)([a-z]\w*(?:\.[a-z]\w*)+)\(")
_QUOTED = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|`[^`]*`|#.*")
_ENCODED = "found = [text | {deny}[message]; text = base64.encode(sprintf(`%v`, [message]))]"
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


class Unavailable(ValueError):
    """A function that Open Policy Agent has and the interpreter has not.

    Attributes:
        line: Where it is called.
    """

    def __init__(self, name: str, line: int) -> None:
        super().__init__(f"the interpreter here has no function `{name}`")
        self.line = line


def _answer(request: Mapping[str, Any], printed: int) -> dict[str, Any]:
    try:
        return {"denials": list(_denials(request))}
    except Unavailable as error:
        return {"fault": str(error), "line": error.line}
    except (RegoError, ValueError, TypeError, KeyError) as error:
        said = os.pread(printed, 100_000, 0).decode(errors="replace")
        found = _PLACE.search(said)
        if found:
            return {"fault": found[1].strip(), "line": int(found[2])}
        return {"fault": str(error).strip().splitlines()[0] or type(error).__name__, "line": None}


def _denials(request: Mapping[str, Any]) -> Iterator[list[str]]:
    deny = f"data.{request['package']}.deny"
    interpreter, plain = _compiled(request["text"], f"found = {deny}")
    for payload in request["payloads"]:
        interpreter.set_input(payload)
        try:
            yield _messages(str(interpreter.query_bundle(plain)))
        except json.JSONDecodeError:  # the interpreter writes no quotes as JSON does
            yield _encoded(str(interpreter.query(_ENCODED.format(deny=deny))))


@lru_cache(maxsize=4)
def _compiled(text: str, query: str) -> tuple[Any, Any]:
    """Return a policy ready to be asked.

    It is asked once before it is compiled, because compiling breaks on what asking names as wrong.
    """
    interpreter = Interpreter()
    _refuse_unavailable(interpreter, text)
    interpreter.add_module("policy", text)
    interpreter.set_input({})
    with suppress(json.JSONDecodeError):
        _messages(str(interpreter.query(query)))
    return interpreter, interpreter.build(query)


def _encoded(answer: str) -> list[str]:
    return sorted(base64.b64decode(each).decode() for each in _messages(answer))


def _refuse_unavailable(interpreter: Any, text: str) -> None:
    """Refuse what the interpreter would take for undefined, and the policy so for silent."""
    code = _QUOTED.sub(lambda quoted: "\n" * quoted[0].count("\n"), text)
    for called in _CALL.finditer(code):
        if not interpreter.is_builtin(called[1]):
            raise Unavailable(called[1], code.count("\n", 0, called.start()) + 1)


def _messages(answer: str) -> list[str]:
    """Return what a policy says: an empty or false `deny` says nothing."""
    if "(error" in answer or "<error>" in answer:
        raise ValueError("the interpreter cannot evaluate it")
    if answer == "undefined":
        return []
    found = json.loads(answer)["bindings"]["found"]
    if isinstance(found, bool):
        return ["denied"] if found else []
    return sorted(str(message) for message in found)


if __name__ == "__main__":
    sys.exit(main())
