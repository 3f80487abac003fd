"""What lies in a container, read from an export in the form in which an engine gives it."""

from __future__ import annotations

import io
import tarfile
from types import SimpleNamespace
from typing import Any

import pytest

from assurance.collectors.containers.files import file_facts
from assurance.errors import NotCollected

USER = 10001


def container(*members: tuple[str, dict[str, Any]]) -> Any:
    """A container whose file system holds these, exported in small chunks."""
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as files:
        for name, values in members:
            member = tarfile.TarInfo(name)
            for key, value in {"mode": 0o755, **values}.items():
                setattr(member, key, value)
            files.addfile(member)
    text = content.getvalue()
    chunks = [text[at : at + 700] for at in range(0, len(text), 700)]
    return SimpleNamespace(export=lambda: iter(chunks))


def facts(*members: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    return file_facts(container(*members), USER, USER)


DIRECTORY = {"type": tarfile.DIRTYPE}
LINK = {"type": tarfile.SYMTYPE, "linkname": "elsewhere"}


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("usr/bin/su", {"mode": 0o4755}, "setuid"),
        ("usr/bin/wall", {"mode": 0o2755}, "setuid"),
        ("root/.bash_history", {}, "histories"),
        ("usr/bin/gcc", {}, "builders"),
        ("usr/bin/cc", LINK, "builders"),
        ("usr/bin/x86_64-linux-gnu-gcc-12", {}, "builders"),
        ("usr/local/go/bin/go", {}, "builders"),
        ("srv/data", {"uid": USER}, "writable"),
        ("srv/data", {"gid": USER, "mode": 0o775}, "writable"),
        ("tmp", DIRECTORY | {"mode": 0o1777}, "writable"),
    ],
)
def test_what_should_not_be_there_is_found(name: str, values: dict[str, Any], kind: str) -> None:
    found = facts(("usr/bin/python3", {}), (name, values))

    assert {key for key, paths in found.items() if paths} == {kind}
    assert found[kind] == [f"/{name}"]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("usr/bin/python3", {}),
        ("usr/bin/make", DIRECTORY),
        ("usr/share/doc/gcc", {}),
        ("usr/bin/gcc-history", {}),
        ("bin", LINK | {"mode": 0o777}),
        ("proc/1/mem", {"mode": 0o666}),
        ("srv", DIRECTORY | {"mode": 0o2755}),
    ],
)
def test_what_may_be_there_is_not_found(name: str, values: dict[str, Any]) -> None:
    assert not any(facts((name, values)).values())


def test_what_is_under_a_writable_directory_is_not_listed_as_well() -> None:
    own = {"uid": USER}

    found = facts(("tmp", DIRECTORY | own), ("tmp/a", own), ("tmpfiles", own))

    assert found["writable"] == ["/tmp", "/tmpfiles"]


def test_an_export_without_files_is_no_evidence() -> None:
    with pytest.raises(NotCollected):
        file_facts(SimpleNamespace(export=lambda: iter([b"\0" * 10240])), USER, USER)
