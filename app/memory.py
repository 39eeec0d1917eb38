"""What a process leaves on the disk when it dies: nothing of what it held in its memory."""

import contextlib
import ctypes
import resource
import sys

PR_SET_DUMPABLE = 4
"""From <linux/prctl.h>."""


def keep_to_itself() -> None:
    """Write no core file, and let no other program of the same user look into the memory.

    The limit holds for the children as well. Where the system has no such call the limit alone
    must do.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
