"""A process that dies writes nothing of its memory to the disk."""

import os
import resource
from pathlib import Path

import pytest

from app.memory import keep_to_itself


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


def _dumpable() -> int:
    import ctypes  # noqa: PLC0415 - only here.

    return int(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
