"""Scripts that bring a credential to light, and scripts that only use one."""

from __future__ import annotations

import pytest

from assurance.model.credential_uses import Showing
from assurance.readers.shell_leaks import leaks_in
from assurance.readers.shell_words import Unreadable

PRINTS, EXPORTS = Showing.PRINTS, Showing.EXPORTS
BUILDS, TAGS = Showing.BUILDS, Showing.TAGS


def leaks(text: str) -> list[tuple[Showing, str]]:
    found, _ = leaks_in(text, frozenset({"TOKEN"}), frozenset({"key"}))
    return [(leak.showing, leak.credential) for leak in found]


@pytest.mark.parametrize(
    ("text", "showing", "credential"),
    [
        ("echo $TOKEN", PRINTS, "TOKEN"),
        ('printf "%s" "${TOKEN}" >&2', PRINTS, "TOKEN"),
        ("echo ${TOKEN:0:4}", PRINTS, "TOKEN"),
        ('echo <+secrets.getValue("scanner")>', PRINTS, "scanner"),
        ('echo "<+pipeline.variables.key>"', PRINTS, "key"),
        ("if true; then for i in 1; do echo $TOKEN; done; fi", PRINTS, "TOKEN"),
        ("echo $TOKEN | tee log.txt", PRINTS, "TOKEN"),
        ("echo $TOKEN | base64", PRINTS, "TOKEN"),
        ("echo $TOKEN > /dev/stderr", PRINTS, "TOKEN"),
        ("cat <<EOF\nhello $TOKEN\nEOF", PRINTS, "TOKEN"),
        ("cat <<'EOF'\n<+secrets.getValue('scanner')>\nEOF", PRINTS, "scanner"),
        ("X=$(echo $TOKEN | base64)\necho $X", PRINTS, "X"),
        ('A="x$TOKEN"\nB=$A\necho "$B"', PRINTS, "B"),
        ("export A=$TOKEN\necho $A", PRINTS, "A"),
        ("P=$(aws ecr get-login-password)\necho $P", PRINTS, "P"),
        ("aws secretsmanager get-secret-value --secret-id x", PRINTS, "a fetched secret"),
        ("vault kv get secret/shop", PRINTS, "a fetched secret"),
        ("env", PRINTS, "TOKEN"),
        ("env | sort", PRINTS, "TOKEN"),
        ("env | grep TOKEN", PRINTS, "TOKEN"),
        ("printenv TOKEN", PRINTS, "TOKEN"),
        ("export -p", PRINTS, "TOKEN"),
        ("set", PRINTS, "TOKEN"),
        ('echo "t=$TOKEN" >> "$DRONE_OUTPUT"', EXPORTS, "TOKEN"),
        ("echo $TOKEN > $HARNESS_OUTPUT_FILE", EXPORTS, "TOKEN"),
        ("docker build --build-arg T=$TOKEN .", BUILDS, "TOKEN"),
        ("docker build --build-arg=T=$TOKEN .", BUILDS, "TOKEN"),
        ("docker build --build-arg TOKEN .", BUILDS, "TOKEN"),
        ("docker build -t shop:$TOKEN .", TAGS, "TOKEN"),
        ("docker build --label key=$TOKEN .", TAGS, "TOKEN"),
        ("docker tag shop shop:$TOKEN", TAGS, "TOKEN"),
        ("git tag $TOKEN", TAGS, "TOKEN"),
    ],
)
def test_a_credential_that_comes_to_light_is_found(
    text: str, showing: Showing, credential: str
) -> None:
    assert leaks(text) == [(showing, credential)]


@pytest.mark.parametrize("option", ["set -x", "set -eux", "set -o xtrace", "bash -x run.sh"])
def test_a_trace_shows_every_credential_that_a_command_is_given(option: str) -> None:
    assert leaks(f"{option}\ncurl -H $TOKEN https://x")[0][0] is PRINTS
    assert leaks(f"{option}\nls") == []


@pytest.mark.parametrize(
    "text",
    [
        'echo "$TOKEN" | docker login --username a --password-stdin x',
        "aws ecr get-login-password | docker login --password-stdin x",
        'curl -sf -H "Authorization: Bearer $TOKEN" https://x',
        "echo $TOKEN > token.txt",
        "echo $TOKEN > /dev/null",
        "echo $TOKEN | wc -c",
        "echo ${#TOKEN}",
        "echo ${TOKEN:+set}",
        "X=$(curl -H $TOKEN https://x)\necho $X",
        "env | grep -c TOKEN",
        "env A=b run",
        "printenv HOME",
        "echo $OTHER '$TOKEN'",
        "# echo $TOKEN",
        'echo "<+pipeline.variables.other>"',
        '[ -n "$TOKEN" ] && echo set',
        "set -e",
    ],
)
def test_a_credential_that_is_only_used_is_not_shown(text: str) -> None:
    assert leaks(text) == []


def test_without_a_credential_the_environment_may_be_shown() -> None:
    assert leaks_in("env\nset\nexport -p", frozenset(), frozenset())[0] == ()


def test_what_holds_a_credential_in_the_end_is_told() -> None:
    _, held = leaks_in("A=$TOKEN\nB=plain", frozenset({"TOKEN"}), frozenset())

    assert held == {"TOKEN", "A"}


def test_the_line_of_a_leak_is_told() -> None:
    found, _ = leaks_in("true\n\necho $TOKEN", frozenset({"TOKEN"}), frozenset())

    assert [leak.line for leak in found] == [2]


def test_what_is_no_shell_cannot_be_read() -> None:
    with pytest.raises(Unreadable):
        leaks_in("if then (", frozenset(), frozenset())
