"""The grammar tables as data, one language per file, and the hash that names their state."""

import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from claims.quantities.unit import Unit

LANGUAGES = ("zh", "en", "ja", "ko")

# The kind of quantity that a family of units makes; what is not listed is a dimension.
_KINDS = {"duration": "duration", "temperature": "temperature", "count": "count"}


@cache
def grammar(lang: str) -> dict[str, Any]:
    """The hand-written table of `lang`, as TOML gives it."""
    return tomllib.loads((files(__name__) / f"{lang}.toml").read_text(encoding="utf-8"))


@cache
def _symbols() -> dict[str, str]:
    table = tomllib.loads((files(__name__) / "symbols.toml").read_text(encoding="utf-8"))
    symbols: dict[str, str] = table["symbols"]
    return symbols


@cache
def units(lang: str) -> dict[str, Unit]:
    """Every surface of a unit or currency of `lang` with its unit; our own words win over CLDR."""
    known: dict[str, Unit] = {}
    ours = grammar(lang)
    for table in (
        tomllib.loads((files(__name__) / f"{lang}.units.toml").read_text(encoding="utf-8")),
        ours,
    ):
        for family, names in table.get("units", {}).items():
            for name, surfaces in names.items():
                unit = Unit(_symbols().get(name, name), name, _KINDS.get(family, "dimension"))
                known.update(dict.fromkeys(surfaces.split("|"), unit))
        for code, surfaces in table.get("currencies", {}).items():
            known.update(dict.fromkeys(surfaces.split("|"), Unit(code, code, "currency")))
    for surface in ours.get("not_units", {}).get("surfaces", "").split("|"):
        known.pop(surface, None)
    for noun in ours.get("counts", {}).get("nouns", "").split():
        known[noun] = Unit(noun, noun, "count")
    return known


@cache
def tables_hash() -> str:
    """SHA-256 of all tables in the order of their names; it changes with any word of them."""
    digest = hashlib.sha256()
    for entry in sorted(files(__name__).iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            digest.update(entry.name.encode())
            digest.update(entry.read_bytes())
    return digest.hexdigest()
