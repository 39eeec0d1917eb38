"""What a change must pass, in order: lint, format, types, layers, templates, and last the tests.

`manage.py test` runs this inside the environment. With arguments it runs only pytest with them.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

import pytest

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

ROOT = Path(__file__).resolve().parents[1]
BROWSER_TESTS = ROOT / "tests" / "functional"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"
STEPS = (
    ("ruff check", ["-m", "ruff", "check", "."]),
    ("ruff format", ["-m", "ruff", "format", "--check", "."]),
    ("mypy", ["-m", "mypy"]),
    ("import-linter", ["-c", LINT_IMPORTS, "--no-logo"]),
    ("djlint", ["-m", "djlint", "--lint", "--quiet", "app/templates"]),
)


def find_chromium() -> str | None:
    """The browser the tests drive: the one CHROMIUM names, else the first known one on PATH."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, BROWSERS)), None)


class House:
    """The pytest plugin that knows whether a browser is there and whether skips are allowed."""

    def __init__(self, failed: list[str], *, browser: bool, forbid_skips: bool) -> None:
        """Take what the earlier steps found, so that the summary can repeat it."""
        self.failed = failed
        self.browser = browser
        self.forbid_skips = forbid_skips

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Skip the browser tests, visibly, where no browser is."""
        if self.browser:
            return
        for item in items:
            if BROWSER_TESTS in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Turn a skip into a failure where skips are forbidden."""
        report = yield
        return self.judge(report)

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self,
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """As for one test, for a whole module that skips itself."""
        report = yield
        return self.judge(report)

    def judge(self, report: Report) -> Report:
        """Leave the report, or make the skip in it a failure that says why."""
        if report.skipped and self.forbid_skips:
            report.outcome = "failed"
            report.longrepr = f"Skips are forbidden here (DESK_FORBID_SKIPS): {report.longrepr}"
        return report

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Repeat what failed before the tests, beside the tests' own result."""
        if self.failed:
            terminalreporter.section("failed before the tests", red=True)
            for name in self.failed:
                terminalreporter.line(name, red=True)


def run_steps() -> list[str]:
    """Run every step before the tests; the answer names those that failed."""
    failed = []
    for name, arguments in STEPS:
        print(f"== {name}", flush=True)
        if subprocess.run([sys.executable, *arguments], cwd=ROOT, check=False).returncode:
            failed.append(name)
    return failed


def main(arguments: list[str]) -> int:
    """Run the gate; the answer is the exit code, 0 only where everything passed."""
    chromium = find_chromium()
    if chromium:
        os.environ["CHROMIUM"] = chromium
    else:
        print(
            "No Chromium found: the browser tests in tests/functional are skipped. To run them,"
            " `apt-get install chromium` (Debian), or set CHROMIUM to the path of a Chromium or"
            " Chrome.",
            file=sys.stderr,
            flush=True,
        )
    failed = [] if arguments else run_steps()
    forbid_skips = os.environ.get("DESK_FORBID_SKIPS", "") not in {"", "0"}
    house = House(failed, browser=chromium is not None, forbid_skips=forbid_skips)
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    print("== pytest", flush=True)
    tests = pytest.main(arguments, plugins=[house])
    return int(tests) or int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
