"""Queries count what is missing exactly as reading every claim does, whatever befell the claims."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.appendix.build import collected
from claims.appendix.gap_counts import NAMED, count_gaps
from claims.appendix.gaps import Gap, Gaps, gaps
from claims.contests import Dispute, raise_contest
from claims.evidence import withdraw_evidence
from claims.material import material_sha256
from claims.models import Article, ArticleVersion, Claim
from claims.sign_offs import send_back, sign
from claims.vocabulary import ContestReason, Side
from claims.workflow import drop, submit
from sources.citation_styles import Style
from sources.origins import derive
from sources.vocabulary import Tier
from tests.claims.newsroom import (
    CHECKER,
    REVIEWER,
    a_claim,
    a_source,
    a_submitted_claim,
    a_version,
    an_article,
    attached,
)


def a_text(session: Session) -> ArticleVersion:
    version = a_version(an_article(session), 1, "2024 年的份额为 5%。")
    session.add(version)
    session.flush()
    return version


def counted(session: Session, version: ArticleVersion) -> Gaps:
    session.flush()
    session.expire_all()
    return count_gaps(session, version).gaps


def read(session: Session, version: ArticleVersion) -> Gaps:
    """The same, by reading every claim."""
    content = collected(session, version, schema_revision="1", style=Style.APA, names={})
    return gaps(content.head["summary"], content.claims)


def signed(session: Session, article: Article) -> Claim:
    claim = a_submitted_claim(session, article=article)
    sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))
    return claim


def supported(session: Session, article: Article, *tiers: Tier, alike: bool = False) -> Claim:
    """A claim that has evidence of each tier, all of it from one report where it is alike."""
    claim = a_claim(session, article=article)
    first = None
    for tier in tiers:
        source = a_source(session, tier=tier)
        attached(session, claim, source=source)
        if alike and first is not None:
            derive(session, source, first, basis="the same words")
        first = first or source
    return claim


def test_they_are_the_same_whatever_befell_a_claim(session: Session) -> None:
    version = a_text(session)
    article = version.article
    signed(session, article)
    attached(session, signed(session, article), source=a_source(session))
    returned = a_submitted_claim(session, article=article)
    send_back(
        session, returned, by=REVIEWER, reason="the year", seen_sha256=material_sha256(returned)
    )
    again = signed(session, article)
    attached(session, again)
    submit(session, again, by=CHECKER)
    for tiers, alike in (
        ((), False),
        ((Tier.ESTABLISHED,), False),
        ((Tier.PRIMARY,), False),
        ((Tier.ESTABLISHED, Tier.ESTABLISHED), False),
        ((Tier.ESTABLISHED, Tier.ESTABLISHED, Tier.ESTABLISHED), True),
        ((Tier.ESTABLISHED, Tier.PRIMARY), True),
    ):
        supported(session, article, *tiers, alike=alike)
    gone = supported(session, article, Tier.ESTABLISHED)
    withdraw_evidence(session, gone.evidence[0], by=CHECKER, reason="the wrong page")
    dispute = Dispute(
        reason=ContestReason.PARTY_DENIES,
        side=Side.SUBJECT,
        statement={"en": "No."},
        party={"en": "A"},
    )
    raise_contest(session, supported(session, article, Tier.PRIMARY), dispute, by=CHECKER)
    drop(session, supported(session, article), by=CHECKER, reason="cut")
    a_claim(session)
    found = counted(session, version)
    assert (found.claims, found.numbers) == (read(session, version).claims, 0)
    assert set(found.claims) == set(Gap)
    assert found.more == {}


def test_the_first_are_named_and_the_others_counted(session: Session) -> None:
    version = a_text(session)
    for _ in range(NAMED + 3):
        a_claim(session, article=version.article, figures=0)
    found = count_gaps(session, version)
    rows = session.execute(select(Claim.number, Claim.id).order_by(Claim.number)).all()
    assert found.gaps.claims[Gap.UNSIGNED] == [row.number for row in rows[:NAMED]]
    assert found.gaps.more[Gap.UNSIGNED] == 3
    assert found.gaps.count(Gap.UNSIGNED) == NAMED + 3
    assert found.ids == {row.number: row.id for row in rows[:NAMED]}
