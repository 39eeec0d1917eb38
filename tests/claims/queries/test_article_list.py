"""The list of articles: searched and ordered, in a constant number of statements."""

import datetime as dt

from sqlalchemy.orm import Session

from claims.queries.article_list import ArticleFilters, ArticleOrder, article_list, listing
from claims.queries.queue_filters import RoleTurn
from claims.vocabulary import Stage
from sources.base import now
from tests.claims import newsroom
from tests.claims.queries.test_articles import an_article_of, counted


def test_the_list_needs_as_many_statements_for_three_articles_as_for_one(session: Session) -> None:
    numbers = []
    for _ in range(3):
        an_article_of(session, 2)
        with counted(session) as sent:
            article_list(session)
        numbers.append(len(sent))
    assert len(set(numbers)) == 1
    assert numbers[0] > 0


def test_it_is_searched_by_words_of_title_key_and_byline(session: Session) -> None:
    wanted, other = newsroom.an_article(session), newsroom.an_article(session)
    wanted.title, wanted.byline = {"zh": "十年换位"}, "Li Wei"
    other.title = {"en": "100% sure"}
    session.flush()
    for words, found in (
        ("换位", [wanted]),
        ("li 十年", [wanted]),
        ("100%", [other]),
        ("article", [other, wanted]),
        ("nothing", []),
    ):
        rows, more = listing(session, ArticleFilters(words=words))
        assert (list(rows), more) == (found, False), words


def test_what_is_due_first_comes_first_and_what_has_no_deadline_last(session: Session) -> None:
    without, late, soon = (newsroom.an_article(session) for _ in range(3))
    late.deadline, soon.deadline = now() + dt.timedelta(days=9), now()
    session.flush()
    rows, _ = listing(session, ArticleFilters(order=ArticleOrder.DEADLINE))
    assert list(rows) == [soon, late, without]


def test_it_says_whose_turn_it_is(session: Session) -> None:
    article = an_article_of(session, 1)
    newsroom.a_claim(session, article=article, stage=Stage.CHECKING)
    newsroom.a_claim(session, article=article, stage=Stage.DROPPED)
    (row,), _ = article_list(session)
    assert row.turns == {RoleTurn.CHECKER: 2}
    assert (row.claims, row.closed) == (2, 0)
