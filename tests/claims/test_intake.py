"""Taking an article in: version 1, every number in it, and a proposal for each clause."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims.errors import Refused
from claims.figures import Role
from claims.intake import add_article
from claims.mentions import coverage
from claims.models import Article, Claim, Proposal, ProposedFigure
from claims.text import read_text
from claims.triage import accept_all

SAID = "十月降雨量同比增长12.5%，达到340毫米。天气转凉。"


def taken(session: Session, published: str | None = "2024-11-02") -> Article:
    return add_article(
        session,
        read_text(SAID),
        title="降雨",
        language="zh-Hans",
        published=published,
        file_name=None,
        by="editor:test",
    )


def test_an_article_has_its_numbers_listed_and_claims_only_proposed(session: Session) -> None:
    article = taken(session)
    version = article.versions[0]
    for mention in version.mentions:
        assert version.text[mention.start : mention.stop] == mention.text
    proposals = session.scalars(
        select(Proposal).where(Proposal.version_id == version.id).order_by(Proposal.start)
    ).all()
    assert [row.statement for row in proposals] == ["十月降雨量同比增长12.5%", "达到340毫米"]
    claims = select(func.count()).where(Claim.article_id == article.id)
    assert session.scalar(claims) == 0
    assert coverage(session, version).accounted == 0


def test_accepting_all_strong_proposals_accounts_for_their_numbers(session: Session) -> None:
    article = taken(session)
    version = article.versions[0]
    accept_all(session, version, by="editor:test")
    session.expire_all()
    assert [claim.number for claim in article.claims] == [1, 2]
    assert [figure.stated_text for figure in article.claims[0].figures] == ["12.5%"]
    counted = coverage(session, version)
    assert counted.accounted == counted.total > 1


@pytest.mark.parametrize("published", ["2025-13-45", "2025-02-30", "2025-13", "yesterday", "٢٠٢٥"])
def test_a_day_that_is_in_no_calendar_is_refused(session: Session, published: str) -> None:
    with pytest.raises(Refused) as refusal:
        taken(session, published)
    assert refusal.value.field == "published"


@pytest.mark.parametrize(
    ("typed", "said", "shown"),
    [
        (None, "#\n##\n增长5%。", "增长5%。"),
        (None, "#", "#"),
        (None, "\u200b\n\u00ad \u2060\n# \u200b\n增长5%。", "增长5%。"),
        ("\u200b\u2060", "增长5%。", "增长5%。"),
    ],
)
def test_a_title_always_shows_something(
    session: Session, typed: str | None, said: str, shown: str
) -> None:
    article = add_article(
        session,
        read_text(said),
        title=typed,
        language="zh-Hans",
        published=None,
        file_name=None,
        by="editor:test",
    )
    assert article.title == {"zh": shown}


def test_no_article_stands_at_the_address_of_the_form_for_new_ones(session: Session) -> None:
    article = add_article(
        session,
        read_text("Up by 5 %."),
        title="New",
        language="en",
        published=None,
        file_name=None,
        by="editor:test",
    )
    assert article.key != "new"
    assert article.key.startswith("new-")


def test_a_place_no_ranking_has_is_a_number_like_any_other(session: Session) -> None:
    """T-BAD: 10**24 as an ordinal is further than the databases count; it was a server error."""
    said = read_text("公司名列第兆兆，另一家名列第3。")
    article = add_article(
        session,
        said,
        title="名次",
        language="zh-Hans",
        published=None,
        file_name=None,
        by="editor:test",
    )
    version = article.versions[0]
    figures = session.scalars(
        select(ProposedFigure)
        .join(Proposal, Proposal.id == ProposedFigure.proposal_id)
        .where(Proposal.version_id == version.id)
    )
    assert {(row.stated_text, row.role) for row in figures} == {
        ("第兆兆", Role.VALUE),
        ("第3", Role.RANK),
    }
