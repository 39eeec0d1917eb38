"""Who told the desk something, in which office, when and how, on which terms, reached in which way.

Whoever must not be named is no row of evidence: such contacts are kept with a confidential source.
"""

from dataclasses import dataclass, fields
from typing import Final

from claims.errors import Refused
from claims.models import Evidence
from claims.periods import PeriodError, read_period
from claims.vocabulary import Channel, EvidenceKind, Terms

UNNAMED: Final = frozenset({Terms.BACKGROUND, Terms.OFF_RECORD})
"""The terms that forbid to name the person in what leaves the desk."""
SILENT: Final = frozenset({Terms.OFF_RECORD})
"""The terms that forbid to repeat what the person said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is known of a personal communication; ``on`` is EDTF, as exact as it is known."""

    by: str | None = None
    role: str | None = None
    on: str | None = None
    via: Channel | None = None
    terms: Terms | None = None
    reached: str | None = None

    def write(self, item: Evidence) -> None:
        """Write it to an item; one that rests on a source or a formula tells of nobody."""
        told = self if item.kind is EvidenceKind.PERSONAL_COMMUNICATION else NOTHING_SAID
        for one in fields(self):
            setattr(item, f"said_{one.name}", getattr(told, one.name))


NOTHING_SAID: Final = Said()


def read_day(text: str | None) -> str | None:
    """Return the typed day as EDTF; nothing typed is None. Raises Refused (field ``said_on``)."""
    written = (text or "").strip()
    if not written:
        return None
    try:
        return read_period(written).text
    except PeriodError as problem:
        raise Refused(
            "day_unreadable",
            {
                "zh": "日期请写成 2025-03-11、2025-03 或 2025。",
                "en": "Write the day as 2025-03-11, 2025-03 or 2025.",
            },
            "said_on",
        ) from problem
