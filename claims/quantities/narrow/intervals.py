"""Every interval of a sentence."""

from typing import Any


def read(text: str, lang: str) -> list[dict[str, Any]]:
    """The intervals of `text`."""
    return []
