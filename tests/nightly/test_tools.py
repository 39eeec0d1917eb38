"""No tool outlives the run, nor does what it started."""

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.nightly import tools

PARENT = (
    "import subprocess, sys, time;"
    " child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    " print(child.pid, flush=True); open('begun', 'w').close(); time.sleep(60)"
)
DYING = 20.0
"""Seconds; far less than the child would live by itself."""


@pytest.fixture(autouse=True)
def beginning() -> Iterator[None]:
    tools.ENDING.clear()
    yield
    tools.ENDING.clear()


def is_alive(process: int) -> bool:
    """A child that ended and is not yet fetched by anybody counts as ended."""
    try:
        status = Path(f"/proc/{process}/stat").read_text("ascii")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"


def ends(process: int) -> bool:
    """Whether a process ends: one that was killed still closes its files before it is gone."""
    until = time.monotonic() + DYING
    while is_alive(process) and time.monotonic() < until:
        time.sleep(0.01)
    return not is_alive(process)


def test_what_a_tool_started_ends_with_it(tmp_path: Path) -> None:
    said = tools.run([sys.executable, "-c", PARENT], 1.5, tmp_path)
    assert not said.whole
    assert ends(int(said.out))
    assert set() == tools.RUNNING


def test_when_the_run_is_ended_every_tool_is_and_none_begins(tmp_path: Path) -> None:
    def end_once_begun() -> None:
        while not tmp_path.joinpath("begun").exists():
            time.sleep(0.01)
        tools.end_all()

    ending = threading.Thread(target=end_once_begun, daemon=True)
    ending.start()
    said = tools.run([sys.executable, "-c", PARENT], 60, tmp_path)
    ending.join()
    assert ends(int(said.out))
    with pytest.raises(tools.ToolFailed):
        tools.run([sys.executable, "-c", PARENT], 60, tmp_path)
