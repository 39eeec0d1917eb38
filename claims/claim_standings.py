"""How each claim of an article stands, as far as the sign-off of the article rests on it."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.material import material_sha256
from claims.models import Article, ArticleVersion, Claim, ClaimAnchor
from claims.signatures import assessors, authors, is_complete
from claims.vocabulary import AnchorState, Stage
from claims.whole_claims import everything

AT_ONCE = 200
"""Claims loaded together; of thousands, only what is told of them here is kept."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a claim stands in the version, and whether somebody confirmed that."""

    state: AnchorState
    start: int | None
    stop: int | None
    confirmed: bool


@dataclass(frozen=True, slots=True)
class ClaimStanding:
    """One claim: its content hash, whether enough people signed it, and who had a hand in it."""

    number: int
    stage: Stage
    content_sha256: str
    complete: bool
    blocked: bool
    involved: frozenset[str]
    place: Placed | None

    @property
    def stands(self) -> bool:
        """Whether the version says it."""
        return self.place is not None and self.place.state is not AnchorState.ORPHANED


def standings(session: Session, article: Article, version: ArticleVersion) -> list[ClaimStanding]:
    """Return how every claim of an article stands, in the order of their numbers.

    Everything is read anew, also what the session knows already, perhaps only in part.
    """
    keys = session.scalars(
        select(Claim.id).where(Claim.article_id == article.id).order_by(Claim.number)
    ).all()
    chunks = (keys[first : first + AT_ONCE] for first in range(0, len(keys), AT_ONCE))
    return [standing_of(row, version.id) for chunk in chunks for row in _loaded(session, chunk)]


def _loaded(session: Session, keys: Sequence[uuid.UUID]) -> Iterator[Claim]:
    yield from session.scalars(
        everything()
        .where(Claim.id.in_(keys))
        .order_by(Claim.number)
        .execution_options(populate_existing=True)
    )


def standing_of(row: Claim, version_id: uuid.UUID) -> ClaimStanding:
    """Return how one claim stands that is loaded with everything."""
    here = (anchor for anchor in row.anchors if anchor.version_id == version_id)
    anchor = next(here, None)
    return ClaimStanding(
        number=row.number,
        stage=row.stage,
        content_sha256=material_sha256(row),
        complete=is_complete(row),
        blocked=any(one.blocking and one.outcome is None for one in row.contests),
        involved=frozenset(assessors(row) | authors(row)),
        place=_placed(anchor) if anchor is not None else None,
    )


def _placed(anchor: ClaimAnchor) -> Placed:
    confirmed = anchor.confirmed_by is not None
    return Placed(anchor.state, anchor.start, anchor.stop, confirmed)
