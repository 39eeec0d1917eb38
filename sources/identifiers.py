"""Time-ordered identifiers, so that new rows land beside each other in every index."""

import os
import threading
import time
import uuid

_lock = threading.Lock()
_last = 0


def uuid7() -> uuid.UUID:
    """Return a UUID version 7 (RFC 9562, section 5.7) that grows within this process.

    The first 48 bits are Unix milliseconds; the next 12 are a sub-millisecond counter, so that
    two identifiers made by one process always sort in the order they were made.
    """
    global _last  # noqa: PLW0603 - one monotonic clock per process is the point
    with _lock:
        # 60 bits: milliseconds in the upper 48, a 4096th of a millisecond in the lower 12.
        ticks = time.time_ns() * 4096 // 1_000_000
        _last = ticks if ticks > _last else _last + 1
        ticks = _last
    tail = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    value = (ticks >> 12) << 80 | 7 << 76 | (ticks & 0xFFF) << 64 | 2 << 62 | tail
    return uuid.UUID(int=value)
