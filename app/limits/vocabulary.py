"""The names of what is counted, and over how long."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Gate(StrEnum):
    """A way in that somebody could force by trying often."""

    SIGN_IN = "sign_in"
    SECOND_FACTOR = "second_factor"
    CONFIRM = "confirm"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Limit:
    """How many tries the window holds: of one person from one place, and of everybody."""

    of_a_pair: int
    of_all: int


GATES: Final[dict[Gate, Limit]] = {
    Gate.SIGN_IN: Limit(10, 1000),
    Gate.SECOND_FACTOR: Limit(10, 1000),
    Gate.CONFIRM: Limit(10, 1000),
    Gate.LINK: Limit(20, 1000),
}
WINDOW: Final = dt.timedelta(minutes=5)
"""As far back as the limits of the gates look."""


class Quota(StrEnum):
    """What an account, or an address without one, may do so often; settings say how often."""

    WRITES = "writes"
    NOTES = "notes"
    VISITORS = "visitors"
    UPLOADS = "uploads"
    MEGABYTES = "megabytes"
    CAPTURES = "captures"
    EXPORTS = "exports"
    READS = "reads"


MINUTE: Final = dt.timedelta(minutes=1)
LONG: Final = dt.timedelta(minutes=10)
WINDOWS: Final[dict[Quota, dt.timedelta]] = {
    Quota.WRITES: MINUTE,
    Quota.NOTES: MINUTE,
    Quota.VISITORS: MINUTE,
    Quota.UPLOADS: LONG,
    Quota.MEGABYTES: LONG,
    Quota.CAPTURES: LONG,
    Quota.EXPORTS: LONG,
    Quota.READS: MINUTE,
}
BLOCKS: Final = 20
"""A process takes a twentieth of a quota at a time: another finds at most so much less."""
