"""No tool outlives the run, nor does what it started."""

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.nightly import tools

PARENT = (
    "import subprocess, sys, time;"
    " child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    " print(child.pid, flush=True); time.sleep(60)"
)


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


def test_what_a_tool_started_ends_with_it(tmp_path: Path) -> None:
    said = tools.run([sys.executable, "-c", PARENT], 1.5, tmp_path)
    assert not said.whole
    assert not is_alive(int(said.out))
    assert set() == tools.RUNNING


def test_when_the_run_is_ended_every_tool_is_and_none_begins(tmp_path: Path) -> None:
    ending = threading.Timer(0.7, tools.end_all)
    ending.start()
    said = tools.run([sys.executable, "-c", PARENT], 60, tmp_path)
    ending.join()
    assert not is_alive(int(said.out or os.getpid()))
    with pytest.raises(tools.ToolFailed):
        tools.run([sys.executable, "-c", PARENT], 60, tmp_path)
