"""A claim marked in the text: the place that is meant, its figures, or none at all."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.by_hand import Passage, add_by_hand, passage
from claims.errors import Refused
from claims.models import ArticleVersion, Claim, Proposal
from claims.proposal_edits import FigureEdit
from claims.triage_vocabulary import ProposalState
from claims.undo import undo
from sources.quotes import places
from tests.claims.sorting import MINE, an_article_to_sort, images, proposals_of

QUOTE = "份额从1%跃升至50%以上"


def as_read(place: Passage) -> list[FigureEdit | None]:
    return [
        FigureEdit(period=figure.dated.period, subject="某国", measure=None, material=figure.strong)
        for figure in place.figures
    ]


def added(session: Session, version: ArticleVersion, quote: str, *, keep: bool = True) -> Claim:
    place = passage(version, *places(version.text, quote)[0])
    given = as_read(place) if keep else [None for _ in place.figures]
    add_by_hand(session, version, place, statement=quote, kind="", figures=given, by=MINE)
    session.expire_all()
    newest = select(Claim).where(Claim.article_id == version.article_id)
    return session.scalars(newest.order_by(Claim.number.desc()).limit(1)).one()


def test_words_are_found_though_copying_changed_their_spaces_and_marks(session: Session) -> None:
    text = "Profits rose 12\u00a0% – “we’re pleased,” she said.\nNobody else was."
    version = an_article_to_sort(session, text, language="en")
    (found,) = places(version.text, 'rose 12 % - "we\'re  pleased," she said. Nobody')
    assert version.text[slice(*found)] == "rose 12\u00a0% – “we’re pleased,” she said.\nNobody"
    assert places(version.text, "rose 13 %") == []
    assert places(version.text, "12.%") == []


def test_a_whole_heading_is_its_words(session: Session) -> None:
    version = an_article_to_sort(session, "# 2024年份额升至50%\n正文。")
    place = passage(version, 0, version.text.index("\n"))
    assert version.text[place.start : place.stop] == "2024年份额升至50%"


def test_a_selection_that_cuts_a_word_or_a_number_takes_it_in_whole(session: Session) -> None:
    version = an_article_to_sort(session, "Sales of lamps rose 1250 units.", language="en")
    at = version.text.index
    place = passage(version, at("ales"), at("50 units"))
    assert version.text[place.start : place.stop] == "Sales of lamps rose 1250"
    version = an_article_to_sort(session, "今年销量增长5%左右。")
    chinese = passage(version, 2, 6)
    assert (chinese.start, chinese.stop) == (2, 6)


def test_a_passage_is_read_in_the_light_of_its_sentence(session: Session) -> None:
    version = an_article_to_sort(session)
    place = passage(version, *places(version.text, QUOTE)[0])
    assert [figure.quantity.text for figure in place.figures] == ["1%", "50%以上"]
    assert {figure.dated.period for figure in place.figures} == {"2024"}


def test_its_claim_holds_the_numbers_and_takes_their_proposal_off_the_list(
    session: Session,
) -> None:
    version = an_article_to_sort(session)
    before = images(session)
    claim = added(session, version, QUOTE)
    assert claim.statement == {"zh": QUOTE}
    assert [figure.period for figure in claim.figures] == ["2024", "2024"]
    assert all(figure.mention_id and figure.period_mention_id for figure in claim.figures)
    states = {row.statement: row.state for row in proposals_of(session, version)}
    assert states["2024年，份额从1%跃升至50%以上"] is ProposalState.SUPERSEDED
    undo(session, version, by=MINE)
    assert images(session) == before


def test_a_claim_needs_no_figure(session: Session) -> None:
    version = an_article_to_sort(session)
    claim = added(session, version, "都不好走")
    assert claim.figures == []
    assert claim.anchors[0].exact == "都不好走"
    assert added(session, version, QUOTE, keep=False).figures == []
    pending = select(Proposal.id).where(Proposal.state == ProposalState.SUPERSEDED)
    assert session.scalars(pending.where(Proposal.version_id == version.id)).all() == []


def test_half_a_change_is_no_half_of_a_pair(session: Session) -> None:
    version = an_article_to_sort(session)
    place = passage(version, *places(version.text, QUOTE)[0])
    given = as_read(place)
    given[0] = None
    add_by_hand(session, version, place, statement=QUOTE, kind="", figures=given, by=MINE)
    session.expire_all()
    claim = session.scalars(select(Claim).where(Claim.article_id == version.article_id)).one()
    assert [(figure.role, figure.pair) for figure in claim.figures] == [("value", None)]


def test_every_place_of_a_quote_is_found_and_none_is_guessed(session: Session) -> None:
    version = an_article_to_sort(session, "份额为5%。他说份额为5%。")
    assert places(version.text, " 份额为5% ") == [(0, 5), (8, 13)]
    assert places(version.text, "份额为6%") == []
    assert places(version.text, "  ") == []


@pytest.mark.parametrize(("start", "stop"), [(-1, 5), (5, 5), (0, 10**6), (9, 3)])
def test_a_place_that_is_none_is_refused(session: Session, start: int, stop: int) -> None:
    version = an_article_to_sort(session)
    with pytest.raises(Refused):
        passage(version, start, stop)


def test_a_passage_longer_than_a_claim_is_refused(session: Session) -> None:
    version = an_article_to_sort(session, "好" * 3000)
    with pytest.raises(Refused) as problem:
        passage(version, 0, 2500)
    assert problem.value.field == "quote"
