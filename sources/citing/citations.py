"""The citation of a source in a style, as plain text and as HTML, made once for each version."""

import datetime as dt
import threading
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from citeproc import Citation as Cited
from citeproc import CitationItem, CitationStylesBibliography
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sources.batches import batched
from sources.citation_styles import CHINESE, FILES, FOLDER, Style
from sources.citing import processor
from sources.citing.items import item_for
from sources.citing.marks import Markup, as_html, plain_text
from sources.citing.wording import set_right
from sources.families import members
from sources.local_days import local_day
from sources.models import Snapshot, Source
from sources.vocabulary import Capture

MOST_KEPT = 20_000
"""Citations kept in memory: five styles of four thousand sources, about 20 MB."""
LOCALES = {"zh": "zh-CN", "en": "en-US", "ja": "ja-JP", "ko": "ko-KR", "ru": "ru-RU"}
ONE_AT_A_TIME = threading.Lock()
"""citeproc-py writes into the tree of a style while it works."""


@dataclass(frozen=True)
class Citation:
    """A reference as it stands in a list; ``html`` is escaped, its only element is ``<i>``."""

    text: str
    html: str


Key = tuple[uuid.UUID, int, dt.date | None, Style]
KEPT: dict[Key, Citation] = {}


def cite(source: Source, style: Style, accessed: dt.date | None = None) -> Citation:
    """Return the citation of a source; ``accessed`` is the day of its newest snapshot.

    A confidential source is never cited by what is known of it.
    """
    if source.confidential:
        words = "[保密来源]" if style in CHINESE else "[Confidential source]"
        return Citation(words, words)
    key = (source.id, source.version, accessed, style)
    known = KEPT.get(key)
    if known is None:
        if len(KEPT) >= MOST_KEPT:
            KEPT.clear()
        known = KEPT[key] = made(source, style, accessed)
    return known


def accessed_days(session: Session, sources: Iterable[Source]) -> Mapping[uuid.UUID, dt.date]:
    """Return the day of the newest snapshot of each source, or of an entry merged into it.

    A page was captured at a moment, which is a day at the desk; for a file somebody gave a day.
    """
    found: dict[uuid.UUID, dt.date] = {}
    for keys in batched([source.id for source in sources]):
        known = members(keys)
        query = (
            select(known.c.stands, Snapshot.capture, func.max(Snapshot.retrieved_at))
            .join(Snapshot, Snapshot.source_id == known.c.member)
            .where(Snapshot.retrieved_at.is_not(None))
            .group_by(known.c.stands, Snapshot.capture)
        )
        for key, capture, moment in session.execute(query):
            seen = capture == Capture.WEB
            day = local_day(session, moment) if seen else moment.date()
            found[key] = max(day, found.get(key, day))
    return found


def made(source: Source, style: Style, accessed: dt.date | None = None) -> Citation:
    """Return a citation that is made anew."""
    item = item_for(source, style, accessed)
    with ONE_AT_A_TIME:
        raw = _rendered(item, loaded(style, locale_for(source, style)))
    text = set_right(raw, item, style)
    return Citation(plain_text(text), as_html(text))


def locale_for(source: Source, style: Style) -> str:
    """The language of the words a style adds: ``等``, ``et al.``, ``vol.``.

    GB/T 7714-2015, 8.1.2, wants 等 "or the word that corresponds to it": that of the work. The
    other manuals are English whatever the work is in.
    """
    if style not in CHINESE:
        return "en-US"
    return LOCALES.get((source.language or "").split("-")[0], "en-US")


@lru_cache(maxsize=32)
def loaded(style: Style, locale: str) -> Any:
    """Return a style, read once for each locale."""
    return _Loaded(processor.load(FOLDER / FILES[style], locale))


class _Loaded:
    """A style as citeproc-py's bibliography wants it."""

    def __init__(self, root: Any) -> None:
        self.root = root

    def render_bibliography(self, items: Any) -> Any:
        return self.root.bibliography.render(items)

    def render_citation(self, citation: Any, cites: Any, callback: Any = None) -> Any:
        return self.root.citation.render(citation, cites, callback)


def _rendered(item: Mapping[str, Any], style: Any) -> str:
    """The entry of a list; what a manual keeps out of lists is cited as in a text.

    Personal communications are: APA, 7th, 8.9; Chicago Manual, 17th, 14.214.
    """
    bibliography = CitationStylesBibliography(style, processor.OneItem(item), Markup)
    cited = Cited([CitationItem("item")])
    bibliography.register(cited)
    entry = "".join(str(part) for part in bibliography.bibliography())
    return entry or str(bibliography.cite(cited, str))
