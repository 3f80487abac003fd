"""pytest wiring of a whole audit: its options, its start, its end. The rest is in `audit`."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assurance import step_lookup
from assurance.closing import close
from assurance.errors import AssuranceError
from assurance.preparation import Call, prepare
from assurance.recorder import Recorder
from assurance.reports import write_reports
from assurance.scenario_plugin import AUDIT, RECORDER
from assurance.terminal import summarise_run

BETWEEN_COLLECTIONS = 5_000_000
"""So many more objects are made before the next search for garbage.

What an audit makes it keeps, nearly all of it: what such a search costs is lost.
"""

UNUSABLE = 4
"""The exit status of a wrong call or configuration."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options of an audit."""
    group = parser.getgroup("assurance", "delivery assurance")
    group.addoption("--system", metavar="FILE", help="assurance.toml of the system to audit")
    group.addoption(
        "--environment", action="append", metavar="NAME", help="judge only this environment"
    )
    group.addoption("--layers", metavar="LAYER,…", help="judge only these layers")
    group.addoption(
        "--base-url", metavar="URL", help="where clients reach the one selected environment"
    )
    group.addoption("--access", metavar="FILE", help="how to reach the one selected environment")
    group.addoption("--plan", metavar="FILE", help="plan (terraform show -json) to judge")
    group.addoption("--evidence", metavar="DIR", help="judge stored evidence, touch nothing")
    group.addoption("--bite", action="store_true", help="prove that every scenario can fail")
    group.addoption("--reports", metavar="DIR", help="where reports go (default: reports)")
    group.addoption("--fresh", action="store_true", help="collect evidence anew, reuse none")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Start the audit when the features are what is run."""
    features = config.rootpath / "features"
    if not _runs(config, features):
        return
    _leave_out_hypothesis(config)
    step_lookup.install()
    try:
        config.stash[AUDIT] = prepare(_call(config, features), _progress(config))
    except AssuranceError as error:
        pytest.exit(str(error), returncode=UNUSABLE)
    config.stash[RECORDER] = Recorder()


def _leave_out_hypothesis(config: pytest.Config) -> None:
    """Spare an audit the import of a library for tests, which its plugin makes at the very end."""
    plugin = config.pluginmanager.get_plugin("hypothesispytest")
    if plugin is not None:
        config.pluginmanager.unregister(plugin)


def _progress(config: pytest.Config) -> Callable[[str], None]:
    """Return what tells the user how far it is, past pytest's capturing."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")

    def tell(line: str) -> None:
        if reporter is not None:
            reporter.ensure_newline()
            reporter.write_line(line)

    return tell


def _runs(config: pytest.Config, features: Path) -> bool:
    asked = [(config.invocation_params.dir / arg.split("::")[0]).resolve() for arg in config.args]
    return any(path == features or path.is_relative_to(features) for path in asked)


def _call(config: pytest.Config, features: Path) -> Call:
    option = config.option
    here = config.invocation_params.dir
    return Call(
        features=features,
        policies=config.rootpath / "policies",
        system=here / option.system if option.system else config.rootpath / "assurance.toml",
        environments=tuple(option.environment or ()),
        layers=tuple(filter(None, (option.layers or "").split(","))),
        base_url=option.base_url or "",
        access=here / option.access if option.access else None,
        plan=here / option.plan if option.plan else None,
        evidence=here / option.evidence if option.evidence else None,
        bite=option.bite,
        fresh=option.fresh,
        reports=here / (option.reports or "reports"),
    )


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> None:
    """Wait for the evidence here, where progress can be shown."""
    audit = session.config.stash.get(AUDIT, None)
    if audit is not None and not session.config.option.collectonly:
        _ = audit.evidence
        # What was read stays until the end: the collector of garbage need not look at it again,
        # and records of what was read stay as well, so there is little for it to find.
        gc.freeze()
        gc.set_threshold(BETWEEN_COLLECTIONS)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Close the ledger, write every report and decide the exit status."""
    audit = session.config.stash.get(AUDIT, None)
    if audit is None or exitstatus in (pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR):
        return
    audit.runs.extend(session.config.stash[RECORDER].runs)
    audit.keep_evidence()
    report = close(audit, datetime.now(UTC).date())
    write_reports(report, audit.reports)
    audit.closed = report
    session.exitstatus = report.run.exit_status
    gc.freeze()


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say what was found, what was not looked at, and where to read on."""
    audit = config.stash.get(AUDIT, None)
    if audit is not None and audit.closed is not None:
        for line in summarise_run(audit.closed, audit.reports):
            terminalreporter.write_line(line)
