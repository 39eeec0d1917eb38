"""The reading view's rows: the newest version, its claims, its numbers, in constant statements."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from claims.contests import Dispute, raise_contest
from claims.errors import Missing
from claims.models import Article, ClaimAnchor, QuantityMention
from claims.queries.articles import article_page
from claims.queries.card import claim_card
from claims.status import VerificationStatus
from claims.vocabulary import ContestReason, DismissalReason, Side, Stage, Stance
from sources.vocabulary import Lineage
from tests.claims import newsroom

TEXT = "份额为5%。2024年有3nm产品。\n"


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """Collect the statements a block sends."""
    sent: list[str] = []
    engine = session.get_bind().engine
    assert isinstance(engine, Engine)

    def note(*arguments: object) -> None:
        sent.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def an_article_of(session: Session, claims: int) -> Article:
    """Return an article with one version and this many claims on its first number."""
    article = newsroom.an_article(session)
    version = newsroom.a_version(article, 1, TEXT)
    session.add(version)
    session.flush()
    for _ in range(claims):
        claim = newsroom.a_claim(session, article=article)
        session.add(
            ClaimAnchor(
                claim=claim,
                article_version=version,
                exact="5%",
                prefix="份额为",
                suffix="。",
                start=3,
                stop=5,
                created_by=newsroom.EXTRACTOR,
            )
        )
        newsroom.attached(session, claim)
    session.flush()
    session.expunge_all()
    return article


def a_number(article: Article, start: int, text: str, **facts: object) -> QuantityMention:
    """Return a number of the article's only version."""
    return QuantityMention(
        version_id=article.versions[0].id,
        start=start,
        stop=start + len(text),
        text=text,
        kind="measure",
        rule="test",
        reason="no value",
        reader_version="test",
        created_by=newsroom.EXTRACTOR,
        **facts,
    )


def test_the_page_needs_as_many_statements_for_ten_claims_as_for_two(session: Session) -> None:
    numbers = []
    for claims in (2, 10):
        article = an_article_of(session, claims)
        with counted(session) as sent:
            page = article_page(session, article.key)
            selected = page.at(None)
            assert selected is not None
            claim_card(session, selected.claim)
        assert len(page.claims) == claims
        numbers.append(len(sent))
    assert numbers[0] == numbers[1]
    assert 0 < numbers[0] <= 16


def test_an_unknown_article_is_missing(session: Session) -> None:
    with pytest.raises(Missing):
        article_page(session, "nowhere")


def test_a_dropped_claim_is_not_on_the_page(session: Session) -> None:
    article = newsroom.an_article(session)
    session.add(newsroom.a_version(article, 1, TEXT))
    kept = newsroom.a_claim(session, article=article)
    newsroom.a_claim(session, article=article, stage=Stage.DROPPED)
    page = article_page(session, article.key)
    assert [marked.claim for marked in page.claims] == [kept]
    assert page.counts == {VerificationStatus.UNCHECKED: 1}


def test_a_number_is_claimed_dismissed_or_still_open(session: Session) -> None:
    article = newsroom.an_article(session)
    session.add(newsroom.a_version(article, 1, TEXT))
    session.flush()
    claimed, free = a_number(article, 3, "5%"), a_number(article, 6, "2024年")
    dismissed = a_number(
        article,
        12,
        "3nm",
        dismissed_as=DismissalReason.DESIGNATION,
        dismissed_by=newsroom.CHECKER,
    )
    session.add_all([claimed, free, dismissed])
    claim = newsroom.a_claim(session, article=article, figures=0)
    session.flush()
    session.add(newsroom.a_figure(claim, mention_id=claimed.id))
    session.flush()
    session.expunge_all()
    page = article_page(session, article.key)
    assert [number.claimed for number in page.numbers] == [True, False, False]
    assert page.coverage == (2, 3)


def test_only_an_open_contest_counts(session: Session) -> None:
    article = newsroom.an_article(session)
    session.add(newsroom.a_version(article, 1, TEXT))
    claim = newsroom.a_claim(session, article=article)
    raise_contest(
        session,
        claim,
        Dispute(
            reason=ContestReason.SINGLE_ORIGIN,
            side=Side.CHECKER,
            statement={"en": "All of it goes back to one report."},
            blocking=True,
        ),
        by=newsroom.CHECKER,
    )
    session.flush()
    session.expunge_all()
    marked = article_page(session, article.key).at(claim.number)
    assert marked is not None
    assert (marked.contests, marked.blocking) == (1, True)


def test_two_reprints_of_one_report_are_one_origin_on_the_card(session: Session) -> None:
    article = newsroom.an_article(session)
    session.add(newsroom.a_version(article, 1, TEXT))
    claim = newsroom.a_claim(session, article=article)
    report = newsroom.a_source(session, lineage=Lineage.ORIGINAL)
    reprint = newsroom.a_source(session, lineage=Lineage.REPRINT, derived_from=report)
    for source in (report, reprint):
        newsroom.attached(session, claim, source=source, stance=Stance.SUPPORTS)
    session.flush()
    session.expunge_all()
    marked = article_page(session, article.key).at(claim.number)
    assert marked is not None
    card = claim_card(session, marked.claim)
    assert (card.supporting.links, card.supporting.origins) == (2, 1)
    assert [item.repeats for item in card.items] == [None, 1]
