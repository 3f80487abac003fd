"""Rules about images and containers: what conforms, and each way not to."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import Finding, NotApplicable
from assurance.model.unknown import UnknownValue
from assurance.readers.built_images import read_built_images
from assurance.rules import built_images as rules
from tests.observed_states import observed, seen

CONFORMING: dict[str, Any] = {
    "state": "healthy",
    "output": "",
    "uid": 10001,
    "setuid": [],
    "histories": [],
    "builders": [],
    "writable": ["/tmp"],
    "listening": [8080],
    "stopped_after": 1.2,
    "exit_code": 0,
}
IMAGE: dict[str, Any] = {
    "role": "backend",
    "bytes": 9,
    "user": "",
    "health_check": [],
    "ports": [8080],
}


def started(**changes: Any) -> Any:
    """A container that conforms, but for the changes."""
    image = seen("container_image", application="shop", volumes=["/tmp"], **IMAGE)
    one = seen("container", application="shop", **CONFORMING | changes)
    return read_built_images(observed(image, one)).containers[0]


RULES = {
    "other than root": rules.runs_as_other_than_root,
    "read-only root": rules.runs_on_read_only_root,
    "healthy": rules.becomes_healthy,
    "stops": lambda found: rules.stops_on_sigterm(found, seconds=30),
    "no setuid": lambda found: rules.holds_no_setuid(found, allowed=["/usr/bin/ping"]),
    "no history": rules.holds_no_history,
    "no builder": rules.holds_no_builder,
    "volumes": rules.writes_only_to_volumes,
    "port": rules.listens_only_where_declared,
}


@pytest.mark.parametrize("rule", RULES)
def test_a_container_that_holds_nothing_beyond_its_need_conforms(rule: str) -> None:
    assert RULES[rule](started()).holds


@pytest.mark.parametrize(
    ("rule", "changes", "actual"),
    [
        ("other than root", {"uid": 0}, "user id 0"),
        ("read-only root", {"state": "exited", "output": "a\nno space"}, "exited: no space"),
        ("healthy", {"state": "running"}, "running"),
        ("stops", {"exit_code": 137}, "exit status 137"),
        ("stops", {"stopped_after": 30.1}, "after 30.1 s"),
        ("no setuid", {"setuid": ["/usr/bin/ping", "/usr/bin/su"]}, "/usr/bin/su"),
        ("no history", {"histories": ["/root/.bash_history"]}, "/root/.bash_history"),
        ("no builder", {"builders": ["/usr/bin/gcc"]}, "/usr/bin/gcc"),
        ("volumes", {"writable": ["/tmp/a", "/tmpfiles"]}, "/tmpfiles"),
        ("port", {"listening": [8080, 2375]}, "2375"),
        ("port", {"listening": []}, "nothing listens"),
    ],
)
def test_what_goes_beyond_the_need_is_told(rule: str, changes: Any, actual: str) -> None:
    finding = RULES[rule](started(**changes))

    assert not finding.holds
    assert actual in finding.actual


@pytest.mark.parametrize(("rule", "unset"), [("other than root", "uid"), ("stops", "exit_code")])
def test_what_a_container_did_not_live_to_show_is_not_known(rule: str, unset: str) -> None:
    with pytest.raises(UnknownValue):
        RULES[rule](started(**{unset: None}))


@pytest.mark.parametrize(("size", "holds"), [(250_000_000, True), (250_000_001, False)])
def test_an_image_stays_within_the_budget_of_its_role(size: int, holds: bool) -> None:
    image = seen("container_image", application="shop", **IMAGE | {"bytes": size})
    (one,) = read_built_images(observed(image)).images

    within = rules.stays_within_budget(one, role="backend", megabytes=250)
    other = rules.stays_within_budget(one, role="frontend", megabytes=1)

    assert isinstance(within, Finding)
    assert within.holds is holds
    assert isinstance(other, NotApplicable)
