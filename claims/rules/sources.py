"""What became of the pages evidence was taken from: other figures, other words, or no page."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.models import Claim, Evidence, Observation
from claims.observations import newest, newest_states
from claims.rules.hit import Hit
from claims.vocabulary import Severity, Watched
from sources.columns import Words
from sources.looks.models import PageState, SourceLook
from sources.vocabulary import LOST

CHANGED, GONE = "source_changed", "source_gone"
LONGEST = 120
"""Characters of a passage that a finding quotes."""
SEVERITY = {
    Watched.FIGURE_CHANGED: Severity.MANDATORY,
    Watched.REWORDED: Severity.WARNING,
    Watched.UNCLEAR: Severity.WARNING,
    Watched.GONE: Severity.WARNING,
}


@dataclass(frozen=True, slots=True)
class Told:
    """What looks say about an item: by the words on its page, or by its page not being there."""

    item: Evidence
    hit: Hit
    row: Observation | None
    state: PageState | None


def sources_now(session: Session, claim: Claim) -> Iterator[Hit]:
    """Yield a hit for each item whose page says something else by now, or cannot be read.

    The sentence names what was seen and when, so a waiver holds until something new is seen.
    """
    for one in told(session, claim):
        yield one.hit


def told(session: Session, claim: Claim) -> Iterator[Told]:
    """Yield what looks say about the items of a claim, as far as it is no longer as it was."""
    items = [item for item in claim.evidence if item.stands and _may_be_told(item)]
    if not items:
        return
    seen = newest(session, [item.id for item in items])
    states = newest_states(session, {item.source_id for item in items if item.source_id})
    for item in items:
        state = states.get(item.source_id) if item.source_id else None
        row = seen.get(item.id)
        if state is not None and state.answer in LOST and _same_page(item, state):
            yield Told(item, _lost(item, state), row, state)
        elif row is not None and row.outcome in SEVERITY and row.speaks_of(item):
            yield Told(item, said(item, row), row, None)


def stood(session: Session, claim: Claim) -> dict[uuid.UUID, dt.datetime]:
    """Return when the quoted words of each item that has a copy were last seen on their page."""
    items = [item for item in claim.evidence if item.snapshot_id is not None and item.quote]
    if not items:
        return {}
    looks = select(SourceLook).where(SourceLook.source_id.in_({item.source_id for item in items}))
    seen = {row.source_id: row for row in session.scalars(looks)}
    if not seen:
        return {}
    rows = newest(session, [item.id for item in items])
    found = {}
    for item in items:
        look, row = seen.get(item.source_id) if item.source_id else None, rows.get(item.id)
        changed = row is not None and row.outcome in SEVERITY and row.speaks_of(item)
        if look is not None and look.answered_at and not look.missed and not changed:
            found[item.id] = look.answered_at
    return found


def said(item: Evidence, row: Observation) -> Hit:
    """Return what an observation says about an item."""
    code = GONE if row.outcome is Watched.GONE else CHANGED
    return Hit(code, SEVERITY[row.outcome], _sentence(item, row))


def _sentence(item: Evidence, row: Observation) -> Words:
    day, number = row.created_at.date().isoformat(), item.number
    old, new = _short(row.old_words), _short(row.new_words or "")
    if row.outcome is Watched.FIGURE_CHANGED:
        return {
            "zh": f"证据 E-{number} 的网页改了数字：原为“{old}”，{day} 见到的是“{new}”。",
            "en": f"The page of evidence E-{number} gives another figure: it said “{old}”,"
            f" and “{new}” on {day}.",
        }
    if row.outcome is Watched.REWORDED:
        return {
            "zh": f"证据 E-{number} 的网页改了措辞，数字没变：{day} 见到的是“{new}”。",
            "en": f"The page of evidence E-{number} says it in other words with the same figures:"
            f" “{new}” on {day}.",
        }
    if row.outcome is Watched.UNCLEAR:
        return {
            "zh": f"证据 E-{number} 所引的话 {day} 在网页上有几处，说法不一，须由人判断。",
            "en": f"What evidence E-{number} quotes stood in several places of the page on {day},"
            " and they do not agree: a person has to look.",
        }
    return {
        "zh": f"证据 E-{number} 所引的话已不在网页上（{day}）。",
        "en": f"What evidence E-{number} quotes is no longer on the page ({day}).",
    }


def _lost(item: Evidence, state: PageState) -> Hit:
    """A page that nobody can read any more weighs more where no copy of it was kept."""
    kept = item.snapshot_id is not None
    day, why = state.created_at.date().isoformat(), state.reason or {}
    return Hit(
        GONE,
        Severity.SUGGESTION if kept else Severity.WARNING,
        {
            "zh": f"证据 E-{item.number} 的网页自 {day} 起读不到："
            f"{why.get('zh', '')}{'快照仍在。' if kept else '没有留存快照。'}",
            "en": f"The page of evidence E-{item.number} cannot be read since {day}: "
            f"{why.get('en', '')} {'A snapshot is kept.' if kept else 'No snapshot was kept.'}",
        },
    )


def _may_be_told(item: Evidence) -> bool:
    """Whether an item's page may be spoken of: findings are read by all, confidences are not."""
    return item.source is not None and not item.source.confidential


def _same_page(item: Evidence, state: PageState) -> bool:
    return item.source is not None and item.source.url == state.url


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else words[:LONGEST] + "…"
