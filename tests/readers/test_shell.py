"""What becomes of a script where one of its commands fails: tried against a real shell."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assurance.model.unknown import is_unknown
from assurance.readers.shell import Invocation, last_values, read_script
from assurance.readers.shell_words import Unreadable


def commands(text: str, *, stops: bool = True) -> tuple[Invocation, ...]:
    return read_script(text, stops_on_error=stops, variables={"KNOWN": "a b"}, directory="/harness")


def gate(text: str, *, stops: bool = True) -> Invocation:
    found = [each for each in commands(text, stops=stops) if each.words[0] == "gate"]
    assert len(found) == 1
    return found[0]


STOPS = [
    "gate",
    "gate\necho done",
    "cd /tmp && gate",
    "gate || exit 1",
    "gate || { echo failed; exit 3; }",
    "gate || (echo failed; exit 1)",
    "gate || false",
    "set -o pipefail\ngate | cat",
    "true | gate",
    "(gate)\necho done",
    "{ gate; }\necho done",
    "for one in a; do gate; done\necho done",
    "run() { gate; }\nrun\necho done",
    "bash -ec 'gate; echo done'\necho done",
    "set +e\ngate\nkept=$?\nexit $kept",
    "set +e\ngate\nkept=$?\nset -e\nif [ $kept -ne 0 ]; then exit 1; fi\necho done",
    "set +e\ngate\nkept=$?\n[ $kept -ne 0 ] && exit 1\necho done",
    "if ! gate; then echo failed; exit 1; fi\necho done",
    "if gate; then echo passed; else exit 1; fi\necho done",
    "found=$(gate)\necho done",
    "env A=1 gate\necho done",
    "time gate\necho done",
    "timeout 10 gate\necho done",
    "gate > /dev/null\necho done",
    "case a in a) ;; esac\ngate\necho done",
    "trap 'echo bye' EXIT\ngate\necho done",
    "failed=0\ngate || failed=1\nexit $failed",
    "gate # why\necho done",
]
PASSES = [
    "gate || true",
    "gate || :",
    "gate || echo failed",
    "gate || exit 0",
    "gate ||\n  true",
    "{ gate; echo more; } || true",
    "set +e\ngate\necho done",
    "set +o errexit\ngate\necho done",
    "gate | cat",
    "gate |& cat",
    "gate 2>&1 | tee /dev/null\necho done",
    "gate && echo passed\necho done",
    "gate &\necho done",
    "! gate\necho done",
    "if gate; then echo passed; fi",
    "if ! gate; then echo failed; fi",
    "while gate; do break; done\necho done",
    "echo $(gate)",
    "export found=$(gate)\necho done",
    "trap 'exit 0' EXIT\ngate",
    "set +e\ngate\nexit 0",
    "set +e\ngate\nkept=$?\necho $kept",
    "bash -c 'gate; echo done'",
    "(set +e; gate; echo done)",
    "cat <(gate)",
    "gate || { echo failed; }",
    "set +e; gate; exit 0",
]
MAY_NOT_RUN = [
    'if [ "$MAYBE" = yes ]; then gate; fi',
    '[ "$MAYBE" = yes ] && gate',
    '[ -n "$MAYBE" ] && exit 0\ngate',
    'if [ -z "$MAYBE" ]; then echo skipped; exit 0; fi\ngate',
    "case $MAYBE in yes) gate ;; esac",
    "true || gate",
]


@pytest.mark.parametrize("text", STOPS)
def test_a_failure_that_stops_the_script_is_no_defeat(text: str) -> None:
    assert gate(text).defeated_by == ""


@pytest.mark.parametrize("text", PASSES)
def test_a_failure_that_the_script_survives_is_a_defeat(text: str) -> None:
    found = gate(text).defeated_by

    assert is_unknown(found) or found


@pytest.mark.parametrize("text", MAY_NOT_RUN)
def test_a_command_that_may_not_run_is_no_gate(text: str) -> None:
    assert gate(text).defeated_by


@pytest.mark.skipif(shutil.which("bash") is None, reason="a tool is missing")
@pytest.mark.parametrize("text", [*STOPS, *PASSES])
def test_bash_agrees(text: str, tmp_path: Path) -> None:
    program = tmp_path / "gate"
    program.write_text("#!/bin/sh\nexit 7\n", encoding="utf-8")
    program.chmod(0o755)

    run = subprocess.run(
        ["bash", "-c", f"set -e; {text}"],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        cwd=tmp_path,
        capture_output=True,
        timeout=20,
        check=False,
    )

    assert (run.returncode != 0) is (text in STOPS), run.stderr


def test_without_set_e_only_the_last_command_decides() -> None:
    assert gate("gate\necho done", stops=False).defeated_by
    assert gate("echo start\ngate", stops=False).defeated_by == ""
    assert gate("set -e\ngate\necho done", stops=False).defeated_by == ""
    assert gate("gate\nexit $?", stops=False).defeated_by == ""


def test_a_status_that_is_only_kept_is_named_with_its_variables() -> None:
    found = gate("set +e\ngate\nS=$?\nset -e\nexport VERDICT=$S")

    assert found.kept_in == ("S", "VERDICT")
    assert "only kept" in found.defeated_by


def test_how_a_loop_goes_is_not_decided_here() -> None:
    assert is_unknown(gate('for one in $LIST; do gate "$one"; done').defeated_by)
    assert is_unknown(gate("set +e\ngate & wait $!").defeated_by)


def test_directories_are_followed() -> None:
    def where(text: str) -> str:
        return gate(text).directory

    assert where("cd a/b && cd .. && gate") == "/harness/a"
    assert where("(cd a; true); gate") == "/harness"
    assert where("cd /elsewhere\ngate") == "/elsewhere"
    assert is_unknown(where('cd "$SOMEWHERE"\ngate'))
    assert where("cd <+matrix.application>/tests\ngate") == "/harness/<+matrix.application>/tests"
    assert where("cd <+stage.variables.directory>\ncd /harness/a\ngate") == "/harness/a"


def test_words_are_those_that_the_shell_sees() -> None:
    def words(text: str) -> tuple[str, ...]:
        return gate(text).words[1:]

    assert words("gate 'a b' \"c $KNOWN\" d\\ e") == ("a b", "c a b", "d e")
    assert words("gate $KNOWN $OTHER") == ("a", "b", "$OTHER")
    assert words("NAME=x; gate ${NAME} ${NONE:-y} $(pwd)") == ("x", "${NONE:-y}", "/harness")
    assert words('gate <+a.b> "<+c.d("e>f")>:<+g>"') == ("<+a.b>", '<+c.d("e>f")>:<+g>')
    assert words("for one in x y; do :; done; gate $one") == ("y",)


def test_commands_after_the_end_are_not_seen() -> None:
    assert [each.words[0] for each in commands("echo start\nexit 0\ngate")] == ["echo"]


def test_commands_in_documents_and_comments_are_text() -> None:
    assert [each.words[0] for each in commands("cat <<X\ngate\nX\n# gate\n")] == ["cat"]


def test_last_values_are_those_at_the_end() -> None:
    found = last_values('A=1\nexport B="$A-<+x.y>"\nif c; then A=2; fi\n', {"C": "3"}, "/")

    assert found["B"] == "1-<+x.y>"
    assert found["C"] == "3"
    assert "A" not in found


def test_what_is_no_shell_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="line 2"):
        commands("echo start\n)\necho end")


PIECES = st.sampled_from(
    [
        *STOPS,
        *PASSES,
        "cd a",
        "x=1",
        "if a; then",
        "fi",
        "(",
        ")",
        "|",
        "&&",
        "'",
        '"',
        "<+",
        "<+a>",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=6).map("\n".join))
def test_reading_ends_in_commands_or_in_unreadable(text: str) -> None:
    try:
        found = commands(text)
    except Unreadable:
        return
    assert all(each.words for each in found)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(STOPS), st.sampled_from(["true", ":", "echo x", "exit 0"]), st.booleans())
def test_what_lets_everything_pass_defeats_every_gate(text: str, end: str, stops: bool) -> None:
    found = gate(f"(\n{text}\n) || {end}", stops=stops).defeated_by

    assert is_unknown(found) or found
