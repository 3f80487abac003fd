"""What broke or was left out before it could judge is in the ledger all the same."""

from __future__ import annotations

from pathlib import Path

from tests.test_audit_run import checkov, keep, ledger, run, system

__all__ = ["system"]


def of_policies(system: Path) -> set[tuple[str, str]]:
    """Return the outcomes and reasons of the rows about checkov's policies as a whole."""
    return {
        (row["outcome"], row["actual"])
        for row in ledger(system)["judgements"]
        if row["scenario"] == "Checkov policies" and not row["step"]
    }


def test_policies_whose_judging_breaks_are_errors(system: Path) -> None:
    """Evidence that the verifier stumbles over must not read as if all were well."""
    broken = {name: value for name, value in checkov().items() if name != "types"}
    keep(system, "checkov", broken | {"policies_loaded": ["CKV_AWS_16"]}, "")

    run(system, "-k", "policies")

    assert ("error", "the policies were not judged, or judging them broke") in of_policies(system)


def test_policies_that_the_user_deselects_are_accounted_for(system: Path) -> None:
    """They were not looked at, and say so."""
    run(system, "-k", "unrecorded")

    assert of_policies(system) == {("notchecked", "scenario deselected")}
