"""The words of one language by which claims are found beside their figures, read from the table."""

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from claims import quantities

CJK = frozenset({"zh", "ja", "ko"})
TABLE = files("claims.extraction") / "words.toml"
Pattern = re.Pattern[str]
NO_PATTERNS = frozenset({"vague_units", "bare", "verbs", "not_verbs", "pointers"})


@dataclass(frozen=True, slots=True)
class Words:
    """The compiled lists; ``deictic`` gives the unit and the distance from the article's date."""

    cjk: bool
    verbs: Pattern
    bare: Pattern | None
    measures: Pattern
    forecast: Pattern
    target: Pattern
    estimated: Pattern
    now: Pattern
    anaphors: Pattern
    ranks: Pattern
    firsts: Pattern
    deictic: Pattern
    distances: dict[str, tuple[str, int]]
    vague_units: frozenset[str]
    pointers: frozenset[str]
    attributes: frozenset[str]

    def verb(self, text: str, start: int = 0, stop: int | None = None) -> int | None:
        """Return where the first verb of a stretch begins; 华为 holds none."""
        end = len(text) if stop is None else stop
        found = (one.start() for one in self.verbs.finditer(text, start, end) if one["verb"])
        return next(found, None)


def _list(text: str, *, cjk: bool) -> list[str]:
    if cjk or "|" not in text:
        return text.split()
    return [entry.strip() for entry in text.split("|")]


def _either(words: list[str]) -> str:
    """Alternatives, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _pattern(words: list[str], *, cjk: bool) -> Pattern:
    either = _either(words)
    return re.compile(either if cjk else rf"\b(?:{either})\b", re.IGNORECASE)


def _verbs(words: list[str], not_verbs: list[str], *, cjk: bool) -> Pattern:
    """Match a verb as ``verb``, or a word that only looks like one as nothing."""
    if cjk:
        return re.compile(f"(?:{_either(not_verbs)})|(?P<verb>{_either(words)})")
    return re.compile(rf"\b(?P<verb>{_either(words)})\b", re.IGNORECASE)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


@cache
def words_of(language: str) -> Words:
    """Return the words of a BCP 47 language; what has no list of its own is read as its script."""
    cjk = language.partition("-")[0].lower() in CJK
    table = _table()["zh" if cjk else "en"]
    lists = {name: _list(text, cjk=cjk) for name, text in table.items() if name != "deictic"}
    distances = {
        word: (unit, count)
        for unit, known in table["deictic"].items()
        for word, count in known.items()
    }
    patterns = {
        name: _pattern(words, cjk=cjk) for name, words in lists.items() if name not in NO_PATTERNS
    }
    return Words(
        cjk=cjk,
        verbs=_verbs(lists["verbs"], lists["not_verbs"], cjk=cjk),
        bare=_pattern(lists["bare"], cjk=cjk) if lists["bare"] else None,
        deictic=_pattern(list(distances), cjk=cjk),
        distances=distances,
        vague_units=frozenset(lists["vague_units"]),
        pointers=frozenset(lists["pointers"]),
        attributes=frozenset(_table()["attributes"].split()),
        **patterns,
    )


@cache
def tables_hash() -> str:
    """SHA-256 over the quantity reader's tables and this one: it names what a reading knew."""
    digest = hashlib.sha256(quantities.tables_hash().encode())
    digest.update(TABLE.read_bytes())
    return digest.hexdigest()
