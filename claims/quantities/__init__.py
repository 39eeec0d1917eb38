"""The quantity reader: what figures a text states, where, and how exactly.

Pure and deterministic: Decimal throughout, no database, no clock, no network.
"""

import datetime as dt

from claims.quantities import cjk, english
from claims.quantities.quantity import Quantity
from claims.quantities.tables import LANGUAGES, tables_hash
from claims.quantities.unseen import seen

VERSION = "1.2.0"


def read(text: str, lang: str, *, published: dt.date | None = None) -> list[Quantity]:
    """The quantities of `text` in the order of their places.

    `lang` is a BCP 47 tag; only its first part counts, and a language without a table is read as
    English, whose digits and units are the most widely shared. `published` resolves relative dates.
    Offsets are code points of `text`, which is read through what shows nothing. Never raises on
    any `text`.
    """
    name = lang.partition("-")[0].lower()
    if name in ("zh", "ja", "ko"):
        return seen(lambda shown: cjk.read(name, shown, published), text)
    return seen(lambda shown: english.read(shown, published), text)


__all__ = ["LANGUAGES", "VERSION", "Quantity", "read", "tables_hash"]
