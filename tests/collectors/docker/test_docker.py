"""What is collected of Dockerfiles: whatever stands in them, one document and no exception."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from assurance.collectors.docker import cache_key, collect_dockerfiles
from tests.dockerfiles import GOOD, request

KEYWORDS = st.sampled_from(
    ["FROM a", "FROM $X AS b", "RUN", "COPY", "ARG X=1", "ENV A b", "#", "\\", "<<E"]
)


@given(st.lists(st.one_of(KEYWORDS, st.text(max_size=20)), max_size=12).map("\n".join))
def test_any_text_is_collected(text: str) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        wanted = request(Path(scratch), None)
        (Path(scratch) / "Dockerfile").write_bytes(text.encode("utf-8", "surrogatepass"))
        body = collect_dockerfiles(wanted)

    (found,) = body["resources"]
    assert bool(found["values"]["fault"]) == (not found["values"]["stages"])
    assert len(body["diagnostics"]) == bool(found["values"]["fault"])


def test_a_missing_dockerfile_is_named(tmp_path: Path) -> None:
    body = collect_dockerfiles(request(tmp_path, None))

    assert body["diagnostics"][0]["summary"] == "there is no Dockerfile"
    assert body["diagnostics"][0]["file"] == "Dockerfile"


def test_the_key_changes_with_the_file_and_what_the_context_holds(tmp_path: Path) -> None:
    wanted = request(tmp_path, GOOD)
    keys = [cache_key(wanted)]
    (tmp_path / "tests").mkdir()
    keys.append(cache_key(wanted))
    (tmp_path / ".dockerignore").write_text("tests\n")
    keys.append(cache_key(wanted))
    keys.append(cache_key(request(tmp_path, GOOD + "LABEL a=b\n")))

    assert len(set(keys)) == 4
