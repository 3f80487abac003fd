"""`index.html` as text: everything is in it, and it asks for nothing."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from assurance.model.judgements import Outcome, Reason
from assurance.model.reports import Proof
from assurance.reports.html import html
from tests.reports.reports import HOSTILE, every_outcome, left_out, passing, requirement, row
from tests.reports.reports import report as report_of


def test_it_needs_nothing_from_outside() -> None:
    """No address to load from, and a policy that forbids it."""
    page = html(every_outcome())

    assert not re.findall(r"""(?:src|href)=["']?(?:https?:)?//""", page)
    assert not re.findall(r"@import|url\(", page)
    assert "default-src 'none'" in page


def test_texts_of_the_system_stay_texts() -> None:
    """What stands in evidence can neither end the script nor become markup."""
    page = html(every_outcome())

    assert HOSTILE not in page
    assert page.count("</script>") == 2
    assert "<script>alert" not in page


def headline(page: str) -> str:
    """Return the verdict."""
    [found] = re.findall(r'id="verdict-title">([^<]*)<', page)
    return str(found)


@pytest.mark.parametrize(
    ("outcomes", "words"),
    [
        ([Outcome.PASS], "Everything that was looked at holds"),
        ([Outcome.PASS, Outcome.WAIVED], "Everything that was looked at holds, or is waived"),
        ([Outcome.PASS, Outcome.FAIL], "Something does not hold"),
        (
            [Outcome.PASS, Outcome.UNKNOWN],
            "Nothing is known to fail, but not everything could be decided",
        ),
    ],
)
def test_the_verdict_comes_first(outcomes: list[Outcome], words: str) -> None:
    """The headline follows the exit status."""
    rows = [row("NET-01", outcome, f"aws_vpc.v{n}") for n, outcome in enumerate(outcomes)]

    assert headline(html(report_of([requirement("NET-01")], rows))) == words


def test_a_check_that_does_not_bite_is_not_told_as_a_failure_of_the_system() -> None:
    """The run ends with 1, and the page says why."""
    report = passing()
    unproven = Proof(requirement="NET-01", tried=3, caught=2, faults=("missed: x",), idle=())
    report = replace(
        report,
        run=replace(report.run, bite=True, exit_status=1),
        proofs={"NET-01": unproven},
    )

    page = html(report)

    assert headline(page) == "Nothing fails, but not every check could be proved to bite"
    assert 'Not proved for <a href="#NET-01">' in page


def test_what_was_not_looked_at_is_on_the_first_screen() -> None:
    """Reasons, and resources that no check speaks of, with their numbers."""
    page = html(every_outcome())
    first = page[page.index('id="verdict-title"') : page.index('id="areas"')]

    assert f"<b>6</b> requirements on a layer: {Reason.UNBUILT}" in first
    assert "<b>7</b> resources of 2 types that no check speaks of" in first
    assert "5 of 6</b> deliberate violations" in first
    assert "<b>1</b> limit of the evidence" in first


def test_a_verdict_is_told_for_each_environment() -> None:
    """What fails in production is not blurred by what holds in staging."""
    rows = [
        row("NET-01", Outcome.FAIL),
        row("NET-01", Outcome.PASS, environment="staging"),
        left_out("NET-01", Reason.UNBUILT, environment="lab"),
    ]
    page = html(report_of([requirement("NET-01")], rows))
    table = page[page.index('class="environments"') :]
    table = table[: table.index("</table>")]

    assert re.findall(r"<b>(staging|production|lab)</b>.*?badge o-(\w+)", table, re.S) == [
        ("staging", "pass"),
        ("production", "fail"),
        ("lab", "notchecked"),
    ]


def test_every_open_judgement_is_in_the_page_without_its_script() -> None:
    """A reader without scripts, and paper, see what does not hold."""
    report = every_outcome()
    body = html(report).partition('<script type="application/json"')[0]

    for outcome in (Outcome.FAIL, Outcome.ERROR, Outcome.UNKNOWN, Outcome.WAIVED):
        expected = sum(found.outcome is outcome for found in report.rows)
        assert body.count(f'data-layer="declared" data-outcome="{outcome}"') == expected
