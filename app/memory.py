"""A process's memory: nothing of it on the disk, and what is freed goes back to the machine."""

import contextlib
import ctypes
import resource
import sys
import threading
import time
from collections.abc import Callable

PR_SET_DUMPABLE = 4
"""From <linux/prctl.h>."""
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
"""From <malloc.h>."""
ARENAS = 2
LARGE = 128 * 1024
"""Bytes from which a piece of memory is asked of the system, and given back to it, by itself."""
EVERY = 30.0
"""Seconds between two looks for pages in which nothing is held any more."""


def keep_to_itself() -> None:
    """Write no core file, and let no other program of the same user look into the memory.

    The limit holds for the children as well. Where the system has no such call the limit alone
    must do.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def give_back(every: float = EVERY) -> None:
    """Let memory that is freed go back to the system; call it before any thread is started.

    The C library gives each thread a heap of its own, and lets its idea of a large piece grow up to
    32 MB once one was freed. So every page, file and text that any of the threads was busy with
    once leaves holes that the others cannot use. And it gives back only what lies at the end of a
    heap, unless it is asked to look: once in so many seconds, for as long as the process lives.
    Where there are no such calls nothing is changed.
    """
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(M_ARENA_MAX, ARENAS)
        library.mallopt(M_MMAP_THRESHOLD, LARGE)
        library.mallopt(M_TRIM_THRESHOLD, LARGE)
        arguments = library.malloc_trim, every
        threading.Thread(target=_look, args=arguments, name="memory", daemon=True).start()


def _look(trim: Callable[[int], int], every: float) -> None:
    while True:
        time.sleep(every)
        trim(0)
