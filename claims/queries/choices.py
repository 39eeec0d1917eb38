"""What a form offers for choosing: a few sources of the register, the nearest or those found."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Row, case, func, or_, select
from sqlalchemy.orm import Session

from claims.models import Citation, Claim, Evidence
from sources.models import Source
from sources.veil import withheld

SHOWN = 20
"""How many sources a list offers; words find the others."""
WORDS, LONGEST = 8, 200
"""How many words are looked for, and how much of what was typed is read."""
SOUGHT = (Source.title, Source.publisher, Source.key, Source.url, Source.authors, Source.issued)
"""Where a word may stand."""


@dataclass(frozen=True, slots=True)
class Offered:
    """Sources to choose from: key, name and date of each; ``more`` where there are others.

    ``found`` of them are there for the words, or for being near; the chosen one may be beside them.
    """

    rows: Sequence[Row[str, str | None, str | None]]
    found: int
    more: bool
    words: str = ""


def sources_to_choose(
    session: Session, claim: Claim | None = None, words: str = "", chosen: str | None = None
) -> Offered:
    """Return the newest sources with all these words in what is known of them.

    Without words: those of the claim, those of its article, then the newest of the register. The
    chosen one is offered first, whatever is looked for. What the person may not know is not
    offered, nor what was merged into another.
    """
    words = words.strip()[:LONGEST]
    name = func.coalesce(
        Source.publisher + " · " + Source.title, Source.title, Source.publisher
    ).label("name")
    shown = select(Source.key, name, Source.issued).where(Source.id.not_in(withheld(session)))
    query = shown.where(
        Source.merged_into_id.is_(None), *(_stands(word) for word in words.split()[:WORDS])
    )
    if claim is not None and not words:
        query = query.order_by(_distance(claim))
    found = session.execute(query.order_by(Source.id.desc()).limit(SHOWN + 1)).all()
    rows = near = found[:SHOWN]
    if chosen:
        first = session.execute(shown.where(Source.key == chosen)).all()
        rows = [*first, *(row for row in rows if row.key != chosen)]
    return Offered(rows, len(near), len(found) > SHOWN, words)


def _stands(word: str) -> ColumnElement[bool]:
    # SQLite knows large and small letters of ASCII only.
    cases = {word} if word.isascii() else {word.lower(), word.upper(), word.capitalize(), word}
    return or_(
        *(column.icontains(one, autoescape=True) for column in SOUGHT for one in sorted(cases))
    )


def _distance(claim: Claim) -> ColumnElement[int]:
    """How far a source is from a claim: its own, its article's, or any."""
    article = select(Claim.id).where(Claim.article_id == claim.article_id)
    own, near = (
        or_(
            Source.id.in_(select(Evidence.source_id).where(Evidence.claim_id.in_(claims))),
            Source.id.in_(select(Citation.source_id).where(Citation.claim_id.in_(claims))),
        )
        for claims in ([claim.id], article)
    )
    return case((own, 0), (near, 1), else_=2)
