"""How the ledger writes a moment: UTC, to the millisecond, so that the order of texts is time's."""

import datetime as dt


def stamp(moment: dt.datetime) -> str:
    """A moment as the column ``at`` holds it."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
