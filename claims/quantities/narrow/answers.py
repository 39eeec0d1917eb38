"""The shape of an answer to a narrow question."""

from decimal import Decimal
from typing import Any


def plain(value: Decimal | None) -> str | None:
    """A decimal without an exponent and without idle zeros."""
    if value is None:
        return None
    written = format(value, "f")
    return (written.rstrip("0").rstrip(".") if "." in written else written) or "0"


def answer(
    start: int, end: int, kind: str, value: Decimal | str | None, unit: str | None = None
) -> dict[str, Any]:
    """One answer; a value that is text already (an interval) stays as it is."""
    return {
        "start": start,
        "end": end,
        "kind": kind,
        "value": value if isinstance(value, str) else plain(value),
        "unit": unit,
    }
