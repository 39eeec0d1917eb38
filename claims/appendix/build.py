"""Collecting an appendix from the database: every claim in article order, with both sides.

It reads what stands beneath any veil: whoever shows it redacts it first.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from claims.appendix.claim_part import Around, claim_part
from claims.appendix.content import (
    ArticlePart,
    ArticleSignOffPart,
    Head,
    SetAsidePart,
    Summary,
    VersionPart,
)
from claims.appendix.counts import Counts, counts_of
from claims.appendix.method import method
from claims.appendix.people import People
from claims.appendix.persons import PersonAct
from claims.appendix.plain import PlainContent, Shelf, plain
from claims.appendix.signed import article_sign_offs
from claims.appendix.source_list import count_sources, listed, sources_of
from claims.article_sign_offs import is_answered_for
from claims.claim_standings import standing_of
from claims.mentions import coverage, dismissed
from claims.models import (
    Answer,
    Article,
    ArticleVersion,
    Claim,
    ClaimAnchor,
    InvitedClaim,
)
from claims.observations import newest
from claims.policy import current_policy, sign_off_levels
from claims.whole_claims import everything
from sources.citation_styles import Style

AT_ONCE = 200
"""Claims loaded together; rows that were told of are let go before the next."""
Progress = Callable[[int, int], None]


def silently(_done: int, _total: int) -> None:
    """Tell nobody how far it is."""


def collected(
    session: Session,
    version: ArticleVersion,
    *,
    schema_revision: str,
    style: Style,
    names: Mapping[str, str],
    progress: Progress = silently,
) -> PlainContent:
    """Return the content of a version's appendix as the database stands.

    ``names`` are those of accounts by their stable strings.
    """
    article, people = version.article, People(names)
    sources = sources_of(session, article)
    answered = is_answered_for(session, article)
    around = Around(
        version.id, sources, people, signed_version=_newest(session, article) if answered else None
    )
    shelf, counts = Shelf(), Counts()
    for claim in _claims(session, _in_order(session, version), around, progress):
        shelf.put(claim)
        counts.add(claim)
    sign_offs = article_sign_offs(session, article, around.standings, people) if answered else []
    about = _About(schema_revision, style, counts, len(sources.rows), sign_offs)
    return PlainContent(plain(_head(session, version, around, about)), shelf, sources.guarded)


def in_part(
    session: Session,
    version: ArticleVersion,
    most: int,
    *,
    schema_revision: str,
    style: Style,
    names: Mapping[str, str],
) -> PlainContent:
    """Return the first claims of a version's appendix, at a cost that many more do not raise.

    The summary is counted over all claims. The sources are those of the part, numbered among
    themselves, and the sign-offs of the article, which rest on every claim, are left out.
    """
    article, people = version.article, People(names)
    keys = _in_order(session, version, most)
    sources, counts = sources_of(session, article, keys), counts_of(session, article)
    around = Around(version.id, sources, people)
    shelf = Shelf(_claims(session, keys, around, silently))
    about = _About(schema_revision, style, counts, count_sources(session, article), [])
    head = plain(_head(session, version, around, about))
    return PlainContent(head, shelf, sources.guarded, counts.claims - len(keys))


def count_claims(session: Session, article: uuid.UUID) -> int:
    """Count the claims of an article."""
    query = select(func.count()).select_from(Claim).where(Claim.article_id == article)
    return session.scalar(query) or 0


@dataclass(frozen=True, slots=True)
class _About:
    """What a head says of the whole article beside what is read for it."""

    schema_revision: str
    style: Style
    counts: Counts
    sources: int
    sign_offs: list[ArticleSignOffPart]


def _head(session: Session, version: ArticleVersion, around: Around, about: _About) -> Head:
    people = around.people
    set_aside = _set_aside(session, version, people)
    return Head(
        article=_article(version.article),
        version=_version(version),
        schema_revision=about.schema_revision,
        policy_version=current_policy().version,
        style=about.style,
        summary=_summary(session, version, about.counts, about.sources, set_aside),
        sign_offs=about.sign_offs,
        set_aside=set_aside,
        sources=listed(session, around.sources, about.style),
        people=people.listed(),
        method=method(sign_off_levels(session)),
    )


def one_claim(
    session: Session, claim: Claim, style: Style, names: Mapping[str, str]
) -> PlainContent:
    """Return one claim as an appendix tells it, with the sources and the people it names."""
    sources, people = sources_of(session, claim.article), People(names)
    around = Around(_newest_version(session, claim), sources, people)
    shelf = Shelf(_told(session, [claim.id], around))
    cited = [one for one in listed(session, sources, style) if claim.number in one.used_by]
    return PlainContent(plain({"sources": cited, "people": people.listed()}), shelf)


def _newest_version(session: Session, claim: Claim) -> uuid.UUID | None:
    return session.scalar(
        select(ClaimAnchor.version_id)
        .where(ClaimAnchor.claim_id == claim.id)
        .order_by(ClaimAnchor.id.desc())
        .limit(1)
    )


def _newest(session: Session, article: Article) -> uuid.UUID:
    return session.scalars(
        select(ArticleVersion.id)
        .where(ArticleVersion.article_id == article.id)
        .order_by(ArticleVersion.number.desc())
        .limit(1)
    ).one()


def _in_order(
    session: Session, version: ArticleVersion, most: int | None = None
) -> Sequence[uuid.UUID]:
    """The claims in article order: by where each stands, those without a place last."""
    here = (ClaimAnchor.claim_id == Claim.id) & (ClaimAnchor.version_id == version.id)
    query = (
        select(Claim.id)
        .outerjoin(ClaimAnchor, here)
        .where(Claim.article_id == version.article_id)
        .order_by(ClaimAnchor.start.is_(None), ClaimAnchor.start, Claim.number)
    )
    return session.scalars(query.limit(most)).all()


def _claims(
    session: Session, keys: Sequence[uuid.UUID], around: Around, progress: Progress
) -> Iterator[dict[str, Any]]:
    """Tell of claims in an order, some at a time."""
    for first in range(0, len(keys), AT_ONCE):
        progress(first, len(keys))
        yield from _told(session, keys[first : first + AT_ONCE], around)


def _told(session: Session, keys: Sequence[uuid.UUID], around: Around) -> Iterator[dict[str, Any]]:
    query = everything().where(Claim.id.in_(keys)).options(selectinload(Claim.findings))
    rows = {row.id: row for row in session.scalars(query)}
    items = [item.id for row in rows.values() for item in row.evidence]
    beside = replace(around, seen=newest(session, items), asked=_asked(session, keys))
    for key in keys:
        if around.signed_version is not None:
            around.standings.append(standing_of(rows[key], around.signed_version))
        yield plain(claim_part(rows[key], beside))


def _asked(session: Session, keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[InvitedClaim]]:
    """Who was asked about each claim, the first first."""
    rows = session.scalars(
        select(InvitedClaim)
        .where(InvitedClaim.claim_id.in_(keys))
        .order_by(InvitedClaim.id)
        .options(
            selectinload(InvitedClaim.invitation),
            selectinload(InvitedClaim.answers).selectinload(Answer.evidence),
        )
    )
    found: dict[uuid.UUID, list[InvitedClaim]] = {}
    for row in rows:
        found.setdefault(row.claim_id, []).append(row)
    return found


def _summary(
    session: Session,
    version: ArticleVersion,
    counts: Counts,
    sources: int,
    set_aside: list[SetAsidePart],
) -> Summary:
    counted = coverage(session, version)
    return Summary(
        claims=counts.claims,
        figures=counts.figures,
        statuses=dict(sorted(counts.by["status"].items())),
        dispositions=dict(sorted(counts.by["disposition"].items())),
        stages=dict(sorted(counts.by["stage"].items())),
        open_contests=counts.open_contests,
        numbers_accounted=counted.accounted,
        numbers_total=counted.total,
        dismissed=dict(sorted(Counter(row.reason.value for row in set_aside).items())),
        sources=sources,
    )


def _set_aside(session: Session, version: ArticleVersion, people: People) -> list[SetAsidePart]:
    return [
        SetAsidePart(
            text=row.text,
            start=row.start,
            reason=reason,
            note=row.dismissal_note,
            by=people.perhaps(row.dismissed_by, PersonAct.SET_ASIDE),
        )
        for row in dismissed(session, version)
        if (reason := row.dismissed_as) is not None
    ]


def _article(row: Article) -> ArticlePart:
    return ArticlePart(
        key=row.key,
        title=row.title,
        language=row.language,
        published=row.published,
        byline=row.byline,
        sample=row.sample,
        notice=row.notice,
    )


def _version(row: ArticleVersion) -> VersionPart:
    return VersionPart(row.number, row.sha256, row.characters, row.created_at.isoformat())
