"""Where the tests put their files: in memory, where the machine has room for them.

A database for each test is a thousand files and a flush to the disk for each commit, and no test
asks what the disk holds after a loss of power.
"""

import os
import re
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - folders in it are made as in any temporary folder
ROOM = 3 * 1024**3
"""What has to be free there; a run needs a tenth of it."""


def room(memory: Path = MEMORY) -> int:
    """How many bytes may be put into memory."""
    if not os.access(memory, os.W_OK):
        return 0
    known = re.search(r"MemAvailable: +(\d+) kB", Path("/proc/meminfo").read_text("ascii"))
    folder = os.statvfs(memory)
    return min(folder.f_bavail * folder.f_frsize, int(known[1]) * 1024 if known else 0)


def settle() -> None:
    """Let this process and those it starts put their files there, unless somebody said where."""
    if "TMPDIR" not in os.environ and room() >= ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)
