"""A process's memory: nothing of it reaches the disk, and what is freed goes back."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from app.memory import keep_to_itself

BUSY = """
import random, sys, threading, time
from app.memory import give_back
if sys.argv[1] == "giving back":
    give_back(every=0.1)
kept = []
def work(chance):
    for _ in range(60):
        pieces = [bytes(chance.randrange(20_000, 3_000_000)) for _ in range(12)]
        kept.append(bytes(4_000))
        pieces.clear()
threads = [threading.Thread(target=work, args=[random.Random(one)]) for one in range(8)]
for one in threads:
    one.start()
for one in threads:
    one.join()
crumbs = [bytes(size) for size in range(600, 60_000, 10)]
kept.append(crumbs[::500])
del crumbs
time.sleep(1)
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("RssAnon")))
"""
"""Threads that hold much for a moment and little for long, in large pieces and in crumbs."""


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="only Linux says so there")
def test_the_server_writes_no_core_and_shows_nobody_its_memory() -> None:
    """T-SEC: no core file; the memory's own file belongs to root, whoever runs the server."""
    child = os.fork()
    if child == 0:
        keep_to_itself()
        limits = resource.getrlimit(resource.RLIMIT_CORE)
        dumpable = _dumpable()
        os._exit(0 if limits == (0, 0) and dumpable == 0 else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only there is something to be told")
def test_what_many_threads_freed_is_given_back() -> None:
    """T-DOS: a day of large pages and files leaves no process that holds most of the memory."""
    given, held = (kilobytes(how) for how in ("giving back", "as it is"))
    assert given * 4 < held


def kilobytes(how: str) -> int:
    """What a process holds after its threads were busy."""
    command = [sys.executable, "-c", BUSY, how]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def _dumpable() -> int:
    import ctypes  # noqa: PLC0415 - only here.

    return int(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
