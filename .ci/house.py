"""The pytest plugin of the gate: browser tests without a browser, and skips where none are allowed.

It is a module and no object, so that every process of a run that is spread over the cores has it.
"""

import os
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

import pytest

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

BROWSER_TESTS = Path(__file__).resolve().parents[1] / "tests" / "functional"


def forbids_skips() -> bool:
    """Whether a skip counts as a failure here."""
    return os.environ.get("DESK_FORBID_SKIPS", "") not in {"", "0"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the browser tests, visibly, where the gate found no browser."""
    if os.environ.get("DESK_BROWSER") != "none":
        return
    for item in items:
        if BROWSER_TESTS in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where skips are forbidden."""
    report = yield
    return _judged(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """As for one test, for a whole module that skips itself."""
    report = yield
    return _judged(report)


def _judged(report: Report) -> Report:
    """Leave the report, or make the skip in it a failure that says why."""
    if report.skipped and forbids_skips():
        report.outcome = "failed"
        report.longrepr = f"Skips are forbidden here (DESK_FORBID_SKIPS): {report.longrepr}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Repeat what failed before the tests, beside the tests' own result."""
    failed = os.environ.get("DESK_FAILED_STEPS", "")
    if failed:
        terminalreporter.section("failed before the tests", red=True)
        terminalreporter.line(failed, red=True)
