"""How long a job waits after a failure that may pass: longer each time, and never in step."""

import datetime as dt
import random

FIRST = 5.0
"""Seconds before the second attempt."""
MOST = 900.0
JITTER = random.SystemRandom()


def pause(attempts: int) -> dt.timedelta:
    """The wait after so many attempts: at least half of the doubled time, at most all of it.

    What failed together is not tried again together.
    """
    whole = min(MOST, FIRST * 2 ** min(attempts - 1, 16))
    return dt.timedelta(seconds=whole * JITTER.uniform(0.5, 1))
