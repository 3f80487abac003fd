"""The command that runs the reference system: it does not stay when a part of it is gone."""

from __future__ import annotations

import importlib.util
import time
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[1] / "system_under_test" / "run.py"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(SCRIPT.parent)
    spec = importlib.util.spec_from_file_location("run_system", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_part_that_ends_by_itself_ends_the_command(run: ModuleType, tmp_path: Path) -> None:
    """Whoever runs it hears which log to read, instead of a page that says the service is away."""
    lasting, brief = tmp_path / "lasting", tmp_path / "brief"
    began = time.monotonic()

    with (
        run._process(["sleep", "60"], tmp_path, {}, lasting) as other,
        run._process(["sleep", "0.1"], tmp_path, {}, brief),
        pytest.raises(run.CannotRun, match=str(brief)),
    ):
        run.watch()

    assert other.poll() is not None, "what is left is stopped"
    assert time.monotonic() - began < 30
