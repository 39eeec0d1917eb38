"""What is new at the pages a claim rests on, ready to be read: then and now side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.comparison import compare
from claims.languages import stated_or_seen
from claims.models import Claim, Evidence, Figure, Finding, Observation
from claims.policy import current_policy
from claims.rules.sources import Told, told
from claims.vocabulary import Watched
from claims.watching.figures import Replaced, replaced
from sources.columns import Words
from sources.looks.models import PageState, SourceLook


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that is another now: by how much, and what it does to the claimed figure."""

    figure: Replaced
    absolute: Words | None
    share: Words | None
    against: Words | None


@dataclass(frozen=True, slots=True)
class News:
    """What became of one item's page; ``finding`` says so until somebody waives it."""

    item: Evidence
    observation: Observation | None
    state: PageState | None
    finding: Finding | None
    changes: Sequence[Change] = ()

    @property
    def takable(self) -> bool:
        """Whether there are words in a kept copy that the item could rest on instead."""
        row = self.observation
        known = row is not None and row.kept_id is not None and row.new_words is not None
        return self.state is None and known and row is not None and row.outcome is not Watched.GONE

    @property
    def new_figure(self) -> str | None:
        """The figure the page gives now in the place of the item's own, where only one can be."""
        figure = self.item.figure
        if figure is None:
            return None
        named = [one.figure for one in self.changes if one.figure.old and one.figure.new]
        same = [one.new for one in named if one.old == figure.stated_text.strip()]
        chosen = same or ([named[0].new] if len(named) == 1 else [])
        return chosen[0] if chosen else figure.stated_text


def news_of(session: Session, claim: Claim) -> list[News]:
    """Return what is new about the items of a claim that is loaded with everything."""
    return [_news(claim, one) for one in told(session, claim)]


def looks_of(session: Session, claim: Claim) -> dict[str, SourceLook]:
    """Return the last look at each source a claim rests on, by the source's key."""
    sources = {item.source_id: item.source for item in claim.evidence if item.source}
    rows = session.scalars(select(SourceLook).where(SourceLook.source_id.in_(list(sources))))
    return {sources[row.source_id].key: row for row in rows}


def _news(claim: Claim, one: Told) -> News:
    waits = (
        row
        for row in claim.findings
        if row.code == one.hit.code and row.message["en"] == one.hit.message["en"]
    )
    finding = next(waits, None)
    row = one.row if one.state is None else None
    return News(one.item, row, one.state, finding, _changes(one.item, row) if row else ())


def _changes(item: Evidence, row: Observation) -> list[Change]:
    if row.new_words is None or row.outcome is not Watched.FIGURE_CHANGED:
        return []
    stated = item.source.language if item.source is not None else None
    language = stated_or_seen(stated, row.new_words) or "en"
    policy = current_policy()
    changes = []
    for one in replaced(row.old_words, row.new_words, language):
        absolute, share = one.difference(policy) or (None, None)
        claimed, now = _claimed(item), one.figure_now
        known = claimed is not None and now is not None
        against = compare(claimed, now, policy).sentence if known and claimed and now else None
        changes.append(Change(one, absolute, share, against))
    return changes


def _claimed(item: Evidence) -> Figure | None:
    """The one figure of the claim that the item speaks to."""
    figures = item.addresses or item.claim.figures
    return figures[0] if len(figures) == 1 else None
