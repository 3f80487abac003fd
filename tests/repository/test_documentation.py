"""What is generated is current, and what is written works."""

from __future__ import annotations

import pytest

from assurance.documentation import main


def test_the_generated_documents_are_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0, capsys.readouterr().out + "run `tox run -e docs`"
