"""What is missing in the appendix of a long article, counted by queries over all its claims.

It says what :func:`claims.appendix.gaps.gaps` says, but for two things that no query can know: a
signature is taken for void where its claim is checked again or was submitted anew, without
calculating a hash, and a claim that a calculation supports is never told to have a single origin.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import CTE, ColumnElement, Select, case, exists, func, or_, select
from sqlalchemy.orm import Session

from claims.appendix.gaps import Gap, Gaps
from claims.mentions import coverage
from claims.models import Article, ArticleVersion, Claim, Contest, Evidence, SignOff
from claims.queries.flags import sign_off_void
from claims.status import VerificationStatus
from claims.vocabulary import SignOffDecision, Stage, Stance
from sources.models import Source
from sources.vocabulary import Tier

NAMED = 24
"""How many claims of each gap are named."""


@dataclass(frozen=True, slots=True)
class CountedGaps:
    """The gaps with the first claims of each, and the identifiers of those by their numbers."""

    gaps: Gaps
    ids: Mapping[int, uuid.UUID]


def count_gaps(session: Session, version: ArticleVersion) -> CountedGaps:
    """Count what is missing in a version's appendix; it loads no claim."""
    named: dict[Gap, list[int]] = {}
    more: dict[Gap, int] = {}
    ids: dict[int, uuid.UUID] = {}
    for gap, condition in _conditions(version.article).items():
        here = (Claim.article_id == version.article_id, Claim.stage != Stage.DROPPED, condition)
        rows = session.execute(
            select(Claim.number, Claim.id).where(*here).order_by(Claim.number).limit(NAMED)
        ).all()
        if rows:
            named[gap] = [row.number for row in rows]
            ids |= {row.number: row.id for row in rows}
        if len(rows) == NAMED:
            counted = session.scalar(select(func.count()).select_from(Claim).where(*here)) or 0
            more[gap] = counted - NAMED
    numbers = coverage(session, version)
    return CountedGaps(Gaps(named, numbers.total - numbers.accounted, more), ids)


def _conditions(article: Article) -> dict[Gap, ColumnElement[bool]]:
    """When a claim has a gap, the gravest first."""
    void, unsigned = _void(), Claim.stage != Stage.SIGNED_OFF
    standing = (
        Evidence.claim_id == Claim.id,
        Evidence.withdrawn_by.is_(None),
        Evidence.pending.is_(False),
    )
    bare = (Evidence.source_id.is_not(None), Evidence.snapshot_id.is_(None))
    contested = exists().where(Contest.claim_id == Claim.id, Contest.outcome.is_(None))
    return {
        Gap.UNCHECKED: Claim.verification_status == VerificationStatus.UNCHECKED,
        Gap.UNSIGNED: unsigned & ~void,
        Gap.VOID: unsigned & void,
        Gap.CONTESTED: contested,
        Gap.SINGLE_ORIGIN: Claim.id.in_(_of_one_origin(article)),
        Gap.NO_SNAPSHOT: exists().where(*standing, *bare),
        Gap.NO_EVIDENCE: ~exists().where(*standing),
    }


def _void() -> ColumnElement[bool]:
    """Whether a claim was signed, and something happened to it since."""
    former = exists().where(
        SignOff.claim_id == Claim.id,
        SignOff.decision == SignOffDecision.SIGNED,
        SignOff.submission != Claim.submission,
    )
    return or_(former, sign_off_void())


def _of_one_origin(article: Article) -> Select[uuid.UUID]:
    """The claims all of whose support goes back to one origin that is not primary."""
    roots = _roots(article)
    origin = func.coalesce(roots.c.root, Evidence.id)
    primary = func.sum(case((Source.tier == Tier.PRIMARY, 1), else_=0))
    calculated = func.sum(case((Evidence.formula.is_not(None), 1), else_=0))
    return (
        select(Evidence.claim_id)
        .join(Claim, Claim.id == Evidence.claim_id)
        .outerjoin(roots, roots.c.id == Evidence.source_id)
        .outerjoin(Source, Source.id == Evidence.source_id)
        .where(Claim.article_id == article.id, *_supporting())
        .group_by(Evidence.claim_id)
        .having(func.count(origin.distinct()) == 1, primary == 0, calculated == 0)
    )


def _supporting() -> tuple[ColumnElement[bool], ...]:
    """Whether an item weighs for its claim: it stands, and says where in its source it is."""
    placed = or_(Evidence.locator != "", Evidence.quote != "", Evidence.formula != "")
    return (
        Evidence.withdrawn_by.is_(None),
        Evidence.pending.is_(False),
        Evidence.stance == Stance.SUPPORTS,
        placed,
    )


def _roots(article: Article) -> CTE:
    """Each source that an article's evidence names, with the source all of it comes from."""
    chain = (
        select(Source.id, Source.id.label("root"), Source.derived_from_id.label("parent"))
        .join(Evidence, Evidence.source_id == Source.id)
        .join(Claim, Claim.id == Evidence.claim_id)
        .where(Claim.article_id == article.id)
        .distinct()
        .cte("origin_chain", recursive=True)
    )
    chain = chain.union(
        select(chain.c.id, Source.id, Source.derived_from_id).where(Source.id == chain.c.parent)
    )
    return select(chain.c.id, chain.c.root).where(chain.c.parent.is_(None)).cte("origins")
