"""An exception that nobody answers for is a violation itself."""

from __future__ import annotations

import pytest

from assurance.model.subjects import Location, Subject
from assurance.model.waivers import GrantedWaiver
from assurance.rules.waivers import is_accountable


def waiver(**changes: str) -> GrantedWaiver:
    fields = {
        "reason": "The old network is being left this year.",
        "owner": "ann",
        "approver": "bob",
        "expires": "2030-01-01",
        **changes,
    }
    subject = Subject(id="waiver of NET-01", location=Location(file="waivers.yaml", line=2))
    return GrantedWaiver(subject=subject, **fields)


def test_an_exception_with_a_reason_two_people_and_an_end_is_accountable() -> None:
    finding = is_accountable(waiver())

    assert (finding.holds, finding.actual) == (True, "owned by ann, until 2030-01-01")


@pytest.mark.parametrize(
    ("changes", "actual"),
    [
        ({"reason": "because"}, "its reason explains nothing"),
        ({"owner": ""}, "nobody owns it"),
        ({"approver": ""}, "nobody approved it"),
        ({"approver": "ann"}, "ann approved it for themselves"),
        ({"expires": ""}, "it never ends"),
    ],
)
def test_an_exception_that_lacks_something_says_what(changes: dict[str, str], actual: str) -> None:
    finding = is_accountable(waiver(**changes))

    assert (finding.holds, finding.actual) == (False, actual)
