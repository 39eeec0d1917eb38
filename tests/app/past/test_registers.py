"""The registers of the past list what stood then, and tell of each row what held then."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.db import Database
from claims.contests import Dispute, raise_contest, settle
from claims.models import Article, Citation, Claim, Contest, Evidence, QuantityMention
from claims.vocabulary import ContestOutcome, ContestReason, Side
from sources.models import Source
from tests.app.past.story import dated, sealed
from tests.app.views.visit import Visit
from tests.claims import newsroom

DISPUTE = Dispute(
    reason=ContestReason.SOURCES_DISAGREE,
    side=Side.CHECKER,
    statement={"zh": "来源不一。", "en": "The sources disagree."},
    due_on=dt.date(2026, 12, 1),
)


class Register:
    """An article with contested claims on one source, and all of it changed afterwards."""

    def __init__(self, database: Database, claims: int = 2) -> None:
        """Write it down."""
        self.database = database
        with database.writing("editor:li.wei") as session:
            self._before(session, claims)
        self.then = self.position()
        with database.writing("editor:zhang.min") as session:
            self._after(session)

    def _before(self, session: Session, claims: int) -> None:
        article = newsroom.an_article(session)
        for number, text in ((1, "份额为 5%。"), (2, "2024 年的份额为 5%。")):
            session.add(newsroom.a_version(article, number, text))
        session.flush()
        self.number = QuantityMention(
            version_id=article.versions[-1].id,
            start=8,
            stop=10,
            text="5%",
            kind="percent",
            low=Decimal(5),
            rule="test",
            reader_version="1",
            created_by=newsroom.EXTRACTOR,
        )
        source, reprint = newsroom.a_source(session), newsroom.a_source(session)
        reprint.derived_from_id = source.id
        session.add(self.number)
        for _ in range(claims):
            claim = newsroom.a_claim(session, article=article, figures=0)
            session.add(newsroom.a_figure(claim, 1, subject={"zh": "长鑫", "en": "Changxin Then"}))
            session.flush()
            item = newsroom.attached(session, claim, source=source)
            newsroom.attached(session, claim, source=reprint)
            session.add(Citation(claim=claim, source=source, created_by=newsroom.EXTRACTOR))
            contest = raise_contest(session, claim, DISPUTE, by=newsroom.CHECKER)
        session.flush()
        self.key, self.source, self.other = article.key, source.key, reprint.key
        self.claim, self.item, self.contest = claim.id, item.id, contest.id

    def _after(self, session: Session) -> None:
        settle(
            session,
            session.get_one(Contest, self.contest),
            outcome=ContestOutcome.REJECTED,
            settlement={"zh": "年报一致。"},
            by=newsroom.LEAD,
        )
        session.get_one(Claim, self.claim).figures[0].subject = {"zh": "另一家"}
        moved = session.scalars(select(Source).where(Source.key == self.other)).one()
        session.get_one(Evidence, self.item).source_id = moved.id
        session.execute(delete(Citation))
        session.add(newsroom.a_version(newsroom.an_article(session), 1, "后来的文章。"))

    def position(self) -> int:
        """How many entries are sealed."""
        return sealed(self.database)

    @property
    def pages(self) -> list[str]:
        """The registers, and the pages their rows lead to."""
        return [
            "/articles",
            "/sources",
            "/sources.json?kind=news_report",
            f"/sources/{self.source}",
            f"/sources/{self.source}/recheck",
            "/contested?state=all",
            "/contested.json",
            "/figures?q=Changxin",
            f"/articles/{self.key}/numbers?view=open",
            f"/articles/{self.key}/v/2",
            f"/articles/{self.key}/sign-off",
            f"/evidence/{self.item}",
            f"/evidence/{self.item}.json",
        ]


@pytest.fixture
def register(database: Database) -> Register:
    return Register(database)


def test_the_list_of_articles_ends_there(register: Register) -> None:
    visit = Visit(register.database, Role.AUDITOR)
    assert visit.get("/articles").text.count('<th scope="row">') == 2
    then = visit.get(dated("/articles", register.then)).text
    assert then.count('<th scope="row">') == 1
    assert "0 / 1" in then
    assert "Contested 2" in then
    assert "No article has been taken in yet." in visit.get("/articles?at=5").text
    assert visit.get(dated("/articles?page=9", register.then)).status_code == 200


def test_the_register_of_contests_shows_as_open_what_was_open(register: Register) -> None:
    visit = Visit(register.database, Role.AUDITOR)
    now, then = (
        visit.get(path).json
        for path in ("/contested.json", dated("/contested.json", register.then))
    )
    assert now is not None
    assert then is not None
    assert (len(now["contests"]), len(then["contests"])) == (1, 2)
    assert then["as_of"]["position"] == register.then
    assert {row["figures"][0] for row in then["contests"]} == {"5%"}
    table = visit.get(dated("/contested.csv", register.then)).text
    assert table.count("The sources disagree.") == 2


def test_a_source_shows_what_rested_on_it_though_it_was_moved_or_deleted(
    register: Register,
) -> None:
    visit = Visit(register.database, Role.AUDITOR)
    now = visit.get(f"/sources/{register.source}").text
    then = visit.get(dated(f"/sources/{register.source}", register.then)).text
    assert "1 claim · 1 article" in now
    assert "2 claims · 1 article" in then
    assert then.count("cited by the article") == 2
    assert "2 claims" in visit.get(dated(f"/sources/{register.source}/recheck", register.then)).text
    listed = visit.get(dated("/sources", register.then)).text
    assert re_uses(listed) == [4, 2]
    assert re_uses(visit.get("/sources").text)[:2] == [1, 3]


def re_uses(page: str) -> list[int]:
    """The uses in the last column of the register of sources."""
    return [int(cell.partition("<")[0]) for cell in page.split('<td class="num">')[1:]]


def test_a_figure_is_found_under_the_name_it_had(register: Register) -> None:
    visit = Visit(register.database, Role.AUDITOR)
    for words, now, then in (("changxin", 1, 2), ("长鑫", 1, 2), ("另一家", 1, 0), ("", 2, 2)):
        path = f"/figures?q={words}"
        assert visit.get(path).text.count("list-link") == now, words
        assert visit.get(dated(path, register.then)).text.count("list-link") == then, words


def test_evidence_that_came_later_is_not_there(register: Register) -> None:
    visit = Visit(register.database, Role.AUDITOR)
    then = visit.get(dated(f"/evidence/{register.item}.json", register.then)).json
    assert then is not None
    assert then["source"]["key"] == register.source
    visit.get(f"/evidence/{register.item}?at=5", 404)
    visit.get(dated(f"/evidence/{uuid.uuid4()}", register.then), 404)
    assert len(visit.get("/sources?at=5").text.split('<td class="num">')) == 1
    visit.get(dated(f"/sources/{register.source}", 5), 404)


def test_filters_and_pages_of_the_sources_hold_in_the_past(register: Register) -> None:
    visit = Visit(register.database, Role.AUDITOR)
    with register.database.writing("editor:li.wei") as session:
        for _ in range(60):
            newsroom.a_source(session)
        assert session.scalar(select(Article.id)) is not None
    at = register.position()
    first = visit.get(dated("/sources.json?kind=news_report", at)).json
    assert first is not None
    assert len(first["sources"]) == 50
    assert f"at={at}" in first["next"]
    second = visit.get(first["next"]).json
    assert second is not None
    assert len(second["sources"]) == 12
    none = visit.get(dated("/sources.json?tier=primary", at)).json
    assert none is not None
    assert none["sources"] == []
