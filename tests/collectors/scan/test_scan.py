"""Credentials in a real git repository: found in files and in the past, never told."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from assurance.collectors.scan import ScanRequest, cache_key, collect_scan
from assurance.collectors.scan.detectors import hits
from assurance.model.unknown import UnknownValue
from assurance.readers.scans import read_scans
from assurance.readers.state import State
from assurance.rules import scans as rules

KEY = "AKIA" + "Q" * 16
"""In the form of an access key, put together here so that no file holds one."""


def git(directory: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    subprocess.run(["git", "-C", directory, *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "settings.py").write_text("NAME = 'shop'\n")
    (tmp_path / ".gitignore").write_text("local.env\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "begin")
    return tmp_path


def searched(repository: Path) -> tuple[dict[str, Any], State]:
    body = collect_scan(ScanRequest(system=repository))
    return body, State([(body, "sha256:x")])


def findings(repository: Path) -> tuple[list[bool], list[bool]]:
    scans = read_scans(searched(repository)[1])
    return (
        [rules.holds_no_credential(place).holds for place in scans.places],
        [rules.holds_no_credential(history).holds for history in scans.history],
    )


def test_a_clean_repository_holds_none(repository: Path) -> None:
    assert findings(repository) == ([True, True], [True])


def test_a_credential_in_a_file_is_found_before_it_is_committed(repository: Path) -> None:
    (repository / "app" / "settings.py").write_text(f"NAME = 'shop'\nKEY = '{KEY}'\n")

    body, state = searched(repository)
    finding = rules.holds_no_credential(read_scans(state).places[1])

    assert not finding.holds
    assert finding.actual == "AWS Access Key in app/settings.py:2"
    assert KEY not in json.dumps(body)


def test_a_credential_that_was_removed_is_still_in_the_history(repository: Path) -> None:
    settings = repository / "app" / "settings.py"
    settings.write_text(f"KEY = '{KEY}'\n")
    git(repository, "commit", "-q", "-am", "oops")
    settings.write_text("KEY = ''\n")
    git(repository, "commit", "-q", "-am", "remove it")

    assert findings(repository) == ([True, True], [False])


def test_what_a_line_excepts_is_counted_and_excepted_in_the_past_too(repository: Path) -> None:
    settings = repository / "app" / "settings.py"
    settings.write_text(f"KEY = '{KEY}'\n")
    git(repository, "commit", "-q", "-am", "an example")
    settings.write_text(f"KEY = '{KEY}'  # pragma: allowlist secret\n")

    _, state = searched(repository)
    finding = rules.holds_no_credential(read_scans(state).places[1])

    assert finding.holds
    assert "1 lines are excepted" in finding.actual
    assert findings(repository)[1] == [True]


def test_what_git_ignores_is_not_part_of_the_repository(repository: Path) -> None:
    (repository / "local.env").write_text(f"KEY={KEY}\n")

    assert findings(repository) == ([True, True], [True])


def test_without_a_repository_the_past_is_unknown(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    _, state = searched(tmp_path)
    scans = read_scans(state)

    assert rules.holds_no_credential(scans.places[0]).holds
    with pytest.raises(UnknownValue, match="whole history is not here"):
        rules.holds_no_credential(scans.history[0])


def test_a_shallow_clone_hides_the_past(repository: Path, tmp_path: Path) -> None:
    (repository / "b.py").write_text("x = 1\n")
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "more")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", str(clone))

    with pytest.raises(UnknownValue, match="whole history"):
        rules.holds_no_credential(read_scans(searched(clone)[1]).history[0])


def test_a_place_where_nothing_was_read_proves_nothing() -> None:
    values = {"read": 0, "not_read": [], "findings": []}
    place = {"address": "scan_place.a", "mode": "managed", "type": "scan_place", "values": values}
    state = State([({"root": ".", "resources": [place]}, "sha256:x")])

    assert not rules.holds_no_credential(read_scans(state).places[0]).holds


def test_the_key_changes_with_a_file_and_with_a_commit(repository: Path) -> None:
    request = ScanRequest(system=repository)
    keys = [cache_key(request)]
    (repository / "new.py").write_text("x = 1\n")
    keys.append(cache_key(request))
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "new")
    keys.append(cache_key(request))

    assert len(set(keys)) == 3


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("hook: https://hooks.slack.com/" + "services/T00000000/B00000000/" + "x" * 24, "Slack"),
        ("-----BEGIN RSA " + "PRIVATE KEY-----\n" + "MIIEow" * 9, "Private Key"),
        ("ghp_" + "a" * 36, "GitHub"),
        ("url = postgres://app:" + "battery@db.internal/app", "Basic Auth"),
    ],
)
def test_a_form_is_known_wherever_it_stands(line: str, what: str) -> None:
    (hit,) = hits(f"first\n{line}\nlast\n")

    assert hit.line == 2
    assert what in hit.what
