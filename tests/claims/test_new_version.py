"""A new version: what stays, what is noticed, what is new; on the sample and on an own article."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.dismissals import dismiss
from claims.errors import Conflict, Refused
from claims.intake import add_article
from claims.mentions import coverage
from claims.models import Article, ArticleVersion, ClaimAnchor, Proposal, QuantityMention
from claims.new_version import add_version, newest_version
from claims.text import read_text
from claims.triage import accept_all
from claims.triage_vocabulary import ProposalState, Strength
from claims.vocabulary import AnchorState, DismissalReason

BY = "editor:li.wei"
TEXT = """海港扩建一年后

临海市港务局说，2025年全港吞吐量达到1.26亿吨，比上一年增长8.4%。

三家航运公司的负责人告诉记者，每个航次因此多付12万元至18万元。

医院的记录里，因哮喘就诊的儿童从每月40多例增加到60余例。
"""


@pytest.fixture
def article(session: Session) -> Article:
    made = add_article(
        session,
        read_text(TEXT),
        title=None,
        language="zh-Hans",
        published="2026-02-01",
        file_name=None,
        by=BY,
    )
    accept_all(session, made.versions[0], by=BY)
    return made


def states(session: Session, version: ArticleVersion) -> dict[str, AnchorState]:
    rows = session.scalars(select(ClaimAnchor).where(ClaimAnchor.version_id == version.id))
    return {row.exact: row.state for row in rows}


def following(session: Session, article: Article, text: str) -> ArticleVersion:
    return add_version(session, article, read_text(text), by=BY)


def test_claims_of_an_untouched_sentence_go_along_with_their_numbers(
    session: Session, article: Article
) -> None:
    before = coverage(session, article.versions[0])
    version = following(session, article, "记者 陈默\n\n" + TEXT)

    assert set(states(session, version).values()) == {AnchorState.EXACT}
    assert coverage(session, version) == before
    assert version.number == 2


def test_a_changed_figure_is_noticed_and_its_number_is_open_again(
    session: Session, article: Article
) -> None:
    version = following(session, article, TEXT.replace("8.4%", "8.7%"))
    found = states(session, version)

    changed = [words for words, state in found.items() if state is AnchorState.FIGURE_CHANGED]
    assert changed
    assert all("8.7%" in words for words in changed)
    covered = coverage(session, version)
    assert covered.total - covered.accounted >= 1


def test_other_words_round_the_same_figures_are_only_reworded(
    session: Session, article: Article
) -> None:
    before = coverage(session, article.versions[0])
    version = following(session, article, TEXT.replace("因哮喘就诊的儿童", "患哮喘的儿童"))

    assert sorted(set(states(session, version).values())) == ["exact", "reworded"]
    assert coverage(session, version) == before


def test_a_sentence_that_is_gone_leaves_its_claim_an_orphan(
    session: Session, article: Article
) -> None:
    gone = "三家航运公司的负责人告诉记者，每个航次因此多付12万元至18万元。\n\n"
    version = following(session, article, TEXT.replace(gone, ""))

    assert AnchorState.ORPHANED in states(session, version).values()


def test_a_new_sentence_is_proposed_and_what_is_claimed_is_not_proposed_again(
    session: Session, article: Article
) -> None:
    version = following(session, article, TEXT + "\n工会统计，去年发生工伤29起。\n")
    waiting = session.scalars(
        select(Proposal).where(
            Proposal.version_id == version.id,
            Proposal.state == ProposalState.PENDING,
            Proposal.strength == Strength.STRONG,
        )
    ).all()

    assert ["29" in one.statement for one in waiting] == [True]


def test_the_same_text_is_refused_and_a_stale_one_conflicts(
    session: Session, article: Article
) -> None:
    with pytest.raises(Refused):
        following(session, article, TEXT)
    following(session, article, TEXT + "\n完。\n")
    with pytest.raises(Conflict):
        add_version(session, article, read_text(TEXT), by=BY, seen_number=1)
    assert newest_version(session, article.id).number == 2


def test_a_dismissed_number_stays_dismissed_where_it_stands(
    session: Session, article: Article
) -> None:
    first = article.versions[0]
    year = session.scalars(
        select(QuantityMention).where(
            QuantityMention.version_id == first.id, QuantityMention.text == "一年后"
        )
    ).one()
    dismiss(session, first, [year.id], DismissalReason.IDIOM, by="editor:chen.mo")
    version = following(session, article, TEXT + "\n完。\n")
    same = session.scalars(
        select(QuantityMention).where(
            QuantityMention.version_id == version.id, QuantityMention.text == "一年后"
        )
    ).one()

    assert (same.dismissed_as, same.dismissed_by) == (DismissalReason.IDIOM, "editor:chen.mo")
