"""What the summary of an appendix counts of its claims: claim by claim, or by queries alone."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from claims.models import Article, Claim, Contest, Figure

BY: Mapping[str, InstrumentedAttribute[Any]] = {
    "status": Claim.verification_status,
    "disposition": Claim.disposition,
    "stage": Claim.stage,
}
"""What claims are counted by, under the name that a claim of an appendix has for it."""


@dataclass
class Counts:
    """How many claims, figures and open contests there are, and the claims of each kind."""

    claims: int = 0
    figures: int = 0
    open_contests: int = 0
    by: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in BY})

    def add(self, claim: Mapping[str, Any]) -> None:
        """Count one claim as an appendix tells it."""
        self.claims += 1
        self.figures += len(claim["figures"])
        self.open_contests += sum(row["outcome"] is None for row in claim["contests"])
        for name, counter in self.by.items():
            if claim[name] is not None:
                counter[claim[name]] += 1


def counts_of(session: Session, article: Article) -> Counts:
    """Count all claims of an article by queries; it loads none of them."""
    mine = Claim.article_id == article.id
    found = Counts(
        claims=_number(session, Claim, mine),
        figures=_number(session, Figure, mine, Figure.removed_by.is_(None)),
        open_contests=_number(session, Contest, mine, Contest.outcome.is_(None)),
    )
    for name, column in BY.items():
        rows = session.execute(
            select(column, func.count()).where(mine, column.is_not(None)).group_by(column)
        )
        found.by[name].update({row[0].value: row[1] for row in rows})
    return found


def _number(
    session: Session,
    model: type[Claim] | type[Figure] | type[Contest],
    *where: ColumnElement[bool],
) -> int:
    query = select(func.count()).select_from(model)
    if model is not Claim:
        query = query.join(Claim, Claim.id == model.claim_id)  # type: ignore[union-attr]
    return session.scalar(query.where(*where)) or 0
