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
def names(lang: str) -> dict[str, Any]:
    """Words of `lang` with a numeral in them that counts nothing; empty where no file lists any."""
    path = files(__name__) / f"{lang}.names.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


@cache
def twin_letters(lang: str) -> dict[int, str]:
    """Simplified letters with their traditional forms, for `str.translate`."""
    section = names(lang).get("traditional", {})
    pairs = zip(section.get("simplified", ""), section.get("forms", ""), strict=True)
    return {ord(letter): form for letter, form in pairs}


def twinned(lang: str, text: str) -> list[str]:
    """The words of `text`, then those whose traditional form differs, in that form."""
    words = text.split()
    letters = twin_letters(lang)
    if not letters:
        return words
    twins = [word.translate(letters) for word in words]
    return [*words, *(twin for twin, word in zip(twins, words, strict=True) if twin != word)]


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
    letters = twin_letters(lang)
    for noun in ours.get("counts", {}).get("nouns", "").split() if letters else ():
        known[noun.translate(letters)] = _twin(known[noun], letters)
    for surface in list(known) if letters else ():
        known.setdefault(surface.translate(letters), _twin(known[surface], letters))
    return known


def _twin(unit: Unit, letters: dict[int, str]) -> Unit:
    """A count noun is its own symbol, so its twin is one too."""
    if unit.kind != "count":
        return unit
    noun = unit.symbol.translate(letters)
    return Unit(noun, noun, "count")


@cache
def tables_hash() -> str:
    """SHA-256 of all tables in the order of their names; it changes with any word of them."""
    digest = hashlib.sha256()
    for entry in sorted(files(__name__).iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            digest.update(entry.name.encode())
            digest.update(entry.read_bytes())
    return digest.hexdigest()
