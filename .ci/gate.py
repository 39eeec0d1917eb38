"""What a change must pass, in order: lint, format, types, layers, templates, and last the tests.

`manage.py test` runs this inside the environment. With arguments it runs only pytest with them.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"
STEPS = (
    ("ruff check", ["-m", "ruff", "check", "."]),
    ("ruff format", ["-m", "ruff", "format", "--check", "."]),
    ("mypy", ["-m", "mypy"]),
    ("import-linter", ["-c", LINT_IMPORTS, "--no-logo"]),
    ("djlint", ["-m", "djlint", "--lint", "--quiet", "app/templates"]),
)
# One process per core; a process that is done takes tests over from the other one.
EVERYTHING = ["--numprocesses=auto", "--dist=worksteal", "--durations=20"]


def find_chromium() -> str | None:
    """The browser the tests drive: the one CHROMIUM names, else the first known one on PATH."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def name_browser() -> None:
    """Tell the tests which browser to drive, and the person how to get one."""
    chromium = find_chromium()
    if chromium:
        os.environ["CHROMIUM"] = chromium
        return
    os.environ["DESK_BROWSER"] = "none"
    print(
        "No Chromium found: the browser tests in tests/functional are skipped. To run them,"
        " `apt-get install chromium` (Debian), or set CHROMIUM to the path of a Chromium or"
        " Chrome.",
        file=sys.stderr,
        flush=True,
    )


def run_steps() -> list[str]:
    """Run every step before the tests; the answer names those that failed."""
    failed = []
    for name, arguments in STEPS:
        print(f"== {name}", flush=True)
        if subprocess.run([sys.executable, *arguments], cwd=ROOT, check=False).returncode:
            failed.append(name)
    return failed


def run_tests(arguments: list[str], failed: list[str]) -> int:
    """Run pytest with the house's plugin, in this process and in those that it starts."""
    here = str(Path(__file__).resolve().parent)
    sys.path[:0] = [str(ROOT), here]
    os.environ["PYTHONPATH"] = os.pathsep.join(
        filter(None, [here, os.environ.get("PYTHONPATH", "")])
    )
    os.environ["DESK_FAILED_STEPS"] = ", ".join(failed)
    os.chdir(ROOT)
    print("== pytest", flush=True)
    return int(pytest.main(["-p", "house", *(arguments or EVERYTHING)]))


def main(arguments: list[str]) -> int:
    """Run the gate; the answer is the exit code, 0 only where everything passed."""
    name_browser()
    failed = [] if arguments else run_steps()
    return run_tests(arguments, failed) or int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
