"""Where in its claim's passage a typed figure stands, so that the number there is accounted for."""

import uuid
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.models import Claim, Figure, QuantityMention
from claims.rules.place import anchor_of


def place(session: Session, claim: Claim, figure: Figure) -> None:
    """Point a figure at its words in the passage, and at the number that is listed there.

    Words that stand there more than once, or not at all, point nowhere: nobody guesses which are
    meant. A number that another figure accounts for is left to it.
    """
    figure.start = figure.stop = figure.mention_id = None
    anchor = anchor_of(claim)
    if anchor is None or anchor.start is None or anchor.stop is None:
        return
    words = figure.stated_text.strip()
    if anchor.exact.count(words) != 1:
        return
    figure.start = anchor.start + anchor.exact.index(words)
    figure.stop = figure.start + len(words)
    listed = session.scalars(
        select(QuantityMention).where(
            QuantityMention.version_id == anchor.version_id,
            QuantityMention.start < figure.stop,
            QuantityMention.stop > figure.start,
        )
    ).all()
    free = [row for row in listed if row.id not in _taken(claim.figures, figure)]
    if len(free) == 1:
        figure.mention_id = free[0].id


def _taken(figures: Iterable[Figure], but: Figure) -> set[uuid.UUID]:
    held = {row.mention_id for row in figures if row is not but}
    dated = {row.period_mention_id for row in figures}
    return {key for key in held | dated if key is not None}
